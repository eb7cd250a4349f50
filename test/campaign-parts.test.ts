import { expect, test } from 'vitest'
import { build } from './build.ts'

const id = '11111111-1111-4111-8111-111111111111'
const emails = Array.from({ length: 55 }, (_, i) => ({ id: String(i), name: `Mail ${i}`, metrics: { SENT: i } }))
const fixture = {
  campaigns: [
    {
      id,
      properties: { hs_name: 'Spring', hs_currency_code: 'EUR' },
      assets: { MARKETING_EMAIL: emails },
      budgetItems: [
        { name: 'Print', amount: 0.1 },
        { name: 'Radio', amount: 0.2 },
      ],
      spendItems: [{ name: 'Flyers', amount: 0.25 }],
      reports: {
        metrics: { daily: { '2026-05-06': { sessions: 5 }, '2026-05-07': { sessions: 7 } } },
        revenue: { LINEAR: { revenueAmount: 1200.5, contactsNumber: 2 } },
        contacts: { influencedContacts: ['101', '102', '103'] },
      },
    },
  ],
}
const at = `/marketing/v3/campaigns/${id}`

test('one campaign has the first page of its assets, in the view of the query', async () => {
  const { get } = await build(fixture)
  const { body } = await get(`${at}?properties=hs_name&startDate=2026-05-01&endDate=2026-05-31`)
  expect(Object.keys(body)).toEqual(['id', 'properties', 'createdAt', 'updatedAt', 'businessUnits', 'assets'])
  expect(body.properties).toEqual({ hs_name: 'Spring' })
  expect(body.assets.MARKETING_EMAIL.results).toHaveLength(50)
  expect(body.assets.MARKETING_EMAIL.results[1]).toEqual({ id: '1', name: 'Mail 1', metrics: { SENT: 1 } })
})

test('the asset link of batch read leads to the assets that it left out', async () => {
  const { read, get } = await build(fixture)
  const { body } = await read([id])
  const { link, after } = body.results[0].assets.MARKETING_EMAIL.paging.next
  for (const url of [link, `${at}/assets/MARKETING_EMAIL?after=${encodeURIComponent(after)}`]) {
    const page = await get(url)
    expect(page.body).toEqual({ results: emails.slice(50).map(({ id, name }) => ({ id, name })) })
  }
})

test('assets have pages of 10, with metrics if both dates are given', async () => {
  const { get } = await build(fixture)
  const first = (await get(`${at}/assets/MARKETING_EMAIL?startDate=2026-05-01&endDate=2026-05-31`)).body
  expect(first.results).toHaveLength(10)
  expect(first.results[3]).toEqual({ id: '3', name: 'Mail 3', metrics: { SENT: 3 } })
  const second = (await get(first.paging.next.link)).body
  expect(second.results[0]).toEqual({ id: '10', name: 'Mail 10', metrics: { SENT: 10 } })
})

test('a type without assets is an empty page, and an unknown type a 400', async () => {
  const { get } = await build(fixture)
  expect((await get(`${at}/assets/FORM`)).body).toEqual({ results: [] })
  expect((await get(`${at}/assets/FROM`)).body.message).toContain('assetType: FROM')
})

test('budget totals are exact sums', async () => {
  const { get } = await build(fixture)
  const { body } = await get(`${at}/budget/totals`)
  expect(body).toMatchObject({ currencyCode: 'EUR', budgetTotal: 0.3, spendTotal: 0.25, remainingBudget: 0.05 })
  expect(body.budgetItems[0]).toMatchObject({ name: 'Print', amount: 0.1, order: 0 })
})

test('a report is of a period, by default of all time', async () => {
  const { get } = await build(fixture)
  const metrics = `${at}/reports/metrics`
  expect((await get(metrics)).body).toEqual({
    sessions: 12,
    newContactsFirstTouch: 0,
    influencedContacts: 3,
    newContactsLastTouch: 0,
  })
  expect((await get(`${metrics}?startDate=2026-05-07`)).body.sessions).toBe(7)
  expect((await get(`${metrics}?endDate=2026-05-06`)).body.sessions).toBe(5)
  expect((await get(`${metrics}?startDate=2026-02-30`)).statusCode).toBe(400)
})

test('revenue depends on the attribution model', async () => {
  const { get } = await build(fixture)
  const revenue = `${at}/reports/revenue`
  expect((await get(revenue)).body).toMatchObject({ revenueAmount: 1200.5, contactsNumber: 2, currencyCode: 'EUR' })
  expect((await get(`${revenue}?attributionModel=U_SHAPED`)).body).toMatchObject({ revenueAmount: 0 })
  expect((await get(`${revenue}?attributionModel=linear`)).statusCode).toBe(400)
})

test('contacts are pages of ids', async () => {
  const { get } = await build(fixture)
  const contacts = `${at}/reports/contacts/influencedContacts`
  const { body } = await get(`${contacts}?limit=2`)
  expect(body.results).toEqual([{ id: '101' }, { id: '102' }])
  expect((await get(body.paging.next.link)).body).toEqual({ results: [{ id: '103' }] })
  expect((await get(`${at}/reports/contacts/contacts`)).statusCode).toBe(400)
})

test.each(['/metrics', '/contacts', '/assets', '/stats', '/reports', '/assets/FORM/1/metrics'])(
  '404 for %s, which HubSpot does not have, with a hint that this mock does not serve it',
  async (rest) => {
    const { get } = await build(fixture)
    const { statusCode, headers } = await get(at + rest)
    expect(statusCode).toBe(404)
    expect(headers['x-mock-hint']).toContain('does not serve')
  },
)

test.each(['asset-types', 'search'])(
  '%s matches the path of one campaign: 400 for GET and 405 for POST',
  async (part) => {
    const { get, send } = await build(fixture)
    const url = `/marketing/v3/campaigns/${part}`
    expect((await get(url)).statusCode).toBe(400)
    expect((await send({ method: 'POST', url, headers: { authorization: 'Bearer any' } })).statusCode).toBe(405)
  },
)

test.each([
  ['PERMISSION_DENIED', 403],
  ['OBJECT_NOT_FOUND', 404],
  ['VALIDATION_ERROR', 400],
])('a call for a campaign that the fixture fails with %s is a %i', async (category, status) => {
  const id = '00000000-0000-4000-8000-000000000403'
  const { get } = await build({ errors: [{ id, category, message: 'No' }] })
  const { statusCode, body } = await get(`/marketing/v3/campaigns/${id}`)
  expect([statusCode, body.category, body.message]).toEqual([status, category, 'No'])
})

test('totals of a single period take precedence over all others', async () => {
  const may = '2026-05-01/2026-05-31'
  const { get } = await build({
    campaigns: [
      {
        id,
        assets: { CTA: [{ id: '1', metrics: { CLICKS: 9 }, periods: { [may]: { CLICKS: 3 } } }] },
        reports: {
          metrics: { daily: { '2026-05-06': { sessions: 5 } }, periods: { [may]: { sessions: 8 } } },
          revenue: { LINEAR: { revenueAmount: 1, currencyCode: 'EUR', periods: { [may]: { revenueAmount: 2 } } } },
          contacts: { influencedContacts: ['1', '2'], periods: { [may]: { influencedContacts: ['3'] } } },
        },
      },
    ],
  })
  const [inMay, inJune] = ['startDate=2026-05-01&endDate=2026-05-31', 'startDate=2026-06-01&endDate=2026-06-30']
  const of = async (path: string, query: string) => (await get(`${at}/${path}?${query}`)).body
  expect((await of('assets/CTA', inMay)).results).toEqual([{ id: '1', metrics: { CLICKS: 3 } }])
  expect((await of('assets/CTA', inJune)).results).toEqual([{ id: '1', metrics: { CLICKS: 9 } }])
  expect(await of('reports/metrics', inMay)).toMatchObject({ sessions: 8, influencedContacts: 1 })
  expect(await of('reports/metrics', inJune)).toMatchObject({ sessions: 0, influencedContacts: 2 })
  expect(await of('reports/revenue', inMay)).toMatchObject({ revenueAmount: 2, currencyCode: 'EUR' })
  expect(await of('reports/contacts/influencedContacts', inMay)).toEqual({ results: [{ id: '3' }] })
})

test('an asset can have the cursor that leads to it, encoded once or twice in a request', async () => {
  const assets = emails.map((email, i) => (i === 10 || i === 50 ? { ...email, cursor: `page+${i}==` } : email))
  const { get, read } = await build({ campaigns: [{ id, assets: { MARKETING_EMAIL: assets } }] })
  const first = (await get(`${at}/assets/MARKETING_EMAIL`)).body
  expect(first.paging.next.after).toBe('page%2B10%3D%3D')
  for (const after of ['page%2B10%3D%3D', 'page%252B10%253D%253D', 'MTA%3D']) {
    expect((await get(`${at}/assets/MARKETING_EMAIL?after=${after}`)).body.results[0]).toEqual({
      id: '10',
      name: 'Mail 10',
    })
  }
  const [campaign] = (await read([id])).body.results
  expect(campaign.assets.MARKETING_EMAIL.paging.next.after).toBe('page%2B50%3D%3D')
  expect((await get(campaign.assets.MARKETING_EMAIL.paging.next.link)).body.results[0].id).toBe('50')
})
