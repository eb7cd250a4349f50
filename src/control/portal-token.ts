import type { FastifyRequest } from 'fastify'
import { BadInput } from '../public/errors.ts'

/**
 * The token of the portal that a call applies to.
 * @throws {BadInput} if the call applies to the whole mock
 */
export function portalTokenIn({ portalToken }: Pick<FastifyRequest, 'portalToken'>): string {
  if (portalToken !== undefined) return portalToken
  throw new BadInput('this call needs a portal', 'send Authorization: Bearer <token>, or X-Mock-Portal: <name>')
}
