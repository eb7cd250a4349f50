import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startMock } from '../../src/index.ts'

const run = promisify(execFile)
const specs = inject('specs')
const clients = inject('clients')

/** The whole flow of a client, in terms of the functions that are generated from HubSpot's file. */
const flow = `
import * as api from './v3/index.ts'
import { client } from './v3/client.gen.ts'

const url = process.env.MOCK_URL
const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'generated', client_id: 'a', client_secret: 'b' })
const { access_token } = await (await fetch(url + '/oauth/v1/token', { method: 'POST', body: form })).json()
client.setConfig({ baseUrl: url, auth: access_token, headers: { authorization: 'Bearer ' + access_token }, throwOnError: true })
const done = []
const call = async (name, options) => {
  const { data, response } = await api[name](options)
  done.push(response.status)
  return data
}

const ids = []
let after
do {
  const page = await call('getMarketingV3CampaignsMarketingV3Campaigns', { query: { limit: 50, properties: ['hs_name'], after } })
  ids.push(...page.results.map(({ id }) => id))
  after = page.paging?.next?.after
} while (after !== undefined)

const assets = []
for (let i = 0; i < ids.length; i += 50) {
  const body = { inputs: ids.slice(i, i + 50).map((id) => ({ id })) }
  const { results } = await call('postMarketingV3CampaignsBatchRead', { body, query: { properties: ['hs_name', 'hs_notes'] } })
  for (const { id, assets: ofCampaign } of results) {
    for (const [assetType, { results: first, paging }] of Object.entries(ofCampaign)) {
      assets.push(...first)
      let cursor = paging?.next?.after
      while (cursor !== undefined) {
        const page = await call('getMarketingV3CampaignsCampaignGuidAssetsAssetType', { path: { campaignGuid: id, assetType }, query: { after: cursor } })
        assets.push(...page.results)
        cursor = page.paging?.next?.after
      }
    }
  }
}

const [campaignGuid] = ids
const path = { campaignGuid }
await call('getMarketingV3CampaignsCampaignGuidReportsMetrics', { path })
await call('getMarketingV3CampaignsCampaignGuidReportsRevenue', { path, query: { attributionModel: 'LINEAR' } })
await call('getMarketingV3CampaignsCampaignGuidReportsContactsContactType', { path: { campaignGuid, contactType: 'influencedContacts' } })

const created = await call('postMarketingV3CampaignsMarketingV3Campaigns', { body: { properties: { hs_name: 'Generated' } } })
const own = { campaignGuid: created.id }
await call('patchMarketingV3CampaignsCampaignGuid', { path: own, body: { properties: { hs_notes: 'A note' } } })
await call('putMarketingV3CampaignsCampaignGuidAssetsAssetTypeAssetId', { path: { ...own, assetType: 'FORM', assetId: '7' } })
const item = { name: 'Radio', amount: 12.5, order: 0 }
const budget = await call('postMarketingV3CampaignsCampaignGuidBudget', { path: own, body: item })
await call('putMarketingV3CampaignsCampaignGuidBudgetBudgetId', { path: { ...own, budgetId: budget.id }, body: { ...item, amount: 3 } })
const spend = await call('postMarketingV3CampaignsCampaignGuidSpend', { path: own, body: item })
await call('getMarketingV3CampaignsCampaignGuidSpendSpendId', { path: { ...own, spendId: spend.id } })
const totals = await call('getMarketingV3CampaignsCampaignGuidBudgetTotals', { path: own })
await call('deleteMarketingV3CampaignsCampaignGuidBudgetBudgetId', { path: { ...own, budgetId: budget.id } })
await call('deleteMarketingV3CampaignsCampaignGuidAssetsAssetTypeAssetId', { path: { ...own, assetType: 'FORM', assetId: '7' } })
await call('deleteMarketingV3CampaignsCampaignGuid', { path: own })
console.log(JSON.stringify({ ids: ids.length, assets: assets.length, remaining: totals.remainingBudget, done }))
`

test.runIf(specs !== '')('a client that is generated from HubSpot’s file runs its whole flow', async () => {
  const forms = Array.from({ length: 75 }, (_, i) => ({ id: String(i) }))
  const campaigns = Array.from({ length: 120 }, (_, i) => ({
    id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    properties: { hs_name: `Campaign ${i}` },
    assets: i === 7 ? { FORM: forms } : {},
  }))
  const mock = await startMock({ fixtures: { campaigns } })
  onTestFinished(() => mock.close())
  const generate = ['openapi-ts', '-i', join(specs, 'hubspot-campaigns-v3.json'), '-o', 'v3']
  const plugins = ['-p', '@hey-api/client-fetch', '-p', '@hey-api/typescript', '-p', '@hey-api/sdk']
  await run('npx', [...generate, ...plugins], { cwd: clients })
  await writeFile(join(clients, 'flow.ts'), flow)
  const tsx = join(process.cwd(), 'node_modules/.bin/tsx')
  const { stdout } = await run(tsx, ['flow.ts'], { cwd: clients, env: { ...process.env, MOCK_URL: mock.url } })
  const { ids, assets, remaining, done } = JSON.parse(stdout)
  expect({ ids, assets, remaining }).toEqual({ ids: 120, assets: 75, remaining: -9.5 })
  expect(done.filter((status: number) => status >= 300)).toEqual([])
  const { campaigns: left, journal } = mock.portal('generated')
  expect(left.list({ limit: 1000 })).toHaveLength(120)
  expect(journal.count()).toBe(done.length + 1)
})
