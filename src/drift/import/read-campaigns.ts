import { type AssetType, assetTypes } from '../../contract/schemas/asset.ts'
import { propertiesIn } from '../../world/journal/exchange.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'
import type { CampaignDraft } from './campaign-draft.ts'
import type { FixtureDraft } from './fixture-draft.ts'
import { periodIn } from './period-values.ts'
import { errorOf, readInputErrors } from './read-input-errors.ts'
import {
  errorReason,
  itemsIn,
  nextCursorIn,
  numberIn,
  numbersIn,
  parameterOf,
  type RecordedCall,
  textIn,
  UnusableCall,
} from './recorded-call.ts'

/** The campaigns of a list, and how many there are. */
export function readList(draft: FixtureDraft, call: RecordedCall): void {
  readCampaigns(draft, call)
  if (!call.query.has('name')) draft.total = numberIn(call.body, 'total')
}

/** The campaigns of a batch, and the errors of its inputs. */
export function readBatch(draft: FixtureDraft, call: RecordedCall): void {
  const status = textIn(call.body, 'status')
  if (status !== 'COMPLETE') throw new UnusableCall(`a batch with the status ${status}: use a scenario for it`)
  readCampaigns(draft, call)
  readInputErrors(draft, call)
}

function readCampaigns(draft: FixtureDraft, call: RecordedCall): void {
  for (const { item } of itemsIn(member(call.body, 'results'))) readCampaign(draft, call, item)
}

/** One campaign. A property that was requested and is not there has no value. */
export function readCampaign(draft: FixtureDraft, call: RecordedCall, campaign: Json): void {
  const id = textIn(campaign, 'id')
  if (id === undefined) throw new UnusableCall('a campaign without an id')
  const known = draft.campaign(id)
  const properties = objectOf(member(campaign, 'properties'))
  for (const name of propertiesIn(call.query.toString())) delete known.properties[name]
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'string') known.properties[name] = value
  }
  known.isSeen = true
  known.createdAt = textIn(campaign, 'createdAt') ?? known.createdAt
  known.updatedAt = textIn(campaign, 'updatedAt') ?? known.updatedAt
  const units = listOf(member(campaign, 'businessUnits')).map((unit) => ({ id: numberIn(unit, 'id') ?? 0 }))
  if (units.length > 0) known.businessUnits = units
  const assets = member(campaign, 'assets')
  if (assets !== undefined) readAllAssets(draft, call, known, objectOf(assets))
}

/** The first page of each type that a campaign has. */
function readAllAssets(
  draft: FixtureDraft,
  call: RecordedCall,
  campaign: CampaignDraft,
  assets: Record<string, Json>,
): void {
  campaign.keepAssetTypes(Object.keys(assets))
  for (const [type, page] of Object.entries(assets)) {
    if (isAssetType(type)) readAssetPage(call, campaign, type, page, { limit: 'in a campaign', start: undefined })
    else draft.note(call.place, `assets of the type ${type}, which the mock does not have`)
  }
}

/** A page of the assets of one type. */
export function readAssets(draft: FixtureDraft, call: RecordedCall): void {
  const [id, type] = [parameterOf(call, 'campaignGuid'), parameterOf(call, 'assetType')]
  if (!isAssetType(type)) throw new UnusableCall(`assets of the type ${type}, which the mock does not have`)
  const [limit, start] = [call.query.get('limit') ?? '', call.query.get('after') ?? undefined]
  readAssetPage(call, draft.campaign(id), type, call.body, { limit, start })
}

function readAssetPage(
  call: RecordedCall,
  campaign: CampaignDraft,
  type: AssetType,
  page: Json,
  { limit, start }: { limit: string; start: string | undefined },
): void {
  const assets = campaign.assetsOf(type)
  const items = itemsIn(member(page, 'results')).map(({ id, item }) => {
    const [name, metrics] = [textIn(item, 'name'), member(item, 'metrics')]
    if (metrics !== undefined) assets.setMetrics(id, periodIn(call.query), numbersIn(metrics))
    return { id, ...(name !== undefined && { name }) }
  })
  assets.pages.add(limit, { items, start, next: nextCursorIn(page) })
}

/** Adds an id that fails, for a call that did not find its campaign or was refused for it. @throws {UnusableCall} otherwise */
export function readCampaignError(draft: FixtureDraft, call: RecordedCall): void {
  const isOfCampaign = call.operation === 'campaigns.get' && (call.status === 403 || call.status === 404)
  const error = isOfCampaign ? errorOf(parameterOf(call, 'campaignGuid'), call.body) : undefined
  if (error === undefined) throw new UnusableCall(errorReason(call.status))
  if (error.category === 'MISSING_SCOPES')
    throw new UnusableCall(`${errorReason(call.status)}, or a token without the scope`)
  draft.addError(error)
}

function isAssetType(text: string): text is AssetType {
  return Object.hasOwn(assetTypes, text)
}
