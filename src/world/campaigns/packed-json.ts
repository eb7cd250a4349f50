import type { Campaign } from './campaign.ts'

type Packed = Omit<Campaign, EmptyMember> & Partial<Pick<Campaign, EmptyMember>>
type EmptyMember = 'budgetItems' | 'spendItems' | 'reports'

/** The members that are read most come first, so that they are found without parsing the rest. Empty ones are omitted. */
export function packCampaign({ createdAt, updatedAt, budgetItems, spendItems, reports, ...rest }: Campaign): string {
  return JSON.stringify({
    createdAt,
    updatedAt,
    ...rest,
    ...(budgetItems.length > 0 && { budgetItems }),
    ...(spendItems.length > 0 && { spendItems }),
    ...(Object.keys(reports).length > 0 && { reports }),
  })
}

/** @param json as `packCampaign` wrote it */
export function unpackCampaign(json: string): Campaign {
  const {
    id,
    properties,
    createdAt,
    updatedAt,
    budgetItems = [],
    spendItems = [],
    reports = {},
    ...rest
  }: Packed = JSON.parse(json)
  return { id, properties, createdAt, updatedAt, ...rest, budgetItems, spendItems, reports }
}

const createdKey = '{"createdAt":"'
const updatedKey = '","updatedAt":"'
const quote = 0x22
const backslash = 0x5c

/** Milliseconds since 1970, read from the bytes of a packed campaign. */
export function readTime(bytes: Buffer, key: 'createdAt' | 'updatedAt'): number {
  const createdEnd = bytes.indexOf(quote, createdKey.length)
  if (key === 'createdAt') return Date.parse(bytes.toString('latin1', createdKey.length, createdEnd))
  const updatedStart = createdEnd + updatedKey.length
  return Date.parse(bytes.toString('latin1', updatedStart, bytes.indexOf(quote, updatedStart)))
}

const nameKey = Buffer.from('"hs_name":')

/**
 * The `hs_name` of a packed campaign, read from its bytes; empty without one. In JSON, a quote inside a string has a
 * backslash before it, so these bytes can only be a key. Other objects could have that key too, but their values are
 * no strings.
 */
export function readName(bytes: Buffer): string {
  const key = bytes.indexOf(nameKey)
  const start = key + nameKey.length
  if (key < 0 || bytes[start] !== quote) return ''
  let end = start + 1
  while (bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1
  return JSON.parse(bytes.toString('utf8', start, end + 1))
}
