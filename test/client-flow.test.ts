import { Client } from '@hubspot/api-client'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'

const campaigns = Array.from({ length: 105 }, (_, i) => ({
  id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  properties: { hs_name: `Campaign ${String(i).padStart(3, '0')}` },
  assets: i === 0 ? { FORM: Array.from({ length: 61 }, (_, n) => ({ id: String(n) })) } : {},
  reports: { metrics: { sessions: i } },
}))

test('HubSpot’s own client logs in, lists, reads in batches, follows cursors and reads reports', async () => {
  const mock = await startMock({ fixtures: { campaigns } })
  onTestFinished(() => mock.close())
  const hubspot = new Client({ basePath: mock.url })
  const form = ['refresh_token', undefined, undefined, 'app', 'secret', 'spring'] as const
  const { accessToken } = await hubspot.oauth.tokensApi.create(...form)
  hubspot.setAccessToken(accessToken)
  const request = async (options: Parameters<Client['apiRequest']>[0]) => {
    const response = await hubspot.apiRequest(options)
    expect(response.status).toBe(200)
    return response.json()
  }

  const account = await request({ path: '/account-info/v3/details' })
  expect(account.uiDomain).toBe('app.hubspot.com')

  const ids: string[] = []
  let after: string | undefined
  for (let pages = 0; pages < 4; pages++) {
    const qs = { limit: 50, sort: 'hs_name', ...(after === undefined ? {} : { after }) }
    const page = await request({ path: '/marketing/v3/campaigns', qs })
    ids.push(...page.results.map(({ id }: { id: string }) => id))
    after = page.paging?.next.after
    if (after === undefined) break
  }
  expect(ids).toEqual(campaigns.map(({ id }) => id))

  for (let first = 0; first < ids.length; first += 50) {
    const inputs = ids.slice(first, first + 50).map((id) => ({ id }))
    const body = { inputs }
    const path = '/marketing/v3/campaigns/batch/read'
    const { results } = await request({ method: 'POST', path, qs: { properties: 'hs_name' }, body })
    expect(results).toHaveLength(inputs.length)
    const next = results[0].assets.FORM?.paging.next
    if (next === undefined) continue
    const assets = await request({ path: new URL(next.link).pathname, qs: { after: next.after, limit: 100 } })
    expect(assets.results.map(({ id }: { id: string }) => Number(id))).toEqual([
      50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60,
    ])
  }

  const report = await request({ path: `/marketing/v3/campaigns/${ids[7]}/reports/metrics` })
  expect(report.sessions).toBe(7)
  const { length } = mock.portal('spring').journal.list()
  expect(length).toBe(1 + 1 + 3 + 3 + 1 + 1)
})
