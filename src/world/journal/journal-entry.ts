import { type Exchange, type ExchangeRecord, exchangeOf } from './exchange.ts'

/** One exchange in the journal. */
export interface JournalEntry {
  readonly record: ExchangeRecord
  /** The order in which requests arrived, which is not the order in which they were answered. */
  readonly order: number
  /** The exchange as the journal lists it, which the first listing creates. */
  exchange: Exchange | undefined
  /** The bytes of the request, which do not change. */
  readonly requestBytes: number
  bytes: number
  isKept: boolean
  /** The number of its newest event: the request has been read, or its response has ended. */
  eventId: number
}

/** The exchange of an entry. It is created once; the duration is set later, when it is known. */
export function viewEntry(entry: JournalEntry): Exchange {
  entry.exchange ??= exchangeOf(entry.record)
  entry.exchange.ms = entry.record.ms
  return entry.exchange
}
