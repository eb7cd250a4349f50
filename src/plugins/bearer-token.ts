import fp from 'fastify-plugin'
import type { Portal } from '../world/portal.ts'
import { Unauthorized } from '../world/refusal.ts'
import { readAuthorization } from '../world/tokens.ts'
import type { World } from '../world/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The portal whose token the request bears. */
    portal: Portal
    /** That portal's name, also where the token was refused; undefined without a token. */
    portalName: string | undefined
    /** The scenario that the token names behind its `~`. */
    tokenScenario: string | undefined
  }
}

interface Options {
  world: World
  /** The OAuth scope that a call needs. */
  scope: string
}

/** Finds the portal of the Bearer token, before a body is read. A token that may not call this route is refused. */
export const bearerTokenPlugin = fp<Options>(
  async (app, { world, scope }) => {
    for (const name of ['portal', 'portalName', 'tokenScenario']) app.decorateRequest(name)
    app.addHook('onRequest', (request, _reply, done) => {
      const borne = readAuthorization(request.headers.authorization)
      if (borne === undefined) throw new Unauthorized('send Authorization: Bearer <token>')
      const { token, scenario } = borne
      request.portalName = world.portalName(token)
      world.admit(token, scope)
      request.portal = world.portal(token)
      request.tokenScenario = scenario
      done()
    })
  },
  { name: 'bearer-token', fastify: '5.x' },
)
