import type { InjectOptions } from 'fastify'
import type { OperationRoute } from '../src/contract/operation-routes.ts'
import type { OperationName } from '../src/contract/operations.ts'

/** The campaign that the calls are for, and its fixture. */
export const calledId = '11111111-1111-4111-8111-111111111111'
export const calledCampaign = {
  id: calledId,
  properties: { hs_name: 'Spring', hs_currency_code: 'EUR' },
  assets: { FORM: Array.from({ length: 12 }, (_, i) => ({ id: String(i), metrics: { VIEWS: i } })) },
  budgetItems: [{ id: '1', name: 'Print', amount: 2.5, description: 'Posters' }],
  spendItems: [{ id: '2', name: 'Flyers', amount: 0.5 }],
  reports: { contacts: { influencedContacts: ['101', '102'] }, metrics: { sessions: 3 } },
}

const item = { name: 'Radio', amount: 12.34, order: 1 }

/** A valid body of each operation that takes JSON. */
const bodies: Readonly<Partial<Record<OperationName, (id: string) => object>>> = {
  'campaigns.create': () => ({ properties: { hs_name: 'New', hs_notes: 'A note' } }),
  'campaigns.update': () => ({ properties: { hs_name: 'Other', hs_currency_code: '' } }),
  'batch.read': (id) => ({ inputs: [{ id }] }),
  'batch.create': () => ({ inputs: [{ properties: { hs_name: 'New' } }] }),
  'batch.update': (id) => ({ inputs: [{ id, properties: { hs_name: 'Other' } }] }),
  'batch.archive': (id) => ({ inputs: [{ id }] }),
  'budget.create': () => item,
  'budget.update': () => item,
  'spend.create': () => item,
  'spend.update': () => ({ ...item, description: 'On air' }),
  'clone.create': (id) => ({
    sourceCampaignGuid: id,
    name: 'Copy',
    assetsToClone: { FORM: ['3'] },
    shouldCloneDraftNodes: true,
    shouldCloneEdges: true,
    shouldCloneStickyNotes: true,
    shouldCloneTasks: true,
    shouldCloneTrackingUrls: true,
  }),
}

/** The parameters of paths. */
const parameters: Readonly<Record<string, string>> = {
  assetType: 'FORM',
  assetId: '3',
  contactType: 'influencedContacts',
  budgetId: '1',
  spendId: '2',
  objectType: 'campaigns',
  token: 'spring',
}

/** The path of a route for a campaign. */
export function pathOf({ path }: OperationRoute, campaignGuid = calledId): string {
  return path.replace(/\{(\w+)\}/g, (_braced, name) =>
    name === 'campaignGuid' ? campaignGuid : (parameters[name] ?? ''),
  )
}

/** A valid call of a route. @param campaignGuid the campaign that the path or the body names */
export function callOf(route: OperationRoute, campaignGuid = calledId): InjectOptions & { url: string } {
  const body = bodies[route.name]
  return {
    method: route.operation.method,
    url: pathOf(route, campaignGuid),
    headers: { authorization: 'Bearer any', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { payload: JSON.stringify(body(campaignGuid)) }),
  }
}
