import { expect, onTestFinished, test, vi } from 'vitest'
import { buildApp, startMock } from '../src/index.ts'
import { v3 } from './build.ts'

const ids = Array.from({ length: 50 }, (_, i) => `campaign-${i}`)
const campaigns = ids.map((id) => ({ id, properties: { hs_name: 'A name that is long enough'.repeat(10) } }))

/** Fake timers for one test. */
function useFakeTimers(): void {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
}

async function read(url: string, count: number): Promise<ReturnType<typeof JSON.parse>> {
  const response = await fetch(`${url}${v3}?properties=hs_name`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: ids.slice(0, count).map((id) => ({ id })) }),
  })
  return response.json()
}

test.each([1, 50])('a batch of %d gets its response under fake timers, and the mock closes', async (count) => {
  useFakeTimers()
  const mock = await startMock({ fixtures: { campaigns } })
  expect((await read(mock.url, count)).results).toHaveLength(count)
  await mock.close()
})

test('a mock that was started before the timers were faked goes on, on its own clock', async () => {
  const mock = await startMock({ fixtures: { campaigns } })
  useFakeTimers()
  vi.setSystemTime(0)
  const { results, completedAt } = await read(mock.url, 50)
  expect(results).toHaveLength(50)
  expect(Date.parse(completedAt)).toBeGreaterThan(Date.parse('2026-01-01'))
  await mock.close()
})

test('hooks on the app change the responses of a port', async () => {
  const app = await buildApp({ fixtures: { campaigns } })
  onTestFinished(() => app.close())
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-seen', request.url)
  })
  app.addHook('onSend', async (_request, _reply, payload) => String(payload).replace('COMPLETE', 'CHANGED'))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const response = await fetch(url + v3, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: '{"inputs":[]}',
  })
  expect(response.headers.get('x-seen')).toBe(v3)
  expect(await response.json()).toMatchObject({ status: 'CHANGED' })
})
