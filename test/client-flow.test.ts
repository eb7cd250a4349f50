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

test('HubSpot’s own client creates, updates, attaches, budgets and deletes, and looks its tokens up', async () => {
  const mock = await startMock({ fixtures: {} })
  onTestFinished(() => mock.close())
  const hubspot = new Client({ basePath: mock.url })
  const { oauth } = hubspot
  const { accessToken, refreshToken = '' } = await oauth.tokensApi.create(
    'authorization_code',
    'spring',
    'http://localhost/callback',
    'app',
    'secret',
  )
  hubspot.setAccessToken(accessToken)
  const request = async (method: string, path: string, body?: object) => {
    const response = await hubspot.apiRequest({ method, path: `/marketing/v3/campaigns${path}`, ...(body && { body }) })
    return response.status === 204 ? 204 : response.json()
  }
  const item = { name: 'Radio', amount: 12.5, order: 0 }

  const { id } = await request('POST', '', { properties: { hs_name: 'Spring' } })
  const { results } = await request('POST', '/batch/create', { inputs: [{ properties: { hs_name: 'Summer' } }] })
  expect(await request('PATCH', `/${id}`, { properties: { hs_notes: 'Soon' } })).toMatchObject({ id })
  expect(await request('PUT', `/${id}/assets/FORM/7`)).toBe(204)
  const budget = await request('POST', `/${id}/budget`, item)
  await request('POST', `/${id}/spend`, { ...item, amount: 2.25 })
  expect(await request('GET', `/${id}/budget/totals`)).toMatchObject({ remainingBudget: 10.25 })
  expect(await request('DELETE', `/${id}/budget/${budget.id}`)).toBe(204)
  expect(await request('GET', '?properties=hs_name,hs_notes')).toMatchObject({
    total: 2,
    results: [{ id, properties: { hs_name: 'Spring', hs_notes: 'Soon' } }, { id: results[0].id }],
  })
  expect(await request('POST', '/batch/archive', { inputs: [{ id }, { id: results[0].id }] })).toBe(204)
  expect(mock.portal('spring').campaigns.list()).toEqual([])

  expect(await oauth.accessTokensApi.get(accessToken)).toMatchObject({ token: accessToken, tokenType: 'access' })
  expect(await oauth.refreshTokensApi.get(refreshToken)).toMatchObject({ token: refreshToken, clientId: 'app' })
  await oauth.refreshTokensApi.archive(refreshToken)
  const refreshing = oauth.tokensApi.create('refresh_token', undefined, undefined, 'app', 'secret', refreshToken)
  await expect(refreshing).rejects.toMatchObject({ code: 400, body: { status: 'BAD_REFRESH_TOKEN' } })
})
