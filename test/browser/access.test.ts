import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openInspector, openPage, startedMock } from './page.ts'

test('a mock with a control token asks for it, refuses a wrong one, and forgets it with the page', async () => {
  const { url, call } = await startedMock(['--control-token', 'let-me-in'])
  await call('/one')
  const { page } = await openPage(url)
  await page.getByLabel('Control token').fill('a wrong one')
  await page.getByRole('button', { name: 'Open' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('the control token is missing or wrong')
  await page.getByLabel('Control token').fill('let-me-in')
  await page.keyboard.press('Enter')
  await page.getByRole('row', { name: '/one' }).waitFor()
  expect(await page.content()).not.toContain('let-me-in')
  expect(page.url()).not.toContain('let-me-in')
  expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 0, ''])
  await page.reload()
  await page.getByLabel('Control token').waitFor()
})

/** A web page of another origin, on a port of its own. */
async function anotherSite(body: string): Promise<string> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // Another site than 127.0.0.1, which the mock has.
  return `http://localhost:${(server.address() as AddressInfo).port}/`
}

test('a page of another origin can neither call, frame nor load the inspector, but link to it', async () => {
  const { url, put } = await startedMock()
  await put('/scenario', { name: 'locked' })
  const { page } = await openInspector(url)
  await page.goto(await anotherSite(`<iframe src="${url}/_mock/"></iframe><a href="${url}/_mock/">inspector</a>`))
  const attempts: string[] = await page.evaluate(`(async () => {
    const attempt = (promise) => promise.then(({ type }) => type, ({ name }) => name)
    const load = (tag, name) => new Promise((resolve) => {
      const element = document.createElement(tag)
      element.onload = () => resolve('loaded')
      element.onerror = () => resolve('refused')
      element[name] = '${url}/_mock/inspector.js'
      document.head.append(element)
    })
    return [
      await attempt(fetch('${url}/_mock/scenario')),
      await attempt(fetch('${url}/_mock/requests/events', { mode: 'no-cors' })),
      await attempt(fetch('${url}/_mock/reset', { method: 'POST', mode: 'no-cors' })),
      await load('script', 'src'),
    ]
  })()`)
  expect(attempts).toEqual([
    'TypeError',
    expect.stringMatching(/^(TypeError|opaque)$/),
    expect.stringMatching(/^(TypeError|opaque)$/),
    'refused',
  ])
  expect(await (await fetch(`${url}/_mock/scenario`)).json()).toMatchObject({ name: 'locked' })
  expect(await page.frameLocator('iframe').getByRole('heading').count()).toBe(0)
  await page.getByRole('link', { name: 'inspector' }).click()
  await page.getByText('live', { exact: true }).waitFor()
})
