import type { FastifyBaseLogger } from 'fastify'
import { redactPath, redactText, tokenIn } from '../../text/redact.ts'
import { shorten } from '../../text/shorten.ts'
import { type ExchangeRecord, exchangeOf } from '../../world/journal/exchange.ts'
import type { OpenExchange } from '../open-exchange.ts'

/** The log levels at which a line of a level is written. */
const levelsOf = { info: ['trace', 'debug', 'info'], warn: ['trace', 'debug', 'info', 'warn'] }
const levelsOfContent = ['trace', 'debug']

/** A longer body is cut: the journal has all of it. */
const maximumBodyChars = 10_000

/**
 * Logs one line for an exchange that has ended, as a warning if it drew a hint, and at debug level with its query and
 * its bodies, redacted as in the journal.
 */
export function logExchange(log: FastifyBaseLogger, { record, lookup, refusal, played }: OpenExchange): void {
  const level = record.hint === null ? 'info' : 'warn'
  // Without a logger there is no level.
  if (!levelsOf[level].includes(log.level)) return
  const { correlationId, method, url, status, portal, ms } = record
  const [rawPath = ''] = url.split('?')
  const token = tokenIn([record.headers['authorization']].flat()[0])
  const path = redactPath(rawPath, token)
  const [scenario, error] = [played?.scenario, refusal?.error]
  const hint = record.hint === null ? undefined : redactText(record.hint, token)
  const content = levelsOfContent.includes(log.level) ? contentOf(record) : {}
  const fields = {
    reqId: correlationId,
    method,
    path,
    status,
    ...lookup,
    scenario,
    error,
    portal,
    hint,
    ms,
    ...content,
  }
  const words = [
    `${method} ${path} ${status ?? 'no response'}`,
    ...(lookup === undefined ? [] : [`${lookup.found} found, ${lookup.failed} failed`]),
    ...(error === undefined ? [] : [error]),
    ...(scenario === undefined ? [] : [`scenario ${scenario}`]),
    ...(hint === undefined ? [] : [hint]),
    `${ms} ms`,
  ]
  log[level](fields, words.join(' · '))
}

/** The query and the bodies of an exchange, without tokens and secrets, as in the journal. */
function contentOf(record: ExchangeRecord): { query: string; body: string; responseBody: string } {
  const { query, body, responseBody } = exchangeOf(record)
  return { query, body: shorten(body, maximumBodyChars), responseBody: shorten(responseBody, maximumBodyChars) }
}
