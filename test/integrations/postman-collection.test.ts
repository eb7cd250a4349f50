import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startMock } from '../../src/index.ts'
import { calledCampaign, calledId } from '../calls.ts'

const specs = inject('specs')

/** A collection of requests and folders of them, as Postman has it. */
type Item = ReturnType<typeof JSON.parse>

/** What stands for the placeholders of the collection, by the name of a variable or a parameter. */
const values: Readonly<Record<string, string>> = {
  campaignGuid: calledId,
  assetType: 'FORM',
  assetId: '3',
  contactType: 'influencedContacts',
  budgetId: '1',
  spendId: '2',
  properties: 'hs_name',
  startDate: '2026-05-01',
  endDate: '2026-05-31',
  sort: 'hs_name',
  limit: '10',
  name: 'Spring',
  attributionModel: 'LINEAR',
}

const properties = { hs_name: 'From the collection', hs_notes: 'A note' }
const item = { name: 'Radio', amount: 12.5, order: 1, description: 'On air' }

/** The body of a request, in the shape that the collection gives. */
function bodyOf(raw: string): object {
  const { inputs, amount } = JSON.parse(raw.replace(/"<(?:number|integer|long)>"/g, '1'))
  if (amount !== undefined) return item
  if (inputs === undefined) return { properties }
  return {
    inputs: [{ ...('id' in inputs[0] ? { id: calledId } : {}), ...('properties' in inputs[0] ? { properties } : {}) }],
  }
}

function filled(request: Item): Item {
  const { url, body } = request
  for (const variable of url.variable ?? []) variable.value = values[variable.key]
  // A cursor is not to be had without another page, so `after` stays away.
  url.query = (url.query ?? []).filter(({ key }: Item) => key !== 'after')
  for (const parameter of url.query) parameter.value = values[parameter.key]
  if (body?.raw !== undefined && body.raw !== '') body.raw = JSON.stringify(bodyOf(body.raw))
  return { ...request, auth: { type: 'bearer', bearer: [{ key: 'token', value: 'any', type: 'string' }] } }
}

/** All requests of the collection. Those that delete come last: what they delete, others read. */
function requestsOf(items: readonly Item[]): Item[] {
  const all = items.flatMap((one) => (one.item === undefined ? [one] : requestsOf(one.item)))
  const rank = ({ request: { method, url } }: Item) => {
    if (method === 'DELETE') return url.path.length === 4 ? 3 : 1
    return url.path.includes('archive') ? 2 : 0
  }
  return all.sort((a, b) => rank(a) - rank(b))
}

test.runIf(specs !== '')('every request of HubSpot’s collection succeeds', async () => {
  const mock = await startMock({ fixtures: { campaigns: [calledCampaign] } })
  onTestFinished(() => mock.close())
  const collection = JSON.parse(await readFile(join(specs, 'hubspot-campaigns-v3.postman.json'), 'utf8'))
  const requests = requestsOf(collection.item).map((one) => ({ name: one.name, request: filled(one.request) }))
  const newman = createRequire(join(inject('clients'), 'package.json'))('newman')
  const envVar = [{ key: 'baseUrl', value: mock.url }]
  const summary: Item = await new Promise((resolve, reject) => {
    const options = { collection: { info: collection.info, item: requests }, envVar, reporters: [] }
    newman.run(options, (error: Error | null, result: Item) => (error === null ? resolve(result) : reject(error)))
  })
  const failed = summary.run.executions.filter((one: Item) => !(one.response?.code < 300))
  expect(failed.map((one: Item) => `${one.item.name}: ${one.response?.code} ${one.response?.text()}`)).toEqual([])
  expect(summary.run.executions).toHaveLength(requests.length)
  expect(mock.portal('any').journal.count()).toBe(requests.length)
})
