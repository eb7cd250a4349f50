import { join } from 'node:path'
import { createServer } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { root } from './pages.ts'

test('a page of a Vite server reaches the mock and its control API through the proxy of Vite', async () => {
  const mock = await startMock({ fixtures: {}, campaigns: 3 })
  onTestFinished(() => mock.close())
  process.env['HUBSPOT_BASE_URL'] = mock.url
  onTestFinished(() => void delete process.env['HUBSPOT_BASE_URL'])
  const configFile = join(root, 'test/clients/vite/vite.config.js')
  const server = await createServer({
    configFile,
    root: join(root, 'test/clients/vite'),
    server: { port: 0 },
    logLevel: 'silent',
  })
  onTestFinished(() => server.close())
  await server.listen()
  const [url = ''] = server.resolvedUrls?.local ?? []
  const headers = { authorization: 'Bearer any', 'sec-fetch-site': 'same-origin' }
  const list = await fetch(`${url}hubspot/marketing/v3/campaigns`, { headers })
  expect(await list.json()).toMatchObject({ total: 3 })
  const origin = new URL(url).origin
  const planted = await fetch(`${url}hubspot/_mock/campaigns/spring`, {
    method: 'PUT',
    headers: { ...headers, origin, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(planted.status).toBe(200)
  const requests = await fetch(`${url}hubspot/_mock/requests`, { headers })
  expect(await requests.json()).toMatchObject({ total: 1 })
})

test('a preflight of a web page is a 405 whose hint says what to use instead', async () => {
  const mock = await startMock({ fixtures: {} })
  onTestFinished(() => mock.close())
  const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'GET' }
  const response = await fetch(`${mock.url}/marketing/v3/campaigns`, { method: 'OPTIONS', headers })
  expect([response.status, response.headers.get('x-mock-hint')]).toEqual([
    405,
    'web pages cannot call HubSpot, which has no CORS: let the server of the front-end pass the calls on',
  ])
})
