import { expect, test } from 'vitest'
import { assetTypes } from '../src/contract/schemas/asset.ts'
import { build, unknownId } from './build.ts'
import { calledCampaign, calledId } from './calls.ts'

const beta = '/marketing/campaigns/2026-09-beta'
const start = Date.parse('2026-05-20T18:40:27Z')
const wanted = {
  sourceCampaignGuid: calledId,
  name: 'Copy',
  assetsToClone: { FORM: ['3', '4'] },
  shouldCloneDraftNodes: true,
  shouldCloneEdges: true,
  shouldCloneStickyNotes: true,
  shouldCloneTasks: true,
  shouldCloneTrackingUrls: true,
}

async function buildForClones(fixture: Parameters<typeof build>[0] = { campaigns: [calledCampaign] }) {
  const clock = { ms: start, now: () => clock.ms }
  const built = await build(fixture, { clock })
  const clone = (body: object, token = 'any') => built.post(JSON.stringify(body), { path: `${beta}/clone`, token })
  return { ...built, clock, clone }
}

test('a clone has the properties of the request or of its source, and copies of the assets', async () => {
  const { clone, get } = await buildForClones()
  const { statusCode, body, headers } = await clone({ ...wanted, notes: 'Again' })
  expect(statusCode).toBe(201)
  expect(body).toEqual({ campaignGuid: expect.any(String), status: 'PENDING' })
  expect(String(headers['location'])).toMatch(new RegExp(`${beta}/clone/${body.campaignGuid}/status$`))
  const copy = (await get(`${beta}/${body.campaignGuid}?properties=hs_name,hs_notes,hs_currency_code`)).body
  expect(copy.properties).toEqual({ hs_name: 'Copy', hs_notes: 'Again', hs_currency_code: 'EUR' })
  expect(copy.assets).toEqual({ FORM: { results: [{ id: '1' }, { id: '2' }] } })
})

test('the clone of an asset has its name', async () => {
  const assets = { FORM: [{ id: '3', name: 'Sign up' }] }
  const { clone, get } = await buildForClones({ campaigns: [{ id: calledId, assets }] })
  const { campaignGuid } = (await clone({ ...wanted, assetsToClone: { FORM: ['3'] } })).body
  expect((await get(`${beta}/${campaignGuid}/assets/FORM`)).body.results).toEqual([{ id: '1', name: 'Sign up' }])
})

test('a clone is PENDING for two seconds, and COMPLETE then', async () => {
  const { clone, get, clock } = await buildForClones()
  const { campaignGuid } = (await clone(wanted)).body
  const status = async () => (await get(`${beta}/clone/${campaignGuid}/status`)).body
  expect(await status()).toEqual({ campaignGuid, status: 'PENDING' })
  clock.ms += 1999
  expect((await status()).status).toBe('PENDING')
  clock.ms += 1
  expect((await status()).status).toBe('COMPLETE')
})

test('a scenario lets a clone fail', async () => {
  const mine = [
    { on: 'clone.status' as const, status: 'FAILED' as const, times: 1 },
    { on: 'clone.status' as const, status: 'PARTIAL_FAILURE' as const, times: 1 },
  ]
  const { clone, get } = await buildForClones({ campaigns: [calledCampaign], scenarios: { mine } })
  const { campaignGuid } = (await clone(wanted)).body
  const status = async () => (await get(`${beta}/clone/${campaignGuid}/status`, 'any~mine')).body.status
  expect([await status(), await status(), await status()]).toEqual(['FAILED', 'PARTIAL_FAILURE', 'PENDING'])
})

test.each([
  [
    { status: 'FAILED' as const },
    'batch.read has no status FAILED: expected COMPLETE, PENDING, PROCESSING or CANCELED',
  ],
  [
    { status: 'PROCESSING' as const, on: ['clone.status' as const] },
    'clone.status has no status PROCESSING: expected PENDING, COMPLETE, FAILED or PARTIAL_FAILURE',
  ],
])('a step %o is refused', async (step, problem) => {
  await expect(build({ scenarios: { mine: [step] } })).rejects.toThrow(problem)
})

test.each([
  ['an unknown source', { ...wanted, sourceCampaignGuid: unknownId }, 404, 'Campaign not found'],
  ['no name', { ...wanted, name: '' }, 400, 'hs_name'],
  ['an invalid date', { ...wanted, startDate: 'soon' }, 400, 'hs_start_date: soon is not a date'],
  ['an unknown type', { ...wanted, assetsToClone: { FROM: [] } }, 400, 'FROM is not an asset type'],
  ['an asset that is not attached', { ...wanted, assetsToClone: { FORM: ['x'] } }, 400, 'the source has no FORM x'],
])('%s is refused', async (_what, body, status, problem) => {
  const { clone } = await buildForClones()
  const answer = await clone(body)
  expect(answer.statusCode).toBe(status)
  expect(answer.body.message).toContain(problem)
})

test('the status of a campaign that is not a clone is a 404', async () => {
  const { get } = await buildForClones()
  expect(await get(`${beta}/clone/${calledId}/status`)).toMatchObject({
    statusCode: 404,
    body: { message: `Clone not found: ${calledId}` },
  })
})

test('all asset types are listed, and can be cloned', async () => {
  const { get } = await buildForClones()
  for (const path of ['asset-types', 'clone/asset-types']) {
    expect((await get(`${beta}/${path}`)).body).toEqual({ results: Object.keys(assetTypes) })
  }
})
