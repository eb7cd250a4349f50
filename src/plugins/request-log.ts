import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Logged at debug level: asked every few seconds, it would drown the rest. */
    quiet?: boolean
  }
  interface FastifyRequest {
    /** How many of the asked ids were found and how many not, once a route has looked them up. */
    tally: { found: number; failed: number } | undefined
  }
}

/** One line a request. The query and the headers stay out of it: tokens travel in both. */
export const requestLogPlugin = fp(
  async (app) => {
    app.decorateRequest('tally')
    app.addHook('onResponse', async (request, reply) => {
      const { method, tally, portal, playing } = request
      const [path] = request.url.split('?')
      const ms = Math.round(reply.elapsedTime * 10) / 10
      const facts = { status: reply.statusCode, ...tally, scenario: playing?.scenario, portal: portal?.name, ms }
      const words = [
        `${method} ${path} ${reply.statusCode}`,
        ...(tally === undefined ? [] : [`${tally.found} found, ${tally.failed} failed`]),
        ...(playing === undefined ? [] : [`scenario ${playing.scenario}`]),
        `${ms} ms`,
      ]
      const level = request.routeOptions.config.quiet ? 'debug' : 'info'
      request.log[level]({ method, path, ...facts }, words.join(' · '))
    })
  },
  { name: 'request-log', fastify: '5.x' },
)
