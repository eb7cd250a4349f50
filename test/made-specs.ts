import { operations } from '../src/contract/operations.ts'
import { type BatchReadPath, batchReadPaths } from '../src/contract/paths.ts'
import { maximumInputs } from '../src/contract/schemas/batch.ts'
import { buildApp } from '../src/index.ts'

/** An OpenAPI document as it comes out of JSON. */
export type SpecDocument = ReturnType<typeof JSON.parse>

const [readScope = ''] = operations['batch.read'].scopes

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
 * One document for each version of the batch read, as HubSpot publishes it: the served document, changed wherever
 * HubSpot's differs. Where HubSpot's own files exist, a test compares the two.
 */
export function makeSpecs(served: SpecDocument): { version: string; document: SpecDocument }[] {
  return batchReadPaths.map((row) => ({ version: row.version, document: makeSpec(structuredClone(served), row) }))
}

function makeSpec(document: SpecDocument, row: BatchReadPath): SpecDocument {
  const operation = document.paths[row.url].post
  const { components } = document
  document.openapi = '3.0.1'
  document.info = { title: 'Marketing Campaigns', version: row.version }
  document.servers = [{ url: 'https://api.hubapi.com' }]
  document.paths = { [row.url]: { post: operation } }
  changeAccess(components, operation, row)
  changeRequest(components, operation, row)
  changeResponses(components, operation)
  changeBatchSchemas(components.schemas, row)
  changeErrorSchemas(components.schemas)
  return document
}

/** HubSpot takes OAuth tokens, and the versions without a 207 private apps too. */
function changeAccess(components: SpecDocument, operation: SpecDocument, { partialFailure }: BatchReadPath): void {
  const authorizationCode = {
    authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
    tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
    scopes: { [readScope]: '' },
  }
  components.securitySchemes = {
    oauth2: { type: 'oauth2', flows: { authorizationCode } },
    private_apps: { type: 'apiKey', name: 'private-app', in: 'header' },
  }
  const schemes = partialFailure === 207 ? ['oauth2'] : ['oauth2', 'private_apps']
  operation.security = schemes.map((name) => ({ [name]: [readScope] }))
}

/** HubSpot sorts the parameters, writes their defaults out, and gives the maximum number of inputs in words, if at all. */
function changeRequest({ schemas }: SpecDocument, operation: SpecDocument, { version }: BatchReadPath): void {
  operation.parameters.sort((one: SpecDocument, other: SpecDocument) => (one.name < other.name ? -1 : 1))
  for (const parameter of operation.parameters) Object.assign(parameter, { style: 'form', explode: true })
  delete schemas.BatchInputPublicCampaignReadInput.properties.inputs.maxItems
  if (version === 'v3' || version === '2026-03') {
    operation.description = `The maximum number of items in a batch request is ${maximumInputs}.`
  }
}

/** HubSpot lists no headers, and shares one response for all errors, of any content type. */
function changeResponses(components: SpecDocument, operation: SpecDocument): void {
  const { responses } = operation
  for (const response of Object.values<SpecDocument>(responses)) delete response.headers
  const { schema } = responses.default.content['application/json']
  components.responses = { Error: { description: 'An error occurred.', content: { '*/*': { schema } } } }
  responses.default = { $ref: '#/components/responses/Error' }
  if (responses['207'] !== undefined) return
  responses['200'].content['application/json'].schema.$ref =
    '#/components/schemas/BatchResponsePublicCampaignWithAssets'
}

/** HubSpot has members that no response was seen to have; the versions without a 207 have the errors in the 200. */
function changeBatchSchemas(schemas: SpecDocument, { partialFailure }: BatchReadPath): void {
  if (partialFailure === 200) {
    schemas.BatchResponsePublicCampaignWithAssets = schemas.BatchResponsePublicCampaignWithAssetsMaybeWithErrors
    schemas.PublicBusinessUnit.properties.id.format = 'int32'
  }
  for (const name of ['BatchResponsePublicCampaignWithAssets', 'BatchResponsePublicCampaignWithAssetsWithErrors']) {
    const status = { type: 'string', enum: ['CANCELED', 'COMPLETE', 'PENDING', 'PROCESSING'] }
    Object.assign(schemas[name].properties, { status, links, requestedAt: moment })
    schemas[name].required = ['completedAt', 'results', 'startedAt', 'status']
  }
  schemas.PreviousPage = { type: 'object', required: ['before'], properties: { before: text, link: text } }
  schemas.Paging.properties.prev = { $ref: '#/components/schemas/PreviousPage' }
}

/** HubSpot's errors have an id and an object as sub-category; its envelope has a category, and none of the recorded members. */
function changeErrorSchemas({ StandardError, Error: envelope }: SpecDocument): void {
  Object.assign(StandardError.properties, { id: text, subCategory: { type: 'object', properties: {} } })
  for (const name of ['status', 'errorType', 'policyName', 'groupName']) delete envelope.properties[name]
  envelope.required = ['category', 'correlationId', 'message']
}
