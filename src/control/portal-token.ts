import type { FastifyRequest } from 'fastify'
import { BadInput, NotThere } from '../public/errors.ts'
import { readAuthorization } from '../world/tokens.ts'
import type { World } from '../world/world.ts'

/**
 * Finds the token of the portal that a call applies to. The call has either the token itself or the name of the portal,
 * which the inspector uses because it does not know tokens.
 * @returns undefined for a call that applies to the whole mock
 * @throws {NotThere} if no portal has this name · {BadInput} for a token and a name
 */
export function findPortalToken({ headers }: FastifyRequest, world: World): string | undefined {
  const token = readAuthorization(headers.authorization)?.token
  const name = headers['x-mock-portal']
  if (name === undefined) return token
  if (token !== undefined) {
    throw new BadInput('the request has both a token and X-Mock-Portal', 'send one of the two')
  }
  const named = world.tokenOf(String(name))
  if (named !== undefined) return named
  throw new NotThere(`no portal ${JSON.stringify(name)} in X-Mock-Portal`, 'GET /_mock/portals lists the portals')
}

/**
 * The token of a call that has to be for one portal.
 * @throws {BadInput} if the call applies to the whole mock
 */
export function portalTokenIn({ portalToken }: FastifyRequest): string {
  if (portalToken !== undefined) return portalToken
  throw new BadInput('this call needs a portal', 'send Authorization: Bearer <token>, or X-Mock-Portal: <name>')
}
