import type { FastifyRequest } from 'fastify'
import { BadInput } from '../public/errors.ts'

/**
 * Refuses a call that would change all portals, because a load balancer sends it to only one of the mocks.
 * @throws {BadInput} for such a call
 */
export function refuseChangeOfAll({ method, portalToken }: FastifyRequest): void {
  if (portalToken !== undefined || method === 'GET' || method === 'HEAD') return
  throw new BadInput(
    'this mock is one of several replicas, and a call without a token would reach only one of them',
    'send Authorization: Bearer <token> to change one portal; to change all, change the fixture and restart the replicas',
  )
}
