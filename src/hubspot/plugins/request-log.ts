import type { FastifyBaseLogger } from 'fastify'
import { redactPath, tokenIn } from '../../text/redact.ts'
import type { OpenExchange } from '../open-exchange.ts'

/** Logs one line for an exchange that has ended. The query and the headers are left out: both can carry tokens. */
export function logExchange(log: FastifyBaseLogger, { record, lookup, refusal, played }: OpenExchange): void {
  // Without a logger there is no level.
  if (!['trace', 'debug', 'info'].includes(log.level)) return
  const { correlationId, method, url, status, portal, ms } = record
  const [rawPath = ''] = url.split('?')
  const path = redactPath(rawPath, tokenIn([record.headers['authorization']].flat()[0]))
  const [scenario, error] = [played?.scenario, refusal?.error]
  const fields = { reqId: correlationId, method, path, status, ...lookup, scenario, error, portal, ms }
  const words = [
    `${method} ${path} ${status ?? 'no response'}`,
    ...(lookup === undefined ? [] : [`${lookup.found} found, ${lookup.failed} failed`]),
    ...(error === undefined ? [] : [error]),
    ...(scenario === undefined ? [] : [`scenario ${scenario}`]),
    `${ms} ms`,
  ]
  log.info(fields, words.join(' · '))
}
