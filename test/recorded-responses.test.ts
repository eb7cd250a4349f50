import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { FixtureCampaign } from '../src/world/fixtures/fixture.ts'
import { build } from './build.ts'
import { reportLeftOut } from './left-out.ts'

/** Where HubSpot's recorded responses are: next to this repository, never in it. */
const folder = process.env['HUBSPOT_RECORDED'] ?? fileURLToPath(new URL('../../shared/recorded', import.meta.url))
const recorded = (name: string): ReturnType<typeof JSON.parse> =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))

if (!existsSync(folder)) reportLeftOut(`HubSpot's recorded responses are not in ${folder}; HUBSPOT_RECORDED names it`)
else registerTests()

/** The campaigns of a response, as a fixture has them. */
function toFixture({ assets = {}, ...campaign }: Recorded): FixtureCampaign {
  const lists = Object.entries(assets).map(([type, { results }]) => [type, results])
  return { ...campaign, assets: Object.fromEntries(lists) }
}

/** One recorded page of assets was shortened by hand: it has a cursor after a single asset, which the mock never sends. */
function withoutPaging({ assets = {}, ...campaign }: Recorded): Recorded {
  const lists = Object.entries(assets).map(([type, { results }]) => [type, { results }])
  return { ...campaign, assets: Object.fromEntries(lists) }
}

interface Recorded {
  id: string
  assets?: Record<string, { results: { id: string }[] }>
}

test('a response of the mock, used as a fixture, leads to the same response', async () => {
  const assets = { FORM: [{ id: 'f', name: 'Form' }], CTA: [{ id: '1' }] }
  const made = await build({ campaigns: [{ id: 'spring', properties: { hs_name: 'Spring' }, assets }] })
  const query = { query: 'properties=hs_name' }
  const { body } = await made.read(['spring'], query)
  const again = await build({ campaigns: body.results.map(toFixture) })
  expect((await again.read(['spring'], query)).body.results).toEqual(body.results)
})

function registerTests(): void {
  test.each(['batch-read-200', 'batch-read-207'])('a fixture leads to %s, except for the times', async (name) => {
    const { results: all, errors = [], ...rest } = recorded(name)
    const results = all.map(withoutPaging)
    const { post } = await build({ campaigns: results.map(toFixture) }, { fidelity: 'observed' })
    const failed = errors.map(({ message }: { message: string }) => /: ([^:']+)'$/.exec(message)?.[1])
    const ids = [...results.map(({ id }: Recorded) => id), ...failed]
    const { text } = await post(JSON.stringify({ inputs: ids.map((id) => ({ id })) }), {
      path: '/marketing/campaigns/2026-03/batch/read',
      query: 'properties=hs_name,hs_notes,hs_budget_items_sum_amount',
    })
    const { completedAt, startedAt } = JSON.parse(text)
    const wanted = {
      completedAt,
      status: rest.status,
      startedAt,
      results,
      ...(errors.length > 0 && { errors, numErrors: rest.numErrors }),
    }
    expect(text).toBe(JSON.stringify(wanted))
  })

  test('a fixture leads to list-first-page and list-last-page', async () => {
    const [first, last] = [recorded('list-first-page'), recorded('list-last-page')]
    const { send } = await build({ campaigns: [...last.results, ...first.results] }, { fidelity: 'observed' })
    const list = (url: string) =>
      send({ method: 'GET', url, headers: { authorization: 'Bearer any', host: 'api.hubapi.com' } })
    const page =
      '/marketing/campaigns/2026-03?limit=2&sort=-updatedAt&properties=hs_name,hs_notes,hs_budget_items_sum_amount'
    const { text } = await list(page)
    expect(text.replace('http://', 'https://')).toBe(JSON.stringify(first))
    expect((await list(JSON.parse(text).paging.next.link)).text).toBe(JSON.stringify(last))
  })

  test('a fixture leads to assets-last-page', async () => {
    const { results } = recorded('assets-last-page')
    const id = '11111111-1111-4111-8111-111111111111'
    const assets = { MARKETING_EMAIL: [{ id: '1' }, ...results] }
    const { get } = await build({ campaigns: [{ id, assets }] })
    const { text } = await get(`/marketing/campaigns/2026-03/${id}/assets/MARKETING_EMAIL?after=MQ%3D%3D`)
    expect(text).toBe(JSON.stringify({ results }))
  })

  test('a fixture leads to reports-contacts', async () => {
    const { results } = recorded('reports-contacts')
    const id = '11111111-1111-4111-8111-111111111111'
    const influencedContacts = results.map((contact: Recorded) => contact.id)
    const { get } = await build({ campaigns: [{ id, reports: { contacts: { influencedContacts } } }] })
    const { text } = await get(`/marketing/campaigns/2026-03/${id}/reports/contacts/influencedContacts`)
    expect(text).toBe(JSON.stringify({ results }))
  })

  test('a fixture leads to account-details, and so do the defaults', async () => {
    const account = recorded('account-details')
    for (const fixture of [{ account }, { account: { portalId: account.portalId } }]) {
      const { get } = await build(fixture)
      expect((await get('/account-info/v3/details')).text).toBe(JSON.stringify(account))
    }
  })
}
