import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsync } from 'fastify'

interface Options {
  /** Makes the document; asked at most once. */
  describe: () => Promise<object>
}

/** What this mock serves, as OpenAPI made from the schemas it checks against. */
export const openapiRoute: FastifyPluginAsync<Options> = async (app, { describe }) => {
  let described: Promise<object> | undefined
  const schema = { summary: 'This document', response: { 200: Type.Object({}, { additionalProperties: true }) } }
  app.get('/_mock/openapi.json', { schema }, async () => {
    described ??= describe()
    return described
  })
}
