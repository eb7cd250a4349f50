import { currencyCodes } from '../src/contract/currency-codes.ts'
import { operationRoutes } from '../src/contract/operation-routes.ts'
import { maximumInputs } from '../src/contract/schemas/batch.ts'
import { type CampaignVersion, campaignVersions, multiStatusVersions } from '../src/contract/versions.ts'
import { buildApp } from '../src/index.ts'

/** A parsed OpenAPI document. */
export type SpecDocument = ReturnType<typeof JSON.parse>

const text = { type: 'string' }
const moment = { type: 'string', format: 'date-time' }
const links = { type: 'object', additionalProperties: text }

/** The document that the mock serves about itself. */
export async function servedDocument(): Promise<SpecDocument> {
  const app = await buildApp({ fixtures: {} })
  const document = (await app.inject('/_mock/openapi.json')).json()
  await app.close()
  return document
}

/**
 * One document for each version of the campaigns API, as HubSpot publishes it: the served document, changed wherever
 * HubSpot's differs. Where HubSpot's own files exist, a test compares the two.
 */
export function makeSpecs(served: SpecDocument): { version: CampaignVersion; document: SpecDocument }[] {
  return campaignVersions.map((version) => ({ version, document: makeSpec(structuredClone(served), version) }))
}

function makeSpec(document: SpecDocument, version: CampaignVersion): SpecDocument {
  const { components } = document
  const routes = operationRoutes.filter((route) => route.version === version && route.path.includes('/campaigns'))
  const paths = [...new Set(routes.map(({ path }) => path))]
  document.openapi = '3.0.1'
  document.info = { title: 'Marketing Campaigns', version }
  document.servers = [{ url: 'https://api.hubapi.com' }]
  document.paths = Object.fromEntries(paths.map((path) => [path, document.paths[path]]))
  for (const { path, operation: row, scopes } of routes) {
    const operation = document.paths[path][row.method.toLowerCase()]
    changeAccess(components, operation, version, scopes)
    changeParameters(operation)
    changeResponses(components, operation)
    const isBatch = path.includes('/batch/')
    if (isBatch && (version === 'v3' || version === '2026-03')) {
      operation.description = `The maximum number of items in a batch request is ${maximumInputs}.`
    }
  }
  changeBatchSchemas(components.schemas, version)
  changeErrorSchemas(components.schemas)
  return document
}

/** HubSpot's files list OAuth tokens, and those of versions without a 207 also private apps. */
function changeAccess(
  components: SpecDocument,
  operation: SpecDocument,
  version: CampaignVersion,
  scopes: readonly string[],
): void {
  const authorizationCode = {
    authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
    tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
    scopes: Object.fromEntries(scopes.map((scope) => [scope, ''])),
  }
  components.securitySchemes = {
    oauth2: { type: 'oauth2', flows: { authorizationCode } },
    private_apps: { type: 'apiKey', name: 'private-app', in: 'header' },
  }
  const schemes = multiStatusVersions.includes(version) ? ['oauth2'] : ['oauth2', 'private_apps']
  operation.security = schemes.flatMap((name) => scopes.map((scope) => ({ [name]: [scope] })))
}

/** HubSpot sorts the parameters, and writes their defaults out. */
function changeParameters({ parameters = [] }: SpecDocument): void {
  parameters.sort((one: SpecDocument, other: SpecDocument) => (one.name < other.name ? -1 : 1))
  for (const parameter of parameters) {
    Object.assign(parameter, { style: parameter.in === 'path' ? 'simple' : 'form', explode: parameter.in !== 'path' })
  }
}

/** HubSpot lists no header but Location, and shares one response for all errors, of any content type. */
function changeResponses(components: SpecDocument, operation: SpecDocument): void {
  const { responses } = operation
  for (const response of Object.values<SpecDocument>(responses)) {
    const { Location } = response.headers ?? {}
    delete response.headers
    if (Location !== undefined) response.headers = { Location }
  }
  const { schema } = responses.default.content['application/json']
  components.responses = { Error: { description: 'An error occurred.', content: { '*/*': { schema } } } }
  responses.default = { $ref: '#/components/responses/Error' }
  for (const response of Object.values<SpecDocument>(responses)) {
    const json = response.content?.['application/json']?.schema
    if (json?.$ref?.endsWith('MaybeWithErrors')) json.$ref = json.$ref.replace('MaybeWithErrors', '')
  }
}

/** HubSpot's files have members that were never observed; versions without a 207 have the errors in the 200. */
function changeBatchSchemas(schemas: SpecDocument, version: CampaignVersion): void {
  if (!multiStatusVersions.includes(version)) {
    schemas.BatchResponsePublicCampaignWithAssets = schemas.BatchResponsePublicCampaignWithAssetsMaybeWithErrors
    schemas.BatchResponsePublicCampaign = schemas.BatchResponsePublicCampaignMaybeWithErrors
    schemas.PublicBusinessUnit.properties.id.format = 'int32'
  }
  for (const name of ['BatchResponsePublicCampaignWithAssets', 'BatchResponsePublicCampaign']) {
    for (const schema of [schemas[name], schemas[`${name}WithErrors`]]) {
      const status = { type: 'string', enum: ['CANCELED', 'COMPLETE', 'PENDING', 'PROCESSING'] }
      Object.assign(schema.properties, { status, links, requestedAt: moment })
      schema.required = ['completedAt', 'results', 'startedAt', 'status']
    }
  }
  for (const [name, schema] of Object.entries<SpecDocument>(schemas)) {
    if (name.startsWith('BatchInput')) delete schema.properties.inputs.maxItems
  }
  schemas.PreviousPage = { type: 'object', required: ['before'], properties: { before: text, link: text } }
  schemas.Paging.properties.prev = { $ref: '#/components/schemas/PreviousPage' }
  for (const name of ['PublicBudgetTotals', 'RevenueAttributionAggregate']) {
    schemas[name].properties.currencyCode.enum = [...currencyCodes]
  }
}

/** In HubSpot's files an error has an id and an object as sub-category, and an envelope has a category but no recorded members. */
function changeErrorSchemas({ StandardError, Error: envelope }: SpecDocument): void {
  Object.assign(StandardError.properties, { id: text, subCategory: { type: 'object', properties: {} } })
  for (const name of ['status', 'errorType', 'policyName', 'groupName']) delete envelope.properties[name]
  envelope.required = ['category', 'correlationId', 'message']
}
