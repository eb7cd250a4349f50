import { expect, test } from 'vitest'
import { build, v3 } from './build.ts'

const hinted = { tokens: { good: {}, writer: { scopes: ['marketing.campaigns.write'] } } }

test.each([
  ['GET', v3, {}, '', `${v3} allows only POST`],
  [
    'POST',
    '/marketing/v3/campaign/batch/read',
    {},
    '',
    `this mock does not serve this path; the nearest path is POST ${v3}`,
  ],
  [
    'POST',
    '/marketing/campaigns/2026-3/batch/read',
    {},
    '',
    'this mock does not serve this path; the nearest path is POST /marketing/campaigns/2026-03/batch/read',
  ],
  ['POST', v3, { authorization: '' }, '', 'send Authorization: Bearer <token>'],
  [
    'POST',
    v3,
    { authorization: 'Bearer bad' },
    '',
    'this token is not among the valid tokens, which the fixture and the option tokens name',
  ],
  [
    'POST',
    v3,
    { authorization: 'Bearer writer' },
    '',
    'neither the fixture nor token.set (PUT /_mock/token) gives this token the scope marketing.campaigns.read',
  ],
  [
    'POST',
    v3,
    { 'content-type': 'text/plain' },
    '{}',
    'send Content-Type: application/json, unencoded, and {"inputs":[{"id":"<campaign id>"}]}',
  ],
  ['POST', v3, {}, '{', 'send {"inputs":[{"id":"<campaign id>"}]}'],
  ['POST', v3, {}, '{"inputs":[{}]}', 'inputs[0].id is missing: send {"inputs":[{"id":"<campaign id>"}]}'],
  ['POST', v3, {}, '{"inputs":[{"id":7}]}', 'inputs[0].id: expected text, got 7'],
  ['POST', `${v3}?endDate=2026-02-30`, {}, '{"inputs":[]}', 'endDate: 2026-02-30 is not a date (YYYY-MM-DD)'],
  ['POST', `${v3}?endDate=%C3%A9%0A`, {}, '{"inputs":[]}', 'endDate: ?? is not a date (YYYY-MM-DD)'],
] as const)('%s %s %j %s is answered with a hint', async (method, url, headers, payload, hint) => {
  const { send } = await build(hinted)
  const answer = await send({
    method,
    url,
    headers: { authorization: 'Bearer good', 'content-type': 'application/json', ...headers },
    payload,
  })
  expect(answer.headers['x-mock-hint']).toBe(hint)
  expect(answer.text).not.toContain('mock')
})

test('a browser that opens the mock is led to the inspector', async () => {
  const { send } = await build()
  const { headers } = await send({ method: 'GET', url: '/' })
  expect(headers['x-mock-hint']).toBe('this mock serves no page here: its inspector is at /_mock/')
})

test('an error of a scenario has no hint', async () => {
  const { read } = await build()
  expect((await read([], { token: 'any~locked' })).headers).not.toHaveProperty('x-mock-hint')
})
