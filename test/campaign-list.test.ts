import { describe, expect, test } from 'vitest'
import { operations } from '../src/contract/operations.ts'
import { build } from './build.ts'

const list = '/marketing/v3/campaigns'
const named = (name: string, day: number) => ({
  id: `00000000-0000-4000-8000-${String(day).padStart(12, '0')}`,
  properties: { hs_name: name },
  createdAt: `2026-05-${String(day).padStart(2, '0')}T00:00:00Z`,
})
const campaigns = [named('Summer', 1), named('autumn', 2), named('Spring', 3), named('Spring', 4)]
const namesIn = (body: { results: { properties: Record<string, string> }[] }) =>
  body.results.map(({ properties }) => properties['hs_name'])

test.each(Object.values(operations['campaigns.list'].paths))('%s lists campaigns without assets', async (path) => {
  const { get } = await build({ campaigns: [{ ...named('Spring', 1), assets: { FORM: [{ id: 'f' }] } }] })
  const { statusCode, body } = await get(path)
  expect(statusCode).toBe(200)
  expect(body).toEqual({
    total: 1,
    results: [
      {
        id: campaigns[0]?.id,
        properties: {},
        createdAt: '2026-05-01T00:00:00.000Z',
        updatedAt: '2026-05-01T00:00:00.000Z',
        businessUnits: [{ id: 0 }],
      },
    ],
  })
  expect(Object.keys(body)).toEqual(['total', 'results'])
})

test.each([
  ['', ['Spring', 'Spring', 'Summer', 'autumn']],
  ['sort=hs_name', ['Spring', 'Spring', 'Summer', 'autumn']],
  ['sort=-hs_name', ['autumn', 'Summer', 'Spring', 'Spring']],
  ['sort=createdAt', ['Summer', 'autumn', 'Spring', 'Spring']],
  ['sort=-updatedAt', ['Spring', 'Spring', 'autumn', 'Summer']],
  ['name=SPR', ['Spring', 'Spring']],
  ['name=um&sort=createdAt', ['Summer', 'autumn']],
  ['name=winter', []],
  ['limit=1', ['Spring']],
])('%s gives %j', async (query, names) => {
  const { get } = await build({ campaigns })
  const { body } = await get(`${list}?properties=hs_name&${query}`)
  expect(namesIn(body)).toEqual(names)
})

test('total counts all matching campaigns, not those of the page', async () => {
  const { get } = await build({ campaigns })
  expect((await get(`${list}?limit=1&name=spring`)).body.total).toBe(2)
})

test('the last page has no paging, the others a cursor and a link of this call', async () => {
  const { send } = await build({ campaigns })
  const headers = { authorization: 'Bearer any', host: 'mock.test:4010' }
  const url = '/marketing/campaigns/2026-03?limit=2&sort=-updatedAt&properties=hs_name&properties=hs_notes'
  const { body } = await send({ method: 'GET', url, headers })
  expect(body.paging).toEqual({
    next: {
      after: 'Mg%3D%3D',
      link: 'http://mock.test:4010/marketing/campaigns/2026-03?limit=2&sort=-updatedAt&properties=hs_name%2Chs_notes&after=Mg%3D%3D',
    },
  })
  expect((await send({ method: 'GET', url: `${url}&after=Mg%3D%3D`, headers })).body).not.toHaveProperty('paging')
})

describe.each([1, 2, 4, 5, 50])('pages of %d', (limit) => {
  const count = limit * 2 + 1
  const many = Array.from({ length: count }, (_, i) => ({
    id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    properties: { hs_name: `Campaign ${String(i).padStart(4, '0')}` },
  }))
  const ids = many.map(({ id }) => id)

  test.each([
    ['link', ({ link }: Next) => link],
    ['after, encoded once', ({ after }: Next) => `${list}?limit=${limit}&after=${after}`],
    ['after, encoded twice', ({ after }: Next) => `${list}?limit=${limit}&after=${encodeURIComponent(after)}`],
  ])('are complete by %s', async (_how, nextUrl) => {
    const { get } = await build({ campaigns: many })
    const seen: string[] = []
    let url: string | undefined = `${list}?limit=${limit}`
    for (let pages = 0; url !== undefined && pages <= count; pages++) {
      const { body } = await get(url)
      seen.push(...body.results.map(({ id }: { id: string }) => id))
      url = body.paging && nextUrl(body.paging.next)
    }
    expect(seen).toEqual(ids)
  })
})

interface Next {
  after: string
  link: string
}

test.each([
  ['sort=hs_notes', 'sort: hs_notes is not one of'],
  ['limit=0', 'limit: 0 is not a whole number from 1 to 100'],
  ['limit=101', 'limit: 101 is not'],
  ['limit=1e1', 'limit: 1e1 is not'],
  ['limit=', 'limit:  is not'],
  ['after=x', 'after: x is not a cursor'],
])('400 for %s', async (query, problem) => {
  const { get } = await build({ campaigns })
  const { statusCode, body } = await get(`${list}?${query}`)
  expect({ statusCode, category: body.category }).toEqual({ statusCode: 400, category: 'VALIDATION_ERROR' })
  expect(body.message).toContain(problem)
})

test('a page after the last one is empty', async () => {
  const { get } = await build({ campaigns })
  expect((await get(`${list}?after=MTAw`)).body).toEqual({ total: 4, results: [] })
})

test('an unknown property is ignored as documented, and refused as observed', async () => {
  const documented = await build({ campaigns })
  expect((await documented.get(`${list}?properties=hs_nmae`)).body.results[0].properties).toEqual({})
  const observed = await build({ campaigns }, { fidelity: 'observed' })
  expect((await observed.get(`${list}?properties=hs_nmae`)).body.message).toContain('Forbidden properties: [hs_nmae]')
})

test('a campaign that a test adds or removes is listed at once, in its own portal only', async () => {
  const { send, get } = await build({ campaigns })
  const headers = { authorization: 'Bearer mine' }
  const id = campaigns[0]?.id
  await send({ method: 'PUT', url: '/_mock/campaigns/new', headers, payload: { properties: { hs_name: 'Advent' } } })
  await send({ method: 'DELETE', url: `/_mock/campaigns/${id}`, headers })
  expect(namesIn((await get(`${list}?properties=hs_name`, 'mine')).body)).toEqual([
    'Advent',
    'Spring',
    'Spring',
    'autumn',
  ])
  expect((await get(list, 'other')).body.total).toBe(4)
})

test('ten million generated campaigns are listed exactly', async () => {
  const { get } = await build({ generate: { campaigns: 10_000_000, seed: 1 } })
  const { body } = await get(`${list}?limit=100&after=${Buffer.from('9999950').toString('base64')}`)
  expect(body.total).toBe(10_000_000)
  expect(body.results).toHaveLength(50)
  expect(body).not.toHaveProperty('paging')
})
