import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsync } from 'fastify'
import type { ControlRoute } from './options.ts'

interface OpenapiOptions {
  /** The version of this package. */
  version: string
  /** All routes of the control API. */
  routes: readonly ControlRoute[]
}

/** The OpenAPI document of all routes. The first request creates it. */
export const openapiRoute: FastifyPluginAsync<OpenapiOptions> = async (app, { version, routes }) => {
  let document: object | undefined
  const schema = {
    operationId: 'mock.openapi',
    summary: 'Read this OpenAPI document',
    response: { 200: Type.Object({}, { additionalProperties: true }) },
  }
  app.get('/_mock/openapi.json', { schema }, async () => {
    if (document === undefined) {
      const { describeApi } = await import('./openapi-document.ts')
      document = await describeApi(version, routes)
    }
    return document
  })
}
