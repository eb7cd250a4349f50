import type { AttributionModel, ContactType } from '../../contract/schemas/report.ts'
import { decimalOf, numberOf, sumDecimals } from '../../text/decimal.ts'
import { currencyOf } from './budget.ts'
import type { Campaign, Period } from './campaign.ts'

/** The members in the order of HubSpot's reference (documented). */
export interface MetricsReport {
  sessions: number
  newContactsFirstTouch: number
  influencedContacts: number
  newContactsLastTouch: number
}

export interface RevenueReport {
  revenueAmount: number
  dealAmount: number
  contactsNumber: number
  dealsNumber: number
  /** ISO 4217. */
  currencyCode: string
}

/**
 * Sessions and contacts of a campaign. Daily numbers are summed over the period; fixed ones are the same for every period.
 * A missing count of contacts is the number of listed contacts; the default number of sessions is 0.
 */
export function metricsReport(campaign: Campaign, period: Period): MetricsReport {
  const { metrics = {} } = campaign.reports
  const count = (key: keyof MetricsReport, type: ContactType) =>
    isGiven(metrics, key, period) ? sumOver(metrics, key, period) : contactIds(campaign, type, period).length
  return {
    sessions: sumOver(metrics, 'sessions', period),
    newContactsFirstTouch: count('newContactsFirstTouch', 'contactFirstTouch'),
    influencedContacts: count('influencedContacts', 'influencedContacts'),
    newContactsLastTouch: count('newContactsLastTouch', 'contactLastTouch'),
  }
}

/**
 * The revenue that an attribution model credits to a campaign: all 0 for a model that the campaign has no numbers for.
 * @param companyCurrency the currency where neither the report nor the campaign has one
 */
export function revenueReport(
  campaign: Campaign,
  model: AttributionModel,
  period: Period,
  companyCurrency = 'USD',
): RevenueReport {
  const { currencyCode, ...revenue } = campaign.reports.revenue?.[model] ?? {}
  return {
    revenueAmount: sumOver(revenue, 'revenueAmount', period),
    dealAmount: sumOver(revenue, 'dealAmount', period),
    contactsNumber: sumOver(revenue, 'contactsNumber', period),
    dealsNumber: sumOver(revenue, 'dealsNumber', period),
    currencyCode: currencyCode ?? currencyOf(campaign, companyCurrency),
  }
}

/** The contacts of one type, each id once. Daily ones are those of the days in the period, oldest first. */
export function contactIds(campaign: Campaign, type: ContactType, period: Period): readonly string[] {
  const { contacts = {} } = campaign.reports
  return [...new Set(partsOf(contacts, period).flatMap((part) => part[type] ?? []))]
}

/** Fixed totals, or totals for each day. Totals for a single period take precedence over both. */
type Report<T> = T & { daily?: Record<string, T>; periods?: Record<string, T> }

/** The totals of a period: its own, the fixed ones, or those of the days in it. */
function partsOf<T extends object>(report: Report<T>, { start, end }: Period): readonly T[] {
  const ofPeriod = report.periods?.[`${start}/${end}`]
  if (ofPeriod !== undefined) return [ofPeriod]
  if (report.daily === undefined) return [report]
  const days = Object.entries(report.daily).filter(([day]) => day >= start && day <= end)
  return days.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part)
}

/** The exact sum of one member in a period. */
function sumOver<K extends string>(report: Report<{ [key in K]?: number }>, key: K, period: Period): number {
  return numberOf(sumDecimals(partsOf(report, period).map((part) => decimalOf(part[key] ?? 0))))
}

/** Whether a report has a member in its totals of the period, or on any day. */
function isGiven<K extends string>(report: Report<{ [key in K]?: number }>, key: K, { start, end }: Period): boolean {
  const ofPeriod = report.periods?.[`${start}/${end}`]
  const parts =
    ofPeriod !== undefined ? [ofPeriod] : report.daily === undefined ? [report] : Object.values(report.daily)
  return parts.some((part) => part[key] !== undefined)
}
