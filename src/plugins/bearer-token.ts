import fp from 'fastify-plugin'
import type { Portal } from '../world/portal.ts'
import { Unauthorized } from '../world/refusal.ts'
import type { World } from '../world/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The portal whose token the request bears. */
    portal: Portal
  }
}

interface Options {
  world: World
  /** The OAuth scope that a call needs. */
  scope: string
}

const bearer = /^Bearer +(\S+) *$/i

/** Finds the portal of the Bearer token, before a body is read. A token that may not call this route is refused. */
export const bearerTokenPlugin = fp<Options>(
  async (app, { world, scope }) => {
    app.decorateRequest('portal')
    app.addHook('onRequest', async (request) => {
      const token = bearer.exec(request.headers.authorization ?? '')?.[1]
      if (token === undefined) throw new Unauthorized()
      request.portal = world.admit(token, scope)
    })
  },
  { name: 'bearer-token', fastify: '5.x' },
)
