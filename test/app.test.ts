import type { FastifyPluginAsync } from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { type App, buildApp } from '../src/index.ts'
import { build } from './build.ts'

async function builtApp(): Promise<App> {
  const app = await buildApp({ fixtures: { campaigns: [{ id: 'spring' }] } })
  onTestFinished(async () => void (await app.close()))
  return app
}

test('hooks run for requests to a port', async () => {
  const app = await builtApp()
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers['x-forbidden'] === 'yes') reply.code(418).send('teapot')
  })
  app.addHook('onSend', async (request, reply, payload) => {
    reply.header('x-url', request.url)
    return payload
  })
  const url = await app.listen({ port: 0 })
  const [refused, passed] = [
    await fetch(`${url}/health`, { headers: { 'x-forbidden': 'yes' } }),
    await fetch(`${url}/marketing/v3/campaigns`, { headers: { authorization: 'Bearer any' } }),
  ]
  expect([refused.status, await refused.text()]).toEqual([418, 'teapot'])
  expect([passed.status, passed.headers.get('x-url')]).toEqual([200, '/marketing/v3/campaigns'])
})

test('plugins with the types of Fastify or of this package can be registered', async () => {
  const app = await builtApp()
  const seen: string[] = []
  const typedByFastify: FastifyPluginAsync<{ prefix: string }> = async (_scope, options) => {
    seen.push(options.prefix)
  }
  await app.register(typedByFastify, { prefix: '/a' })
  await app.register(async (scope: App) => {
    seen.push(typeof scope.inject)
  })
  await app.inject('/health')
  expect(seen).toEqual(['/a', 'function'])
})

test('inject sends a body as JSON, and parses the response', async () => {
  const app = await builtApp()
  const response = await app.inject({
    method: 'POST',
    url: '/marketing/v3/campaigns/batch/read',
    headers: { authorization: 'Bearer any' },
    payload: { inputs: [{ id: 'spring' }] },
  })
  expect(response.json<{ results: unknown[] }>().results.length).toBe(1)
})

test('a fault of the mock is HubSpot’s internal error, without its message', async () => {
  const { app, read } = await build()
  app.world.portal('any').campaigns.read = () => {
    throw new Error('a bug of our own')
  }
  const { statusCode, text } = await read([])
  expect([statusCode, text]).toEqual([500, expect.not.stringContaining('a bug of our own')])
})
