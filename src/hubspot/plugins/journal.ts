import type { FastifyReply } from 'fastify'
import type { RequestCounters } from '../../world/request-counters.ts'
import { completeExchange, type OpenExchange, recordExchange } from '../open-exchange.ts'
import { onResponseEnded } from '../response-ended.ts'
import { logExchange } from './request-log.ts'

/** Records a request that has been read, with a status of null until it is answered. */
export function recordRequest(exchange: OpenExchange): void {
  recordExchange(exchange)
}

/**
 * Completes, counts and logs an exchange once its response has ended, or its connection has broken before the request
 * was read. Fastify's onResponse hook is not enough: it is not called after a connection was reset.
 */
export function completeWhenEnded(exchange: OpenExchange, reply: FastifyReply, counters: RequestCounters): void {
  onResponseEnded(reply.raw, () => {
    countExchange(exchange, completeExchange(exchange), counters)
    logExchange(reply.server.log, exchange)
  })
}

function countExchange({ record, played }: OpenExchange, durationMs: number, counters: RequestCounters): void {
  const { operation, status } = record
  const cause = played?.step.error === undefined ? 'limit' : 'scenario'
  const limitedBy = status === tooManyRequests ? cause : undefined
  counters.count({ operation, status, durationMs, fault: played?.step.fault, limitedBy })
}

const tooManyRequests = 429
