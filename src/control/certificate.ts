import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { NotThere } from '../public/errors.ts'
import type { ControlOptions } from './options.ts'

/** Serves the certificate authority of this run, for clients to trust. */
export const certificateRoute: FastifyPluginAsyncTypebox<Pick<ControlOptions, 'ca'>> = async (app, { ca }) => {
  app.get(
    '/_mock/ca.pem',
    {
      schema: {
        operationId: 'mock.ca',
        summary: 'Read the certificate authority of this run, as PEM',
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) => {
      if (ca !== undefined) return reply.type('application/x-pem-file').serializer(String).send(ca)
      const hint =
        'start the mock with tls or intercept (flags --tls, --intercept), and without a certificate of your own'
      throw new NotThere('this mock has no certificate authority', hint)
    },
  )
}
