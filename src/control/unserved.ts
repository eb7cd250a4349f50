import type { FastifyPluginAsync } from 'fastify'
import { NotThere } from '../public/errors.ts'
import { suggest } from '../text/schema-problems.ts'
import type { ControlRoute } from './options.ts'

interface UnservedOptions {
  /** All routes of the control API. */
  routes: readonly ControlRoute[]
}

/** Responds to every other path under `/_mock` with a 404 that suggests a similar route. */
export const unservedRoute: FastifyPluginAsync<UnservedOptions> = async (app, { routes }) => {
  app.all('/_mock/*', { schema: { hide: true } }, async ({ method, url }) => {
    const [path = ''] = url.split('?')
    const served = routes.map((route) => `${route.method} ${route.url}`)
    throw new NotThere(`${method} ${path} is not served`, suggest(`${method} ${path}`, served))
  })
}
