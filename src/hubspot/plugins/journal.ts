import type { FastifyReply } from 'fastify'
import { completeExchange, type OpenExchange, recordExchange } from '../open-exchange.ts'
import { onResponseEnded } from '../response-ended.ts'
import { logExchange } from './request-log.ts'

/** Records a request that has been read, with a status of null until it is answered. */
export function recordRequest(exchange: OpenExchange): void {
  recordExchange(exchange)
}

/**
 * Completes and logs an exchange once its response has ended, or its connection has broken before the request was
 * read. Fastify's onResponse hook is not enough: it is not called after a connection was reset.
 */
export function completeWhenEnded(exchange: OpenExchange, reply: FastifyReply): void {
  onResponseEnded(reply.raw, () => {
    completeExchange(exchange)
    logExchange(reply.server.log, exchange)
  })
}
