import { expect, onTestFinished, test } from 'vitest'
import { type MockOptions, startMock } from '../src/index.ts'
import { build } from './build.ts'

const path = '/marketing/v3/campaigns'

async function running(options: MockOptions = {}) {
  const mock = await startMock({ fixtures: {}, ...options })
  onTestFinished(() => mock.close())
  const call = (token = 'any', signal?: AbortSignal) =>
    fetch(mock.url + path, { headers: { authorization: `Bearer ${token}` }, ...(signal && { signal }) })
  return { mock, call }
}

test('a response is held until the portal releases it', async () => {
  const { mock, call } = await running()
  const portal = mock.portal('any')
  portal.scenarios.play([{ hold: true, times: 1 }, { error: 'locked' }])
  const held = call()
  await expect.poll(() => portal.journal.count({ path })).toBe(1)
  expect(portal.journal.last()?.status).toBe(null)
  expect((await call()).status).toBe(423)
  expect([mock.portal('other').scenarios.release(), portal.scenarios.release(), portal.scenarios.release()]).toEqual([
    0, 1, 0,
  ])
  expect((await held).status).toBe(200)
})

test('the whole mock releases the responses of all portals, also by the control API', async () => {
  const { mock, call } = await running()
  mock.scenarios.play([{ hold: true, error: 'server-error' }])
  const held = ['one', 'two', 'three'].map((token) => call(token))
  await expect.poll(() => mock.journal.count({ path })).toBe(3)
  const response = await fetch(`${mock.url}/_mock/scenario/release`, { method: 'POST' })
  expect(await response.json()).toEqual({ released: 3 })
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([500, 500, 500])
})

test.each([
  ['a reset of the mock', (mock: Awaited<ReturnType<typeof running>>['mock']) => mock.reset()],
  ['a reset of the portal', (mock: Awaited<ReturnType<typeof running>>['mock']) => mock.portal('any').reset()],
  ['closing the mock', (mock: Awaited<ReturnType<typeof running>>['mock']) => mock.close()],
])('%s ends a hold', async (_what, end) => {
  const { mock, call } = await running()
  mock.scenarios.play([{ hold: true }])
  const held = call()
  await expect.poll(() => mock.journal.count({ path })).toBe(1)
  await end(mock)
  expect((await held).status).toBe(200)
})

test('a client that gives up ends a hold', async () => {
  const { mock, call } = await running()
  mock.scenarios.play([{ hold: true }])
  const abort = new AbortController()
  const held = call('any', abort.signal)
  await expect.poll(() => mock.journal.count({ path })).toBe(1)
  abort.abort()
  await expect(held).rejects.toThrow('aborted')
  await expect.poll(() => mock.journal.last()?.ms).not.toBe(null)
  expect(mock.scenarios.release()).toBe(0)
})

test('a step with a chance is taken by that share of the calls, and by the same ones in each run', async () => {
  const portals = async (seed: number) => {
    const { app } = await build({}, { seed })
    const portal = app.world.portal('any')
    portal.play({ name: 'unnamed', steps: [{ chance: 0.05, error: 'locked' }] })
    return Array.from(
      { length: 10_000 },
      () =>
        portal.takeStep(undefined, { operation: 'batch.read', names: () => ({ ids: [], properties: [] }) }) !==
        undefined,
    )
  }
  const [first, again, other] = [await portals(1), await portals(1), await portals(2)]
  const share = first.filter(Boolean).length / first.length
  expect(Math.abs(share - 0.05)).toBeLessThan(0.007)
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
})

test('a call that is not drawn takes no step', async () => {
  const { get, app } = await build({}, {})
  const portal = app.world.portal('any')
  portal.play({ name: 'unnamed', steps: [{ chance: 0, error: 'locked', times: 1 }] })
  expect((await get(path)).statusCode).toBe(200)
  expect(portal.playing).toEqual({ name: 'unnamed', step: 1, left: 1 })
  portal.play({ name: 'unnamed', steps: [{ chance: 1, error: 'locked', times: 1 }] })
  expect([(await get(path)).statusCode, (await get(path)).statusCode]).toEqual([423, 200])
})

test('a chance above 1 is refused', async () => {
  await expect(build({ scenarios: { a: [{ chance: 5 }] } })).rejects.toThrow(
    'scenarios.a[0].chance: expected a number from 0 to 1, got 5',
  )
})
