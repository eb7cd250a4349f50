import { describe, expect, test } from 'vitest'
import { type CallErrorName, callErrors } from '../src/contract/errors.ts'
import { build, spring, v3 } from './build.ts'

describe('observed', () => {
  const observed = () => build(undefined, { fidelity: 'observed' })

  test('forbids an unknown property name, and lists the known ones', async () => {
    const { read } = await observed()
    const { statusCode, body } = await read([spring.id], { query: 'properties=hs_name,nonsense,worse' })
    expect(statusCode).toBe(400)
    expect(body).toMatchObject({
      category: 'VALIDATION_ERROR',
      message: expect.stringMatching(
        /^Forbidden properties: \[nonsense, worse\]\. Correct ones are \[hs_audience, .*hs_goal, .*hs_utm\]$/,
      ),
    })
  })

  test.each(['properties=', 'properties', 'properties=,%20,'])('forbids ?%s, which has no names', async (query) => {
    const { read } = await observed()
    expect((await read([spring.id], { query })).body.message).toMatch(/^Forbidden properties: \[\]/)
  })

  test('allows every readable property, the retired hs_goal, and a custom one of some campaign', async () => {
    const custom = { id: 'a', properties: { our_own: 'yes' } }
    const { read } = await build({ campaigns: [spring, custom] }, { fidelity: 'observed' })
    const answer = await read(['a'], { query: 'properties=hs_name,hs_goal,our_own' })
    expect(answer).toMatchObject({ statusCode: 200, body: { results: [{ properties: { our_own: 'yes' } }] } })
  })

  test.each([
    ['GET', v3, 405],
    ['POST', '/nowhere', 404],
  ] as const)('answers %s %s with an HTML page', async (method, url, statusCode) => {
    const { send } = await observed()
    const answer = await send({ method, url })
    expect(answer).toMatchObject({ statusCode, headers: { 'content-type': 'text/html;charset=utf-8' } })
    expect(answer.text).toContain(`<title>${statusCode} `)
    expect(answer.headers).toHaveProperty('x-hubspot-correlation-id')
  })

  test.each(Object.entries(callErrors))('%s in a scenario is as recorded', async (error, { statusCode, body }) => {
    const steps = [{ error: error as CallErrorName }]
    const { read } = await build({ scenario: 'mine', scenarios: { mine: steps } }, { fidelity: 'observed' })
    const answer = await read([])
    expect(answer.statusCode).toBe(statusCode)
    const isHtml = ['not-found', 'method-not-allowed', 'uri-too-long'].includes(error) || statusCode > 500
    expect(answer.headers['content-type']).toBe(isHtml ? 'text/html;charset=utf-8' : 'application/json;charset=utf-8')
    if (!isHtml) expect(Object.keys(answer.body)).toEqual(Object.keys(body))
  })

  test('sends an internal error without a category', async () => {
    const { app, send } = await observed()
    app.get('/broken', () => {
      throw new Error('a bug of our own')
    })
    expect((await send({ method: 'GET', url: '/broken' })).body).not.toHaveProperty('category')
  })
})

test('documented ignores an unknown property name', async () => {
  const { read } = await build()
  const { body } = await read([spring.id], { query: 'properties=hs_name,nonsense' })
  expect(body.results[0].properties).toEqual({ hs_name: 'Spring' })
})

describe('a recorded body can be had from a fixture, its members in their order', () => {
  const moments = ['2026-05-20T18:40:27.104Z', '2026-05-20T18:40:27.234Z'].map((text) => Date.parse(text))

  /** The text of a response with these start and completion times. */
  async function recorded(ids: string[]): Promise<string> {
    let asked = 0
    let last = Number.POSITIVE_INFINITY
    const clock = { now: () => moments[++asked === last ? 1 : 0] ?? 0 }
    const { read } = await build({ campaigns }, { clock, fidelity: 'observed' })
    const before = asked
    await read(ids, { query })
    // That it completed is the last thing for which a request looks at the clock.
    last = asked + (asked - before)
    return (await read(ids, { query })).text
  }
  const campaigns = [
    {
      id: '430318c4-abb7-4bf7-a75e-9c5fa8f475a6',
      properties: { hs_name: 'Clothing Promotion', hs_budget_items_sum_amount: '2.0' },
      createdAt: '2026-05-05T23:41:20.330Z',
      updatedAt: '2026-05-05T23:45:04.200Z',
      assets: { MARKETING_EMAIL: [{ id: '212476546342', name: 'A new marketing email' }] },
    },
  ]
  const found =
    '{"completedAt":"2026-05-20T18:40:27.234Z","status":"COMPLETE","startedAt":"2026-05-20T18:40:27.104Z","results":[{"id":"430318c4-abb7-4bf7-a75e-9c5fa8f475a6","properties":{"hs_budget_items_sum_amount":"2.0","hs_name":"Clothing Promotion"},"createdAt":"2026-05-05T23:41:20.330Z","updatedAt":"2026-05-05T23:45:04.200Z","businessUnits":[{"id":0}],"assets":{"MARKETING_EMAIL":{"results":[{"id":"212476546342","name":"A new marketing email"}]}}}]'
  const query = 'properties=hs_name,hs_budget_items_sum_amount'

  test('the 200', async () => {
    expect(await recorded(['430318c4-abb7-4bf7-a75e-9c5fa8f475a6'])).toBe(`${found}}`)
  })

  test('the partial failure', async () => {
    expect(await recorded(['430318c4-abb7-4bf7-a75e-9c5fa8f475a6', 'x'])).toBe(
      `${found},"errors":[{"status":"error","category":"VALIDATION_ERROR","subCategory":"CampaignApiError.INVALID_REQUEST","message":"Invalid request: 'Invalid campaign GUID format: x'","context":{"message":["Invalid campaign GUID format: x"]}}],"numErrors":1}`,
    )
  })
})
