import { expect, test } from 'vitest'
import { build } from './build.ts'

test.each(['/health', '/_mock/health'])('%s returns how much the mock has, and needs no token', async (url) => {
  const { read, send } = await build({ campaigns: [{ id: 'a' }], generate: { campaigns: 4 }, tokens: { good: {} } })
  await read([], { token: 'good' })
  expect(await send({ method: 'GET', url })).toMatchObject({
    statusCode: 200,
    body: { status: 'ok', version: expect.stringMatching(/^\d/), uptimeSeconds: 0, campaigns: 5, portals: 1 },
  })
})
