import fp from 'fastify-plugin'
import type { Portal } from '../world/portal.ts'
import { Unauthorized } from '../world/refusal.ts'
import type { World } from '../world/world.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The OAuth scope that a call of this route needs. */
    scope?: string
  }
  interface FastifyRequest {
    /** The portal whose token the request bears; there is one on every route that asks for a scope. */
    portal: Portal
  }
}

interface Options {
  world: World
}

const bearer = /^Bearer +(\S+) *$/i

/** Finds the portal of the Bearer token, before a body is read. A token that may not call this route is refused. */
export const bearerTokenPlugin = fp<Options>(
  async (app, { world }) => {
    app.decorateRequest('portal')
    app.addHook('onRequest', async (request) => {
      const { scope } = request.routeOptions.config
      if (scope === undefined) return
      const token = bearer.exec(request.headers.authorization ?? '')?.[1]
      if (token === undefined) throw new Unauthorized()
      request.portal = world.admit(token, scope)
    })
  },
  { name: 'bearer-token', fastify: '5.x' },
)
