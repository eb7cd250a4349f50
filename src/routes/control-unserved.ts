import type { FastifyPluginAsync } from 'fastify'
import { suggest } from '../world/problem.ts'
import { NotThere } from '../world/refusal.ts'

interface Options {
  /** The routes there are, such as `GET /_mock/campaigns`. */
  served: readonly string[]
}

/** What the control API does not serve, told in its own words and with what comes nearest. */
export const controlUnservedRoute: FastifyPluginAsync<Options> = async (app, { served }) => {
  app.all('/_mock/*', { schema: { hide: true } }, async ({ method, url }) => {
    const [path = ''] = url.split('?')
    throw new NotThere(`${method} ${path} is not served`, suggest(`${method} ${path}`, served))
  })
}
