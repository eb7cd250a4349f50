import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { batchReadPaths } from './batch-read-paths.ts'
import { build, spring, v3 } from './build.ts'

const correlationId = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
const invalid = (message: string) => ({
  statusCode: 400,
  body: { status: 'error', message, category: 'VALIDATION_ERROR' },
})

test('the correlation id of an error is that of its header, and another one each time', async () => {
  const { post } = await build()
  const [first, second] = [await post('x'), await post('x')]
  expect(first.body.correlationId).toBe(first.headers['x-hubspot-correlation-id'])
  expect(second.body.correlationId).not.toBe(first.body.correlationId)
})

describe('401, no token that is known', () => {
  const unauthorized =
    /^\{"status":"error","message":"Authentication credentials not found\. This API supports OAuth 2\.0 authentication and you can find more details at https:\/\/developers\.hubspot\.com\/docs\/methods\/auth\/oauth-overview","correlationId":"[0-9a-f-]{36}","category":"INVALID_AUTHENTICATION"\}$/

  test.each([
    ['no Authorization', undefined],
    ['an empty Authorization', ''],
    ['another scheme', 'Basic cGF0OngK'],
    ['an empty token', 'Bearer '],
    ['a scheme without a token', 'Bearer'],
    ['two tokens', 'Bearer one two'],
    ['an unknown token', 'Bearer nobody'],
    ['a token named like a prototype key', 'Bearer __proto__'],
  ])('is the answer to %s', async (_what, authorization) => {
    const { send } = await build({ tokens: { known: {} } })
    const headers = authorization === undefined ? {} : { authorization }
    const answer = await send({ method: 'POST', url: v3, headers, payload: '' })
    expect(answer).toMatchObject({ statusCode: 401, text: expect.stringMatching(unauthorized) })
    expect(answer.headers).toMatchObject({ 'x-hubspot-auth-failure': '401 Unauthorized' })
    expect(answer.headers).not.toHaveProperty('www-authenticate')
  })

  test('takes precedence over errors in the body', async () => {
    const { send } = await build()
    expect((await send({ method: 'POST', url: v3, payload: '{' })).statusCode).toBe(401)
  })

  test('is not sent for a known token, in any case of its scheme', async () => {
    const { read } = await build({ tokens: { known: {} } })
    expect((await read([], { headers: { authorization: 'bearer known' } })).statusCode).toBe(200)
  })

  test('is sent for all tokens except those of the option', async () => {
    const { read } = await build({ tokens: { known: {} } }, { tokens: ['given'] })
    expect((await read([], { token: 'given' })).statusCode).toBe(200)
    expect((await read([], { token: 'known' })).statusCode).toBe(200)
    expect((await read([], { token: 'other' })).statusCode).toBe(401)
    const alone = await build({}, { tokens: ['given'] })
    expect((await alone.read([], { token: 'given' })).statusCode).toBe(200)
    expect((await alone.read([], { token: 'other' })).statusCode).toBe(401)
  })
})

describe('401, a token that expired', () => {
  const expiresAt = '2026-03-10T23:04:41.164Z'
  test.each([
    ['0 second(s)', 0],
    ['59 second(s)', 59_999],
    ['1 minute(s)', 60_000],
    ['59 minute(s)', 3_599_999],
    ['5 hour(s)', 5 * 3_600_000],
    ['23 hour(s)', 86_399_999],
    ['1 day(s)', 86_400_000],
    ['400 day(s)', 400 * 86_400_000],
  ])('says that it was %s ago', async (ago, elapsed) => {
    const clock = { now: () => Date.parse(expiresAt) + elapsed }
    const { read } = await build({ tokens: { old: { expiresAt } } }, { clock })
    const { statusCode, text } = await read([], { token: 'old' })
    expect(statusCode).toBe(401)
    expect(text).toMatch(
      new RegExp(
        `^\\{"status":"error","message":"The OAuth token used to make this call expired ${ago.replace(/[()]/g, '\\$&')} ago\\.","correlationId":"[0-9a-f-]{36}","category":"EXPIRED_AUTHENTICATION","context":\\{"expire time":\\["2026-03-10T23:04:41\\.164Z"\\]\\}\\}$`,
      ),
    )
  })

  test('lets it pass until then', async () => {
    const clock = { now: () => Date.parse(expiresAt) - 1 }
    const { read } = await build({ tokens: { old: { expiresAt } } }, { clock })
    expect((await read([], { token: 'old' })).statusCode).toBe(200)
  })
})

describe('403, a token without the scope', () => {
  test('names the scope that is required', async () => {
    const { read } = await build({ tokens: { writer: { scopes: ['marketing.campaigns.write'] } } })
    const { statusCode, text } = await read([], { token: 'writer' })
    expect(statusCode).toBe(403)
    expect(text).toMatch(
      /^\{"status":"error","message":"This app hasn't been granted all required scopes to make this call\. Read more about required scopes here: https:\/\/developers\.hubspot\.com\/scopes\.","correlationId":"[0-9a-f-]{36}","errors":\[\{"message":"One or more of the following scopes are required\.","context":\{"requiredGranularScopes":\["marketing\.campaigns\.read"\]\}\}\],"links":\{"scopes":"https:\/\/developers\.hubspot\.com\/scopes"\},"category":"MISSING_SCOPES"\}$/,
    )
  })

  test('is not sent for a token with the scope', async () => {
    const { read } = await build({ tokens: { reader: { scopes: ['marketing.campaigns.read'] } } })
    expect((await read([], { token: 'reader' })).statusCode).toBe(200)
  })
})

describe('400, not JSON', () => {
  test.each([
    ['', 1, 1, 'unexpected end, expected a value'],
    ['{', 1, 2, 'unexpected end, expected a name in double quotes or "}"'],
    ["{'inputs':[]}", 1, 2, `unexpected character "'", expected a name in double quotes or "}"`],
    ['{"inputs":[{"id":"a"},]}', 1, 23, 'unexpected character "]", expected a value'],
    ['{\n  "inputs": [\n    {"id" "a"}\n  ]\n}', 3, 11, 'unexpected character "\\"", expected ":"'],
    ['{"inputs":[]} x', 1, 15, 'unexpected character "x", expected the end'],
  ])('%j breaks on line %d, column %d', async (text, line, column, problem) => {
    const { post } = await build()
    expect(await post(text)).toMatchObject(invalid(`Invalid input JSON on line ${line}, column ${column}: ${problem}`))
  })

  test('however deep it is nested', async () => {
    const { post } = await build()
    const { body } = await post('['.repeat(1_000_000))
    expect(body.message).toContain('line 1, column 1000001')
  })
})

describe('400, a field is missing', () => {
  test.each([
    ['{}', 1, 2, 'inputs'],
    ['\n  {"input":[]}', 2, 4, 'inputs'],
    ['{"inputs":[{"id":"a"},{}]}', 1, 24, 'id'],
    ['{"inputs":[{"ID":"a"}]}', 1, 13, 'id'],
  ])('%j lacks one, told behind the brace at line %d, column %d', async (text, line, column, field) => {
    const { post } = await build()
    const place = `line ${line}, column ${column}`
    expect(await post(text)).toMatchObject(
      invalid(`Invalid input JSON on ${place}. Some required fields were not set: [${field}]`),
    )
  })
})

describe('400, the wrong JSON type', () => {
  test.each([
    ['{"inputs":{}}', 11, 'inputs: expected an array, got an object'],
    ['{"inputs":null}', 11, 'inputs: expected an array, got null'],
    ['{"inputs":[{"id":7}]}', 18, 'inputs[0].id: expected text, got 7'],
    ['{"inputs":[{"id":"a"},"b"]}', 23, 'inputs[1]: expected an object, got "b"'],
    ['{"inputs":[{"id":["a"]}]}', 18, 'inputs[0].id: expected text, got an array'],
    ['[]', 1, 'the body: expected an object, got an array'],
    [' null', 2, 'the body: expected an object, got null'],
  ])('%j is reported at column %d', async (text, column, problem) => {
    const { post } = await build()
    expect(await post(text)).toMatchObject(invalid(`Invalid input JSON on line 1, column ${column}: ${problem}`))
  })
})

test('400, more than 50 inputs', async () => {
  const { read } = await build()
  const message =
    'The maximum number of inputs supported in a batch is 50. Please reduce the number of items and try again'
  expect(await read(Array.from({ length: 51 }, String))).toMatchObject(invalid(message))
})

describe('400, a date that cannot be', () => {
  test.each([
    ['startDate=2024-02-30', 'startDate: 2024-02-30 is not a date (YYYY-MM-DD)'],
    ['endDate=tomorrow', 'endDate: tomorrow is not a date (YYYY-MM-DD)'],
    ['startDate=', 'startDate:  is not a date (YYYY-MM-DD)'],
    ['startDate=2024-1-2', 'startDate: 2024-1-2 is not a date (YYYY-MM-DD)'],
    ['startDate=2024-01-01T00:00:00Z', 'startDate: 2024-01-01T00:00:00Z is not a date (YYYY-MM-DD)'],
    ['startDate=2024-02-02&endDate=2024-02-01', 'endDate: 2024-02-01 is before startDate 2024-02-02'],
  ])('?%s', async (query, problem) => {
    const { read } = await build()
    expect(await read([], { query })).toMatchObject(invalid(`Invalid request: '${problem}'`))
  })

  test('the 29th of February is one in a leap year', async () => {
    const { read } = await build()
    expect((await read([], { query: 'startDate=2024-02-29' })).statusCode).toBe(200)
  })
})

describe('415, not application/json', () => {
  test.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/jsonp' },
    { 'content-type': 'nonsense' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    { 'content-type': 'application/json', 'content-encoding': 'identity, gzip' },
  ])('%j', async (headers) => {
    const { read } = await build()
    expect(await read([spring.id], { headers })).toMatchObject({
      statusCode: 415,
      body: { category: 'VALIDATION_ERROR' },
    })
  })

  test('no Content-Type at all, with a body and without', async () => {
    const { send } = await build()
    const request = { method: 'POST', url: v3, headers: { authorization: 'Bearer any' } } as const
    expect((await send(request)).statusCode).toBe(415)
    expect((await send({ ...request, payload: '{}' })).statusCode).toBe(415)
  })
})

test('413, a body over 1 MiB, and not one of 1 MiB', async () => {
  const { post } = await build()
  const body = '{"inputs":[]}'
  expect((await post(body.padEnd(1024 * 1024))).statusCode).toBe(200)
  expect(await post(body.padEnd(1024 * 1024 + 1))).toMatchObject({
    statusCode: 413,
    body: { message: 'The request body is larger than 1048576 bytes', category: 'VALIDATION_ERROR' },
  })
})

test.each(['/', '/marketing/campaigns/2024-09/batch/read'])('404, a path it does not serve: %s', async (url) => {
  const { send } = await build()
  const answer = await send({ method: 'POST', url, payload: {} })
  expect(answer).toMatchObject({
    statusCode: 404,
    body: { status: 'error', message: 'resource not found', correlationId },
  })
  expect(answer.headers).toMatchObject({ vary: 'origin', 'x-hubspot-correlation-id': answer.body.correlationId })
})

test.each(['', '{', 'null'])('404 does not read the body: %j', async (payload) => {
  const { send } = await build()
  const headers = { 'content-type': 'application/json' }
  expect((await send({ method: 'POST', url: '/nowhere', headers, payload })).statusCode).toBe(404)
})

test('404, with any query', async () => {
  const { send } = await build()
  expect((await send({ method: 'GET', url: '/nowhere?x=%E0%A4%A' })).statusCode).toBe(404)
})

describe('405, another method on the path', () => {
  const methods = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
  const cases = batchReadPaths.flatMap(({ url }) => methods.map((method) => ({ method, url })))
  test.each(cases)('$method $url', async ({ method, url }) => {
    const { send } = await build()
    const answer = await send({ method, url: `${url}?properties=hs_name` })
    expect(answer).toMatchObject({
      statusCode: 405,
      headers: { allow: 'POST' },
      body: { status: 'error', correlationId },
    })
  })

  test('GET, however its path is encoded', async () => {
    const { send } = await build()
    expect((await send({ method: 'GET', url: v3.replace('read', '%72ead') })).statusCode).toBe(405)
  })

  test('HEAD, without a body', async () => {
    const { send } = await build()
    expect(await send({ method: 'HEAD', url: v3 })).toMatchObject({
      statusCode: 405,
      headers: { allow: 'POST' },
      text: '',
    })
  })
})

test('400, a path that is badly encoded', async () => {
  const { send } = await build()
  const answer = await send({ method: 'POST', url: '/%ff' })
  expect(answer).toMatchObject(invalid('The request could not be read as HTTP'))
  expect(answer.headers['x-hubspot-correlation-id']).toBe(answer.body.correlationId)
})

test('500 for an unexpected error, whose cause is in the log but not in the response', async () => {
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const { app, send } = await build({}, { logger: pino({ level: 'error' }, stream) })
  app.get('/broken', () => {
    throw new Error('a bug of our own')
  })
  const { statusCode, text } = await send({ method: 'GET', url: '/broken' })
  expect(statusCode).toBe(500)
  expect(text).toMatch(
    /^\{"correlationId":"[0-9a-f-]{36}","message":"internal error","status":"error","category":"INTERNAL_ERROR"\}$/,
  )
  expect(lines.join()).toContain('a bug of our own')
})
