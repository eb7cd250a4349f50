import { assetTypes } from '../../contract/schemas/asset.ts'
import { maximumInputs } from '../../contract/schemas/batch.ts'
import { readableProperties } from '../../contract/schemas/campaign.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'
import type { Account } from './account.ts'
import {
  assetLinksOf,
  assetsIn,
  cursorOf,
  entryOf,
  errorOf,
  hasAssetPaging,
  metricsOf,
  orderOf,
  outcomeOf,
  statusOf,
  totalsOf,
} from './aspects.ts'
import { batchRead, get, type LiveRequest } from './live-call.ts'
import type { Probe, Verdict } from './probe.ts'

const campaigns = '/marketing/v3/campaigns'
const dated = '/marketing/campaigns/2026-03'
const properties = readableProperties.join(',')
const unknownGuid = '00000000-0000-4000-8000-000000000404'
const noGuid = 'not-a-guid'
const noCampaign = 'the account has no campaign'

/** The period of metrics and reports. */
export interface LivePeriod {
  /** Both YYYY-MM-DD. */
  readonly startDate: string
  readonly endDate: string
}

const inputsOf = (ids: readonly string[]) => ({ inputs: ids.map((id) => ({ id })) })

/** A call for the campaign that has most assets. */
function ofMain(make: (path: string, account: Account) => LiveRequest | string): Probe['request'] {
  return (account) => (account.main === undefined ? noCampaign : make(`${campaigns}/${account.main.id}`, account))
}

function ofBatch(make: (ids: readonly string[]) => LiveRequest): Probe['request'] {
  return ({ ids }) => (ids.length === 0 ? noCampaign : make(ids.slice(0, maximumInputs)))
}

/** The requests that read the data of the account. Their responses are compared as well. */
export function readingProbes(period: LivePeriod): readonly Probe[] {
  const isComparable = ({ isComplete }: Account) => isComplete
  return [
    {
      id: 'account details',
      operation: 'account.details',
      request: () => get('/account-info/v3/details'),
      learn: (account, body) => account.learnDetails(body),
    },
    {
      id: 'list by name',
      operation: 'campaigns.list',
      request: () => get(campaigns, { limit: '100', properties }),
      learn: (account, body) => account.learnList(body),
      isComparable,
    },
    {
      id: 'list by last update',
      operation: 'campaigns.list',
      request: ({ isComplete }) =>
        isComplete ? 'all campaigns have been read' : get(campaigns, { limit: '100', sort: '-updatedAt', properties }),
      learn: (account, body) => account.learnList(body),
      isComparable,
    },
    {
      id: 'batch with metrics',
      operation: 'batch.read',
      request: ofBatch((ids) => batchRead(inputsOf(ids), { properties, ...period })),
      learn: (account, body) => account.learnBatch(body),
      judges: { 'metric-types': judgeMetricTypes, 'asset-without-metrics': judgeEmptyMetrics },
    },
    {
      id: 'budget totals',
      operation: 'budget.totals',
      request: ofMain((path) => get(`${path}/budget/totals`)),
      learn: (account, body) => account.learnBudget(body),
      guesses: { 'budget-without-items': totalsOf },
      whyUnseen: (_, body) =>
        listOf(member(body, 'budgetItems')).length > 0 ? 'the campaign with most assets has budget items' : undefined,
    },
    {
      id: 'metrics report',
      operation: 'reports.metrics',
      request: ofMain((path) => get(`${path}/reports/metrics`, { ...period })),
      learn: (account, body) => account.learnMetrics(body),
    },
    {
      id: 'revenue report',
      operation: 'reports.revenue',
      request: ofMain((path) => get(`${path}/reports/revenue`, { ...period })),
      learn: (account, body) => account.learnRevenue(body),
    },
    {
      id: 'contacts report',
      operation: 'reports.contacts',
      request: ofMain((path) => get(`${path}/reports/contacts/influencedContacts`, { ...period })),
      learn: (account, body) => account.learnContacts(body),
    },
  ]
}

/** The types whose metric keys are inferred. */
const inferredTypes = ['MARKETING_EVENT', 'OBJECT_LIST', 'AUTOMATION_PLATFORM_FLOW', 'MARKETING_SMS'] as const

function judgeMetricTypes(body: Json): Verdict {
  const found = inferredTypes.map((type) => {
    const keys = assetsIn(body, type).flatMap((asset) => Object.keys(objectOf(member(asset, 'metrics'))))
    return { keys, known: assetTypes[type] as readonly string[] }
  })
  if (found.every(({ keys }) => keys.length === 0)) return { unseen: 'no asset of these types has metrics' }
  return found.every(({ keys, known }) => keys.every((key) => known.includes(key))) ? 'same' : 'different'
}

function judgeEmptyMetrics(body: Json): Verdict {
  const metrics = assetsIn(body).map((asset) => member(asset, 'metrics'))
  if (metrics.includes(undefined)) return 'different'
  const hasEmpty = metrics.some((one) => Object.keys(objectOf(one)).length === 0)
  return hasEmpty ? 'same' : { unseen: 'every asset has metrics' }
}

/** The requests that test the guesses and the most common cases. */
export function caseProbes(period: LivePeriod): readonly Probe[] {
  return [...listProbes, ...campaignProbes, ...batchProbes(period), ...assetProbes, ...refusalProbes]
}

function withCursor(list: string, make: (after: string, account: Account) => LiveRequest): Probe['request'] {
  return (account) => {
    const after = account.cursor(list)
    return after === undefined ? 'there is no second page' : make(after, account)
  }
}

/** A decoded cursor. Some clients decode the cursor of a body once before they encode it for the query. */
function decoded(after: string): string {
  try {
    return decodeURIComponent(after)
  } catch {
    return after
  }
}

const invalid = (id: string, query: Record<string, string>): Probe => ({
  id,
  operation: 'campaigns.list',
  request: () => get(campaigns, query),
  guesses: { 'invalid-parameter': errorOf },
})

const listProbes: readonly Probe[] = [
  {
    id: 'first page',
    operation: 'campaigns.list',
    request: () => get(campaigns, { limit: '1', properties: 'hs_name' }),
    learn: (account, body) => account.learnCursor('campaigns', body),
    guesses: { 'list-name-and-order': orderOf },
    whyUnseen: ({ ids }) => (ids.length < 2 ? 'the account has fewer than two campaigns' : undefined),
  },
  {
    id: 'second page',
    operation: 'campaigns.list',
    request: withCursor('campaigns', (after) => get(campaigns, { limit: '1', after: decoded(after) })),
  },
  {
    id: 'second page, with a cursor encoded twice',
    operation: 'campaigns.list',
    request: withCursor('campaigns', (after) => get(campaigns, { limit: '1', after })),
  },
  {
    id: 'two campaigns by last update',
    operation: 'campaigns.list',
    request: () => get(campaigns, { limit: '2', sort: '-updatedAt' }),
  },
  {
    id: 'part of a name in capital letters',
    operation: 'campaigns.list',
    request: (account) => {
      const part = /\p{L}{3,}/u.exec(account.main?.properties?.['hs_name'] ?? '')?.[0]
      if (part === undefined || !account.isComplete) return 'not all campaigns of the account were read'
      return get(campaigns, { name: part.slice(0, 3).toUpperCase(), limit: '100' })
    },
    guesses: { 'list-name-and-order': orderOf },
  },
  invalid('unknown sort', { sort: 'nothing' }),
  invalid('limit 101', { limit: '101' }),
  invalid('invalid cursor', { after: 'nothing' }),
  {
    id: 'unknown property',
    operation: 'campaigns.list',
    request: () => get(campaigns, { limit: '1', properties: 'hs_nothing' }),
  },
]

const campaignProbes: readonly Probe[] = [
  {
    id: 'one campaign',
    operation: 'campaigns.get',
    request: ofMain((path) => get(path, { properties })),
  },
  {
    id: 'unknown campaign',
    operation: 'campaigns.get',
    request: () => get(`${campaigns}/${unknownGuid}`),
    guesses: { 'single-campaign-errors': errorOf },
  },
  {
    id: 'an id that is not a GUID',
    operation: 'campaigns.get',
    request: () => get(`${campaigns}/${noGuid}`),
    guesses: { 'single-campaign-errors': errorOf },
  },
  {
    id: 'a GUID in capital letters',
    operation: 'campaigns.get',
    request: ({ main }) => (main === undefined ? noCampaign : get(`${campaigns}/${main.id.toUpperCase()}`)),
    guesses: { 'guid-case': statusOf },
  },
]

function batchProbes({ startDate, endDate }: LivePeriod): readonly Probe[] {
  const failing = [noGuid, unknownGuid]
  return [
    {
      id: 'partial failure, in reverse order',
      operation: 'batch.read',
      request: ofBatch((ids) =>
        batchRead(inputsOf([...[...ids.slice(0, 3), ...failing].reverse(), ...ids.slice(0, 1)])),
      ),
      guesses: { 'result-order': orderOf },
      whyUnseen: ({ ids }) => (ids.length < 2 ? 'the account has fewer than two campaigns' : undefined),
    },
    {
      id: 'batch on 2026-03',
      operation: 'batch.read',
      request: ofBatch((ids) => batchRead(inputsOf(ids), {}, dated)),
      guesses: { 'dated-asset-link': assetLinksOf },
      whyUnseen: (_, body) => (hasAssetPaging(body) ? undefined : 'no campaign has more than one page of assets'),
    },
    {
      id: 'nothing but a failure',
      operation: 'batch.read',
      request: () => batchRead(inputsOf([unknownGuid])),
      guesses: { 'all-inputs-fail': outcomeOf, 'unknown-guid': entryOf },
    },
    {
      id: 'no inputs',
      operation: 'batch.read',
      request: () => batchRead(inputsOf([])),
      guesses: { 'no-inputs': outcomeOf },
    },
    {
      id: '51 times the same id',
      operation: 'batch.read',
      request: () => batchRead(inputsOf(Array<string>(maximumInputs + 1).fill(unknownGuid))),
      guesses: { 'counted-duplicates': errorOf },
    },
    {
      id: 'inputs of a wrong type',
      operation: 'batch.read',
      request: () => batchRead('{"inputs":{}}'),
      guesses: { 'wrong-json-type': errorOf },
    },
    {
      id: 'missing inputs',
      operation: 'batch.read',
      request: () => batchRead('{}'),
      guesses: { 'missing-field-column': errorOf },
    },
    {
      id: 'invalid JSON',
      operation: 'batch.read',
      request: () => batchRead('{"inputs":'),
      guesses: { 'invalid-json-reason': errorOf },
    },
    {
      id: 'one date',
      operation: 'batch.read',
      request: ofBatch((ids) => batchRead(inputsOf(ids), { startDate })),
      guesses: { 'one-date': metricsOf },
      whyUnseen: (_, body) => (assetsIn(body).length === 0 ? 'no campaign has assets' : undefined),
    },
    {
      id: 'invalid date',
      operation: 'batch.read',
      request: () => batchRead(inputsOf([unknownGuid]), { startDate: '2024-02-30', endDate }),
      guesses: { 'invalid-dates': errorOf },
    },
    {
      id: 'end before start',
      operation: 'batch.read',
      request: () => batchRead(inputsOf([unknownGuid]), { startDate: endDate, endDate: startDate }),
      guesses: { 'invalid-dates': errorOf },
    },
  ]
}

const noSecondAsset = 'no campaign has two assets of one type'

const assetProbes: readonly Probe[] = [
  {
    id: 'first page of assets',
    operation: 'assets.list',
    request: ofMain((path, { mainAssetType: type }) =>
      type === undefined ? noSecondAsset : get(`${path}/assets/${type}`, { limit: '1' }),
    ),
    learn: (account, body) => account.learnCursor('assets', body),
    guesses: { 'asset-cursor': cursorOf },
  },
  {
    id: 'second page of assets',
    operation: 'assets.list',
    request: withCursor('assets', (after, { main, mainAssetType }) =>
      get(`${campaigns}/${main?.id}/assets/${mainAssetType}`, { limit: '1', after: decoded(after) }),
    ),
    guesses: { 'asset-cursor': orderOf },
  },
  {
    id: 'unknown asset type',
    operation: 'assets.list',
    request: ofMain((path) => get(`${path}/assets/NOTHING`)),
    guesses: { 'invalid-parameter': errorOf },
  },
  {
    id: 'unknown attribution model',
    operation: 'reports.revenue',
    request: ofMain((path) => get(`${path}/reports/revenue`, { attributionModel: 'NOTHING' })),
    guesses: { 'invalid-parameter': errorOf },
  },
]

const refusalProbes: readonly Probe[] = [
  {
    id: 'no token',
    operation: 'batch.read',
    request: () => ({ ...batchRead(inputsOf([unknownGuid])), auth: 'none' }),
  },
  {
    id: 'invalid token',
    operation: 'campaigns.list',
    request: () => ({ ...get(campaigns), auth: 'invalid' }),
  },
  {
    id: 'another content type',
    operation: 'batch.read',
    request: () => ({ ...batchRead(inputsOf([])), contentType: 'text/plain' }),
    guesses: { 'transport-errors': errorOf },
  },
]
