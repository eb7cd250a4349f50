import { attributionModels } from '../../contract/schemas/report.ts'
import { itemAt } from '../../text/item-at.ts'
import type { FixtureReports } from '../fixtures/fixture-reports.ts'
import { eachDay, type Span } from './generated-days.ts'
import { digest } from './generated-id.ts'
import { dayMs } from './generated-layout.ts'

/** Something happens on one day of each week: daily reports would be larger than all else of a campaign. */
const stepDays = 7

/** The numbers of one day of a campaign, from which its reports are computed. */
interface Day {
  readonly sessions: number
  /** The ids of the contacts that the campaign influenced. */
  readonly contacts: readonly string[]
  /** How many of these, from the first on, met the campaign as their first touch, and how many as their last. */
  readonly firstTouches: number
  readonly lastTouches: number
  /** 0 on most days. */
  readonly dealAmount: number
  readonly dealContacts: number
  /** By the number of the attribution model, in percent of the amount. */
  readonly shares: readonly number[]
}

/**
 * The reports of a generated campaign, by day. Their numbers agree: there are as many contacts as the metrics count, and
 * no model attributes more revenue than the deals are worth. Reports are computed only when they are requested.
 */
export function generateReports(campaignId: string, span: Span): FixtureReports {
  const days = () => {
    const firstId = firstContactId(campaignId)
    return eachDay(span, (day) => generateDay(campaignId, day, firstId + 100 * dayNumberOf(day, span)), stepDays)
  }
  return {
    get metrics() {
      return { daily: mapDays(days(), metricsOf) }
    },
    get revenue() {
      const withDeals = Object.fromEntries(Object.entries(days()).filter(([, { dealAmount }]) => dealAmount > 0))
      const ofModel = (model: number) => ({ daily: mapDays(withDeals, (day) => revenueOf(day, model)) })
      return Object.fromEntries(attributionModels.map((name, model) => [name, ofModel(model)]))
    },
    get contacts() {
      return { daily: mapDays(days(), contactsOf) }
    },
  }
}

function mapDays<T>(days: Record<string, Day>, map: (day: Day) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(days).map(([name, day]) => [name, map(day)]))
}

/** @param firstId the id of the first contact of the day */
function generateDay(campaignId: string, day: Date, firstId: number): Day {
  const random = digest('report', campaignId, day.getTime())
  const contacts = Array.from({ length: random.readUInt8(0) % 10 }, (_, i) => String(firstId + i))
  const hasDeal = contacts.length > 0 && random.readUInt8(1) < 100
  return {
    sessions: contacts.length + (random.readUInt16BE(2) % 1000),
    contacts,
    firstTouches: random.readUInt8(4) % (contacts.length + 1),
    lastTouches: random.readUInt8(5) % (contacts.length + 1),
    dealAmount: hasDeal ? (1 + (random.readUInt16BE(6) % 400)) * 50 : 0,
    dealContacts: hasDeal ? 1 + (random.readUInt8(8) % contacts.length) : 0,
    shares: attributionModels.map((_, model) => random.readUInt8(9 + model) % 101),
  }
}

/** Twelve digits. The contacts of other campaigns are likely to have other ids. */
function firstContactId(campaignId: string): number {
  return 100_000_000_000 + (digest('contacts', campaignId).readUInt32BE(0) % 1_000_000) * 100_000
}

function dayNumberOf(day: Date, { start }: Span): number {
  return Math.round((day.getTime() - start.getTime()) / dayMs)
}

function metricsOf({ sessions, contacts, firstTouches, lastTouches }: Day) {
  return {
    sessions,
    newContactsFirstTouch: firstTouches,
    influencedContacts: contacts.length,
    newContactsLastTouch: lastTouches,
  }
}

function revenueOf({ dealAmount, dealContacts, shares }: Day, model: number) {
  const revenueAmount = (dealAmount * itemAt(shares, model)) / 100
  return { revenueAmount, dealAmount, contactsNumber: dealContacts, dealsNumber: 1 }
}

function contactsOf({ contacts, firstTouches, lastTouches }: Day) {
  return {
    contactFirstTouch: contacts.slice(0, firstTouches),
    contactLastTouch: contacts.slice(0, lastTouches),
    influencedContacts: [...contacts],
  }
}
