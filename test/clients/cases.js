import assert from 'node:assert/strict'
import { readCampaigns } from './campaigns.js'
import { newPortal } from './portal.js'

/** Fifty tests of one client for any runner, ten in each file. All use one mock, and each test a portal of its own. */
const clothing = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'
const unknownId = '00000000-0000-4000-8000-000000000404'

const statusesOf = async ({ control }) => (await control('GET', 'requests')).requests.map(({ status }) => status)

/** Adds a campaign that only this portal has. */
const plants = (i) => [
  `adds campaign ${i}, which no other test sees`,
  async () => {
    const { baseUrl, token, control } = newPortal()
    await control('PUT', 'campaigns/spring', { properties: { hs_name: `Spring ${i}` } })
    const { results } = await readCampaigns(baseUrl, token, ['spring'], '?properties=hs_name')
    assert.equal(results[0].properties.hs_name, `Spring ${i}`)
    const other = await readCampaigns(baseUrl, newPortal().token, ['spring'])
    assert.equal(other.numErrors, 1)
  },
]

/** Calls that fail a number of times, then succeed. */
const recovers = (error, times) => [
  `tries again when ${error} comes ${times} times`,
  async () => {
    const portal = newPortal()
    await portal.control('PUT', 'scenario', { steps: [{ error, times }] })
    const { results } = await readCampaigns(portal.baseUrl, portal.token, [clothing])
    assert.equal(results.length, 1)
    const statuses = await statusesOf(portal)
    assert.equal(statuses.length, times + 1)
    assert.equal(statuses.at(-1), 200)
  },
]

/** An error that the client does not retry. */
const fails = (scenario, category) => [
  `fails with ${category} in the scenario ${scenario}`,
  async () => {
    const portal = newPortal()
    await portal.control('PUT', 'scenario', { name: scenario })
    await assert.rejects(readCampaigns(portal.baseUrl, portal.token, [clothing]), { message: category })
    assert.equal((await statusesOf(portal)).length, 1)
  },
]

/** A connection that is lost each time, so that there is no status. */
const givesUp = (scenario, tries) => [
  `gives up in the scenario ${scenario}`,
  async () => {
    const portal = newPortal()
    await portal.control('PUT', 'scenario', { name: scenario })
    await assert.rejects(readCampaigns(portal.baseUrl, portal.token, [clothing]), { message: 'gave up' })
    assert.equal((await statusesOf(portal)).join(), Array(tries).fill('').join())
  },
]

/** A batch that is pending and processing first. */
const waits = (pending, processing) => [
  `waits through ${pending} pending and ${processing} processing responses`,
  async () => {
    const { baseUrl, token, control } = newPortal()
    await control('PUT', 'scenario', {
      steps: [
        { status: 'PENDING', times: pending },
        { status: 'PROCESSING', times: processing },
      ],
    })
    const { results } = await readCampaigns(baseUrl, token, [clothing])
    assert.equal(results[0].id, clothing)
  },
]

/** A batch with found and missing campaigns. */
const reads = (found, missing) => [
  `reads ${found} campaigns and gets errors for ${missing} missing ones`,
  async () => {
    const { baseUrl, token, control } = newPortal()
    const ids = Array.from({ length: found }, (_, i) => `campaign-${i}`)
    await Promise.all(ids.map((id) => control('PUT', `campaigns/${id}`, {})))
    const misses = Array.from({ length: missing }, (_, i) => unknownId.replace(/.$/, String(i)))
    const body = await readCampaigns(baseUrl, token, [...ids, ...misses])
    assert.equal(body.results.map(({ id }) => id).join(), ids.join())
    assert.equal(body.numErrors ?? 0, missing)
  },
]

/** The journal has the requests of one test only. */
const records = (calls) => [
  `finds its own ${calls} requests in the journal`,
  async () => {
    const { baseUrl, token, control } = newPortal()
    const all = Array.from({ length: calls }, () => readCampaigns(baseUrl, token, [clothing], '?properties=hs_name'))
    await Promise.all(all)
    const where = { ids: [clothing], properties: ['hs_name'], status: 200 }
    const verdict = await control('POST', 'requests/verify', { where, times: calls })
    assert.ok(verdict.ok, JSON.stringify(verdict))
  },
]

const ten = Array.from({ length: 10 }, (_, i) => i)

export const cases = {
  campaigns: ten.map(plants),
  errors: [
    ...[1, 2, 3].flatMap((times) => [recovers('rate-limited', times), recovers('server-error', times)]),
    fails('unauthorized', 'INVALID_AUTHENTICATION'),
    fails('missing-scopes', 'MISSING_SCOPES'),
    fails('expired-token', 'EXPIRED_AUTHENTICATION'),
    givesUp('reset', 6),
  ],
  batches: [1, 2, 3, 4].flatMap((pending) => ten.slice(1, 6 - pending).map((processing) => waits(pending, processing))),
  partial: ten.map((i) => reads(i, 10 - i)),
  journal: ten.map((i) => records(i + 1)),
}
