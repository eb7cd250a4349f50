import { defaultBusinessUnit, type PublicBusinessUnit } from '../../contract/schemas/campaign.ts'
import { timestamp } from '../clock.ts'
import { type Campaign, fromFixture } from './campaign.ts'

/** A new campaign without assets. @param nowMs milliseconds since the epoch */
export function newCampaign(id: string, properties: Readonly<Record<string, string>>, nowMs: number): Campaign {
  const now = timestamp(nowMs)
  return withProperties(fromFixture({ id, createdAt: now, updatedAt: now }), properties, nowMs)
}

/**
 * A campaign with other values. An empty text resets a property (documented).
 * @param nowMs milliseconds since the epoch
 */
export function withProperties(campaign: Campaign, changes: Readonly<Record<string, string>>, nowMs: number): Campaign {
  const properties = new Map(Object.entries(campaign.properties))
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') properties.delete(name)
    else properties.set(name, value)
  }
  const units = changes['hs_business_unit_ids']
  return {
    ...campaign,
    properties: Object.fromEntries(properties),
    businessUnits: units === undefined ? campaign.businessUnits : (businessUnitsOf(units) ?? campaign.businessUnits),
    updatedAt: timestamp(nowMs),
  }
}

/**
 * The business units in a value of `hs_business_unit_ids`: ids with semicolons or commas between them (inferred). An
 * empty text is the default unit.
 * @returns undefined if the value is invalid
 */
export function businessUnitsOf(value: string): PublicBusinessUnit[] | undefined {
  if (value === '') return [defaultBusinessUnit]
  const ids = value.split(/[;,]/).map((id) => id.trim())
  const isValid = ids.every((id) => /^\d+$/.test(id) && Number.isSafeInteger(Number(id)))
  return isValid ? ids.map((id) => ({ id: Number(id) })) : undefined
}

/** A campaign with an additional asset. An asset that it already has is unchanged. */
export function withAsset(campaign: Campaign, type: keyof Campaign['assets'], id: string, nowMs: number): Campaign {
  const assets = campaign.assets[type] ?? []
  if (assets.some((asset) => asset.id === id)) return campaign
  return { ...campaign, assets: { ...campaign.assets, [type]: [...assets, { id }] }, updatedAt: timestamp(nowMs) }
}

/** A campaign without an asset. */
export function withoutAsset(campaign: Campaign, type: keyof Campaign['assets'], id: string, nowMs: number): Campaign {
  const assets = campaign.assets[type] ?? []
  const kept = assets.filter((asset) => asset.id !== id)
  if (kept.length === assets.length) return campaign
  return { ...campaign, assets: { ...campaign.assets, [type]: kept }, updatedAt: timestamp(nowMs) }
}
