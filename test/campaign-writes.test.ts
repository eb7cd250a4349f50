import { describe, expect, test } from 'vitest'
import { campaignVersions, multiStatusVersions } from '../src/contract/versions.ts'
import { type Answer, build, spring, unknownId } from './build.ts'
import { calledCampaign, calledId } from './calls.ts'

const start = Date.parse('2026-05-20T18:40:27Z')
const v3 = '/marketing/v3/campaigns'

/** A mock with a clock of its own, and ways to write to it. */
async function buildForWrites(fixture: Parameters<typeof build>[0] = { campaigns: [calledCampaign] }, options = {}) {
  const clock = { ms: start, now: () => clock.ms }
  const built = await build(fixture, { clock, ...options })
  const write = (method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, body?: unknown, token = 'any') =>
    built.send({
      method,
      url: url.startsWith('/') ? url : `${v3}/${url}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  const create = (properties: Record<string, string>, token = 'any') => write('POST', v3, { properties }, token)
  const view = async (id: string, names = 'hs_name,hs_notes', token = 'any') =>
    (await built.get(`${v3}/${id}?properties=${names}`, token)).body
  return { ...built, clock, write, create, view }
}

test('a created campaign is in the list, in batch read and under its id at once', async () => {
  const { create, get, read, view } = await buildForWrites()
  const { statusCode, body } = await create({ hs_notes: 'A note', hs_name: 'Autumn' })
  expect(statusCode).toBe(201)
  expect(Object.entries(body)).toEqual([
    ['id', expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)],
    ['properties', { hs_name: 'Autumn', hs_notes: 'A note' }],
    ['createdAt', '2026-05-20T18:40:27.000Z'],
    ['updatedAt', '2026-05-20T18:40:27.000Z'],
    ['businessUnits', [{ id: 0 }]],
  ])
  expect((await get(v3)).body).toMatchObject({ total: 2, results: [{ id: body.id }, { id: calledId }] })
  expect((await read([body.id])).body.results).toMatchObject([{ id: body.id, assets: {} }])
  expect(await view(body.id)).toMatchObject({ properties: { hs_name: 'Autumn', hs_notes: 'A note' }, assets: {} })
})

test('an update changes the given properties and updatedAt', async () => {
  const { write, view, clock } = await buildForWrites()
  clock.ms += 5000
  const { statusCode, body } = await write('PATCH', calledId, { properties: { hs_notes: 'Soon' } })
  expect(statusCode).toBe(200)
  expect(body).toEqual({
    id: calledId,
    properties: { hs_notes: 'Soon' },
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-05-20T18:40:32.000Z',
    businessUnits: [{ id: 0 }],
  })
  expect((await view(calledId)).properties).toEqual({ hs_name: 'Spring', hs_notes: 'Soon' })
})

test('an empty text resets a property', async () => {
  const { write, view } = await buildForWrites()
  const { body } = await write('PATCH', calledId, { properties: { hs_currency_code: '', hs_notes: '' } })
  expect(body.properties).toEqual({})
  expect((await view(calledId, 'hs_currency_code,hs_name')).properties).toEqual({ hs_name: 'Spring' })
})

test('hs_goal is ignored in writes', async () => {
  const { create } = await buildForWrites()
  expect((await create({ hs_name: 'A', hs_goal: 'More' })).body.properties).toEqual({ hs_name: 'A' })
})

test('business units are written by their property', async () => {
  const { create, write } = await buildForWrites()
  const { body } = await create({ hs_name: 'A', hs_business_unit_ids: '0; 123' })
  expect(body.businessUnits).toEqual([{ id: 0 }, { id: 123 }])
  const reset = await write('PATCH', body.id, { properties: { hs_business_unit_ids: '' } })
  expect(reset.body.businessUnits).toEqual([{ id: 0 }])
})

test.each([
  [
    { hs_name: 'A', hs_object_id: '7', hs_owner: '1', hs_budget_items_sum_amount: '2.0' },
    'Forbidden properties: [hs_object_id, hs_owner, hs_budget_items_sum_amount]. Correct ones are [hs_audience, hs_business_unit_ids, hs_campaign_status, hs_currency_code, hs_end_date, hs_name, hs_notes, hs_start_date, hs_utm, region]',
    'CampaignApiError.PROPERTY_SET_CONTAINS_VALUES_FORBIDDEN_FOR_WRITE',
  ],
  [
    { hs_name: 'A', hs_start_date: '2026-05-20T00:00:00Z' },
    "Invalid request: 'hs_start_date: 2026-05-20T00:00:00Z is not a date (YYYY-MM-DD)'",
    'CampaignValidationError.INVALID_DATE_PROPERTY',
  ],
  [
    { hs_name: 'A', hs_end_date: '2026-02-30' },
    "Invalid request: 'hs_end_date: 2026-02-30 is not a date (YYYY-MM-DD)'",
    'CampaignValidationError.INVALID_DATE_PROPERTY',
  ],
  [
    { hs_name: 'A', hs_campaign_status: 'done' },
    "Invalid request: 'hs_campaign_status: done is not one of planned, in_progress, active, paused, completed'",
    undefined,
  ],
  [
    { hs_name: 'A', hs_currency_code: 'euro' },
    "Invalid request: 'hs_currency_code: euro is not a currency code such as USD'",
    undefined,
  ],
  [
    { hs_name: 'A', hs_business_unit_ids: 'x' },
    "Invalid request: 'hs_business_unit_ids: x is not a list of business unit ids such as 0;123'",
    undefined,
  ],
  [{ hs_notes: 'A' }, "Invalid request: 'hs_name: a new campaign needs a name'", undefined],
])('a create of %o is refused, alone and in a batch', async (properties, message, subCategory) => {
  const { create, write, get } = await buildForWrites({
    campaigns: [{ id: calledId, properties: { hs_name: 'Spring', region: 'EMEA' } }],
  })
  const { statusCode, body } = await create(properties as unknown as Record<string, string>)
  expect(statusCode).toBe(400)
  expect(body).toMatchObject({ message, category: 'VALIDATION_ERROR' })
  expect(body.subCategory).toBe(subCategory)
  const batch = (await write('POST', 'batch/create', { inputs: [{ properties }] })).body
  expect(batch).toMatchObject({ results: [], numErrors: 1, errors: [{ message, category: 'VALIDATION_ERROR' }] })
  expect((await get(v3)).body.total).toBe(1)
})

test('a custom property can be written, with a hint if it is new in the portal', async () => {
  const { create, view } = await buildForWrites()
  const first = await create({ hs_name: 'A', region: 'EMEA' })
  expect(first.body.properties).toEqual({ hs_name: 'A', region: 'EMEA' })
  expect(first.headers['x-mock-hint']).toBe(
    'new custom property region: HubSpot refuses properties that the account does not have',
  )
  const second = await create({ hs_name: 'B', region: 'APAC' })
  expect(second.headers).not.toHaveProperty('x-mock-hint')
  expect((await view(second.body.id, 'region')).properties).toEqual({ region: 'APAC' })
})

test('a custom property in several campaigns of a batch that are refused has one hint', async () => {
  const { write } = await buildForWrites()
  const nameless = { properties: { region: 'EMEA' } }
  const { headers } = await write('POST', 'batch/create', { inputs: [nameless, nameless] })
  expect(headers['x-mock-hint']).toBe(
    'new custom property region: HubSpot refuses properties that the account does not have',
  )
})

test('a deleted campaign disappears from every read, and deleting it again succeeds', async () => {
  const { write, get, read } = await buildForWrites()
  for (let i = 0; i < 2; i++) expect((await write('DELETE', calledId)).statusCode).toBe(204)
  expect((await get(v3)).body).toEqual({ total: 0, results: [] })
  expect((await get(`${v3}/${calledId}`)).statusCode).toBe(404)
  expect((await read([calledId])).body.errors).toMatchObject([{ message: `Campaign not found: ${calledId}` }])
})

test('a portal does not see the writes of another, and a reset restores the fixture', async () => {
  const { create, write, get, app } = await buildForWrites()
  await create({ hs_name: 'Mine' }, 'one')
  await write('DELETE', calledId, undefined, 'one')
  await write('POST', `${calledId}/budget`, { name: 'TV', amount: 9, order: 0 }, 'two')
  expect((await get(v3, 'one')).body).toMatchObject({ total: 1, results: [{ properties: {} }] })
  expect((await get(v3, 'two')).body).toMatchObject({ total: 1, results: [{ id: calledId }] })
  expect((await get(`${v3}/${calledId}/budget/totals`, 'three')).body.budgetItems).toHaveLength(1)
  app.world.reset()
  expect((await get(v3, 'one')).body).toMatchObject({ total: 1, results: [{ id: calledId }] })
})

test('a frozen mock counts the ids of new campaigns in each portal', async () => {
  const { app } = await build({}, { frozen: true })
  const ids = []
  for (const token of ['one', 'one', 'two']) {
    const headers = { authorization: `Bearer ${token}` }
    const payload = { properties: { hs_name: 'A' } }
    ids.push((await app.inject({ method: 'POST', url: v3, headers, payload })).json().id)
  }
  expect(ids).toEqual([
    '00000000-0000-4000-a000-000000000001',
    '00000000-0000-4000-a000-000000000002',
    '00000000-0000-4000-a000-000000000001',
  ])
})

describe('batches', () => {
  const update = (id: string, hs_notes: string) => ({ id, properties: { hs_notes } })

  test.each(campaignVersions)('on %s, inputs that fail do not keep the others from being written', async (version) => {
    const path = version === 'v3' ? v3 : `/marketing/campaigns/${version}`
    const { write, view } = await buildForWrites()
    const hasMultiStatus = (multiStatusVersions as readonly string[]).includes(version)
    const inputs = [{ properties: {} }, { properties: { hs_name: 'New' } }]
    const created = await write('POST', `${path}/batch/create`, { inputs })
    expect(created).toMatchObject({
      statusCode: hasMultiStatus ? 207 : 201,
      body: { status: 'COMPLETE', results: [{ properties: { hs_name: 'New' } }], numErrors: 1 },
    })
    const items = [update(calledId, 'Soon'), update(unknownId, 'x'), update('spring', 'x')]
    const updated = await write('POST', `${path}/batch/update`, { inputs: items })
    expect(updated).toMatchObject({
      statusCode: hasMultiStatus ? 207 : 200,
      body: {
        results: [{ id: calledId, properties: { hs_notes: 'Soon' } }],
        numErrors: 2,
        errors: [
          { category: 'OBJECT_NOT_FOUND', context: { campaignGuid: [unknownId] }, errors: [], links: {} },
          { message: "Invalid request: 'Invalid campaign GUID format: spring'" },
        ],
      },
    })
    expect((await view(calledId)).properties.hs_notes).toBe('Soon')
  })

  test('the members are in the order of batch read', async () => {
    const { write } = await buildForWrites({ campaigns: [] }, { fidelity: 'observed' })
    const { statusCode, body } = await write('POST', 'batch/create', { inputs: [{ properties: { hs_owner: '1' } }] })
    expect(statusCode).toBe(207)
    expect(Object.keys(body)).toEqual(['completedAt', 'status', 'startedAt', 'results', 'errors', 'numErrors'])
    expect(Object.keys(body.errors[0])).toEqual(['status', 'category', 'subCategory', 'message', 'context'])
  })

  test('an archive deletes existing campaigns, and is a 204 for any ids', async () => {
    const { write, get } = await buildForWrites()
    const inputs = [{ id: calledId }, { id: unknownId }, { id: 'spring' }]
    expect(await write('POST', 'batch/archive', { inputs })).toMatchObject({ statusCode: 204, text: '' })
    expect((await get(v3)).body.total).toBe(0)
  })

  test.each(['create', 'update', 'archive'])('%s accepts at most 50 inputs', async (verb) => {
    const { write } = await buildForWrites()
    const inputs = Array.from({ length: 51 }, () => ({ ...update(calledId, 'x'), properties: { hs_name: 'x' } }))
    expect((await write('POST', `batch/${verb}`, { inputs: inputs.slice(1) })).statusCode).toBeLessThan(300)
    expect((await write('POST', `batch/${verb}`, { inputs })).body.message).toMatch(/^The maximum number of inputs/)
  })

  test('an id that the fixture lists under errors fails with the words of the fixture', async () => {
    const error = { id: unknownId, category: 'PERMISSION_DENIED', subCategory: 'X.Y', message: 'No' }
    const { write } = await buildForWrites({ errors: [error] }, { fidelity: 'observed' })
    const { body } = await write('POST', 'batch/update', { inputs: [update(unknownId, 'x')] })
    expect(body.errors).toEqual([
      { status: 'error', category: 'PERMISSION_DENIED', subCategory: 'X.Y', message: 'No', context: {} },
    ])
  })

  test('a step changes the status of a batch of writes, which are made nevertheless', async () => {
    const mine = [{ on: 'batch.create' as const, status: 'PENDING' as const }]
    const { write, get } = await buildForWrites({ scenarios: { mine } })
    const { body } = await write('POST', 'batch/create', { inputs: [{ properties: { hs_name: 'A' } }] }, 'any~mine')
    expect(body).toMatchObject({ status: 'PENDING', results: [] })
    expect((await get(v3)).body.total).toBe(1)
  })
})

describe('assets', () => {
  const at = `${v3}/${calledId}`

  test('an attached asset is in batch read and in its list, once', async () => {
    const { write, read, get } = await buildForWrites()
    for (let i = 0; i < 2; i++) expect((await write('PUT', `${at}/assets/BLOG_POST/77`)).statusCode).toBe(204)
    expect((await read([calledId])).body.results[0].assets.BLOG_POST).toEqual({ results: [{ id: '77' }] })
    expect((await get(`${at}/assets/BLOG_POST`)).body.results).toEqual([{ id: '77' }])
    expect((await get(`${at}`)).body.updatedAt).toBe('2026-05-20T18:40:27.000Z')
  })

  test('a detached asset disappears, and detaching it again succeeds', async () => {
    const { write, get } = await buildForWrites()
    for (let i = 0; i < 2; i++) expect((await write('DELETE', `${at}/assets/FORM/3`)).statusCode).toBe(204)
    expect((await write('DELETE', `${at}/assets/EMAIL/3`)).statusCode).toBe(204)
    const { results } = (await get(`${at}/assets/FORM?limit=100`)).body
    expect(results.map(({ id }: { id: string }) => id)).not.toContain('3')
    expect(results).toHaveLength(11)
  })

  test('an unknown type is refused', async () => {
    const { write } = await buildForWrites()
    expect((await write('PUT', `${at}/assets/FROM/3`)).body.message).toContain('FROM is not an asset type of HubSpot')
  })
})

describe.each([
  ['budget', 'budgetItems', 'hs_budget_items_sum_amount', '1', 2.5],
  ['spend', 'spendItems', 'hs_spend_items_sum_amount', '2', 0.5],
] as const)('%s items', (name, kind, rollUp, firstId, firstAmount) => {
  const at = `${v3}/${calledId}/${name}`
  const totals = `${v3}/${calledId}/budget/totals`
  const item = { name: 'Radio', amount: 12.34, order: 1 }

  test('a new item gets an id that no other item has, and is in the totals and the roll-up property', async () => {
    const { write, get, view } = await buildForWrites()
    const { statusCode, body } = await write('POST', at, { ...item, description: 'On air' })
    expect(statusCode).toBe(201)
    expect(body).toEqual({ id: '3', ...item, description: 'On air', createdAt: start, updatedAt: start })
    expect((await get(`${at}/3`)).body).toEqual(body)
    expect((await get(totals)).body[kind]).toHaveLength(2)
    expect((await view(calledId, rollUp)).properties[rollUp]).toBe(String(firstAmount + 12.34))
  })

  test('an item is replaced, but for its id and its creation', async () => {
    const { write, get, clock } = await buildForWrites()
    const before = (await get(`${at}/${firstId}`)).body
    clock.ms += 1000
    const { body } = await write('PUT', `${at}/${firstId}`, item)
    expect(body).toEqual({ id: firstId, ...item, createdAt: before.createdAt, updatedAt: start + 1000 })
    expect((await get(totals)).body[kind]).toEqual([body])
  })

  test('a deleted item leaves no roll-up, and its id is not reused', async () => {
    const { write, get, view } = await buildForWrites()
    expect((await write('DELETE', `${at}/${firstId}`)).statusCode).toBe(204)
    expect((await write('DELETE', `${at}/${firstId}`)).statusCode).toBe(404)
    expect((await view(calledId, rollUp)).properties).toEqual({})
    expect((await get(totals)).body[kind]).toEqual([])
    expect((await write('POST', at, item)).body.id).toBe('3')
  })

  test.each([
    ['0', 404],
    ['9223372036854775807', 404],
    ['9223372036854775808', 400],
    ['-1', 400],
    ['x', 400],
    ['1e3', 400],
  ])('an item %s is a %i', async (id, status) => {
    const { get, write } = await buildForWrites()
    for (const answer of [
      await get(`${at}/${id}`),
      await write('PUT', `${at}/${id}`, item),
      await write('DELETE', `${at}/${id}`),
    ]) {
      expect(answer.statusCode).toBe(status)
    }
  })

  test('leading zeros of an id are ignored', async () => {
    const { get } = await buildForWrites()
    expect((await get(`${at}/000${firstId}`)).body.id).toBe(firstId)
  })

  test.each([
    [{ ...item, order: -1 }, 'order: -1 is not a whole number from 0 to 2147483647'],
    [{ ...item, order: 2147483648 }, 'order: 2147483648 is not a whole number from 0 to 2147483647'],
    [{ ...item, amount: 1e300 }, 'amount: 1e+300 is over 9007199254740991'],
    [{ ...item, order: 1.5 }, 'order: expected a whole number'],
    [{ ...item, amount: '2' }, 'amount: expected a number'],
    [{ name: 'A', order: 0 }, 'Some required fields were not set: [amount]'],
  ])('%o is refused', async (body, problem) => {
    const { write } = await buildForWrites()
    const answer: Answer = await write('POST', at, body)
    expect(answer.statusCode).toBe(400)
    expect(answer.body.message).toContain(problem)
  })
})

test('the writes of a portal do not change the campaign of the fixture', async () => {
  const { write, view } = await buildForWrites({ campaigns: [spring] })
  await write('PATCH', String(spring.id), { properties: { hs_name: 'Other' } }, 'one')
  expect((await view(String(spring.id), 'hs_name', 'two')).properties.hs_name).toBe('Spring')
})

test('a generated campaign can be changed and deleted, and the list stays exact', async () => {
  const { write, get, app } = await buildForWrites({ generate: { campaigns: 200, seed: 7 } })
  const [first, second] = [...app.world.campaigns.list()]
  await write('PATCH', String(first?.id), { properties: { hs_name: '  first of all' } })
  await write('DELETE', String(second?.id))
  const { body } = await get(`${v3}?properties=hs_name&limit=1`)
  expect(body).toMatchObject({ total: 199, results: [{ id: first?.id, properties: { hs_name: '  first of all' } }] })
})

test('a value under a name with a line break is checked as any other', async () => {
  const { write } = await buildForWrites()
  const { statusCode, body } = await write('POST', v3, { properties: { hs_name: 'Autumn', 'a\nb': 5 } })
  expect(statusCode).toBe(400)
  expect(body.message).toContain('properties."a\\nb": expected text, got 5')
})
