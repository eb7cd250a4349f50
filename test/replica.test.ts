import { expect, test } from 'vitest'
import { build } from './build.ts'

const changes = [
  ['PUT', '/_mock/campaigns/spring', {}],
  ['DELETE', '/_mock/campaigns/spring', undefined],
  ['PUT', '/_mock/scenario', { name: 'pending' }],
  ['DELETE', '/_mock/requests', undefined],
  ['POST', '/_mock/requests/verify', { where: {} }],
  ['PUT', '/_mock/clock', { advance: '61s' }],
  ['POST', '/_mock/reset', undefined],
] as const

test.each(changes)('a replica refuses %s %s without a token, and says what to do', async (method, url, payload) => {
  const { send } = await build(undefined, { replica: true })
  const { statusCode, body } = await send({ method, url, ...(payload && { payload }) })
  expect(statusCode).toBe(400)
  expect(body.message).toContain('one of several replicas')
  expect(body.hint).toContain('send Authorization: Bearer <token>')
})

test.each(changes.slice(2))('a replica accepts %s %s for a portal', async (method, url, payload) => {
  const { send } = await build(undefined, { replica: true })
  const headers = { authorization: 'Bearer any' }
  expect((await send({ method, url, headers, ...(payload && { payload }) })).statusCode).toBe(200)
})

test('a replica can be read without a token', async () => {
  const { send } = await build(undefined, { replica: true })
  for (const url of ['/health', '/_mock/metrics', '/_mock/requests', '/_mock/campaigns']) {
    expect((await send({ method: 'HEAD', url })).statusCode).toBe(200)
  }
})

test('without the option, all portals can be changed', async () => {
  const { send } = await build()
  expect((await send({ method: 'POST', url: '/_mock/reset' })).statusCode).toBe(200)
})
