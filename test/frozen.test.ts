import { expect, test } from 'vitest'
import { build, spring, unknownId } from './build.ts'

test('frozen, the same requests get the same bytes with the same headers, also after a reset', async () => {
  const options = { frozen: true }
  const script = async ({ read, post, send }: Awaited<ReturnType<typeof build>>) => [
    await read([spring.id, unknownId], { query: 'properties=hs_name' }),
    await post('{'),
    await send({ method: 'GET', url: '/nowhere' }),
    await send({ method: 'GET', url: '/%zz' }),
    await read([], { token: 'a~rate-limited' }),
    await read([], { token: 'a~expired-token' }),
  ]
  const [one, two] = [await build(undefined, options), await build(undefined, options)]
  const first = await script(one)
  expect(await script(two)).toEqual(first)
  // Calls of the control API do not count.
  await two.send({ method: 'GET', url: '/health' })
  await two.send({ method: 'POST', url: '/_mock/reset' })
  expect(await script(two)).toEqual(first)
  expect(first[0]).toMatchObject({
    headers: {
      'x-hubspot-correlation-id': '00000000-0000-4000-8000-000000000001',
      date: 'Thu, 01 Jan 2026 00:00:00 GMT',
    },
    body: { startedAt: '2026-01-01T00:00:00.000Z', completedAt: '2026-01-01T00:00:00.000Z' },
  })
})
