import { Type } from '@sinclair/typebox'
import { type FastifySchema, fastify } from 'fastify'
import { CallErrorBody } from '../contract/errors.ts'
import { operationIdOf } from '../contract/operation-ids.ts'
import { hasLocation, type OperationRoute, operationRoutes, responsesOf } from '../contract/operation-routes.ts'
import { AllowanceHeaders, ErrorHeaders, ResponseHeaders } from '../contract/response-headers.ts'
import type { ControlRoute } from './options.ts'

/**
 * Creates the OpenAPI document of HubSpot's operations, in documented fidelity, and of the control API. @fastify/swagger
 * creates it from a separate app with the same routes, so that a mock that is never asked for the document does not load it.
 * @param version the version of this package
 */
export async function describeApi(version: string, controlRoutes: readonly ControlRoute[]): Promise<object> {
  const { default: swagger } = await import('@fastify/swagger')
  const app = fastify()
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => JSON.stringify)
  await app.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: { title: 'hubspot-campaigns-mock', version, description: "HubSpot's campaigns API and the control API" },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          portal: { type: 'apiKey', in: 'header', name: 'X-Mock-Portal', description: 'the name of a portal' },
        },
      },
    },
  })
  await app.register(async (documented) => {
    for (const route of operationRoutes) {
      const url = route.path.replace(/\{(\w+)\}/g, ':$1')
      documented.route({
        method: route.operation.method,
        url,
        schema: schemaOf(route),
        handler,
        exposeHeadRoute: false,
      })
    }
    for (const { method, url, schema } of controlRoutes) {
      // A caller can send a token or a name, for one portal, or neither, for the whole mock.
      const security = [{}, { bearer: [] }, { portal: [] }]
      documented.route({ method, url, schema: { security, ...schema }, handler, exposeHeadRoute: false })
    }
  })
  await app.ready()
  const document: object = app.swagger()
  await app.close()
  return nameSchemas({ ...document })
}

const handler = () => undefined

function schemaOf(route: OperationRoute): FastifySchema {
  const { summary, tag, path, query, body, form, auth, isDeprecated } = route.operation
  return {
    operationId: operationIdOf(route),
    summary,
    tags: [tag],
    ...(isDeprecated && { deprecated: true }),
    security: auth === 'none' ? [] : [{ bearer: [] }],
    ...(path === undefined ? {} : { params: path }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body }),
    ...(form === undefined ? {} : { body: form, consumes: ['application/x-www-form-urlencoded'] }),
    response: withHeaders({ ...responsesOf(route), default: CallErrorBody }, hasLocation(route)),
  }
}

/** Adds the headers of each response, which the schemas of bodies do not describe. */
function withHeaders(responses: Record<string, object>, isLocated: boolean): Record<string, object> {
  const all = Object.entries(responses).map(([status, schema]) => {
    const own = status === 'default' ? ErrorHeaders : AllowanceHeaders
    const location = isLocated && status === '201' ? { Location: Type.String() } : {}
    return [status, { ...schema, headers: { ...ResponseHeaders, ...own, ...location } }]
  })
  return Object.fromEntries(all)
}

/** Moves each schema that has one of HubSpot's names into the components, and replaces it with a reference. */
function nameSchemas(document: Record<string, unknown>): object {
  const schemas: Record<string, unknown> = {}
  const paths = JSON.parse(JSON.stringify(document['paths']), (_key, value) => {
    if (value?.type !== 'object' || !/^[A-Z]\w+$/.test(value.title)) return value
    const { title, ...schema } = value
    schemas[title] = schema
    return { $ref: `#/components/schemas/${title}` }
  })
  return { ...document, paths, components: { ...Object(document['components']), schemas } }
}
