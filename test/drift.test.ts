import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { operationRoutes } from '../src/contract/operation-routes.ts'
import type { Json } from '../src/drift/json.ts'
import { compareDocuments } from '../src/drift/spec/compare-documents.ts'
import { compareFacts } from '../src/drift/spec/compare-facts.ts'
import { Facts, placeOf, Subject, valueText } from '../src/drift/spec/fact.ts'
import { operationFacts } from '../src/drift/spec/operation-facts.ts'
import { type ReportedDifference, reportOf, writeReport } from '../src/drift/spec/report.ts'
import { v3 } from './build.ts'
import { command, commandHere } from './command.ts'
import { folder } from './folder.ts'
import { hubspotDocuments, hubspotSpecs, madeSpecs, served as ours } from './specs.ts'

type Any = ReturnType<typeof JSON.parse>

/** What of a document is not known to differ. */
function unknown(document: Json): ReportedDifference[] {
  return reportOf(compareDocuments(document, ours)).differences.filter(({ known }) => known === null)
}

const isBatchRead = (path: string) => path.endsWith('/batch/read')
const urlOf = (document: Any) => Object.keys(document.paths).find(isBatchRead) ?? ''
const operationOf = (document: Any) => document.paths[urlOf(document)].post
const schemaOf = (document: Any, name: string) => document.components.schemas[name]

/** One thing changed at a time; each is given a fresh document. What a version does not have is left as it is. */
const mutations: Record<string, (document: Any) => void> = {
  'another path': (d) => {
    d.paths['/marketing/v9/campaigns/batch/read'] = d.paths[urlOf(d)]
    delete d.paths[urlOf(d)]
  },
  'another version': (d) => (d.info.version = d.info.version === 'v3' ? '2026-03' : 'v3'),
  'another method': (d) => {
    d.paths[urlOf(d)].put = operationOf(d)
    delete d.paths[urlOf(d)].post
  },
  'another operationId': (d) => (operationOf(d).operationId = 'other'),
  'a scope more': (d) => operationOf(d).security[0].oauth2.push('crm.read'),
  'another scope': (d) => (operationOf(d).security[0].oauth2 = ['marketing.campaigns.write']),
  'a way less to authenticate': (d) => operationOf(d).security.pop(),
  'a way more to authenticate': (d) => operationOf(d).security.push({ developer_hapikey: [] }),
  'no authentication': (d) => delete operationOf(d).security,
  'a parameter less': (d) => operationOf(d).parameters.pop(),
  'a parameter more': (d) =>
    operationOf(d).parameters.push({ name: 'archived', in: 'query', schema: { type: 'boolean' } }),
  'a parameter of the path': (d) => (d.paths[urlOf(d)].parameters = [{ name: 'x', in: 'header', schema: {} }]),
  'a parameter by another name': (d) => (operationOf(d).parameters[0].name = 'until'),
  'a parameter in a header': (d) => (operationOf(d).parameters[0].in = 'header'),
  'a parameter required': (d) => (operationOf(d).parameters[0].required = true),
  'a parameter in another style': (d) => (operationOf(d).parameters[1].style = 'spaceDelimited'),
  'a list that is not repeated': (d) => {
    operationOf(d).parameters.find(({ schema }: Any) => schema.type === 'array').explode = false
  },
  'a parameter of another type': (d) => (operationOf(d).parameters[0].schema.type = 'integer'),
  'a parameter with a format': (d) => (operationOf(d).parameters[0].schema.format = 'date'),
  'a parameter with a pattern': (d) => (operationOf(d).parameters[0].schema.pattern = '^2'),
  'a parameter with a default': (d) => (operationOf(d).parameters[0].schema.default = '2026-01-01'),
  'a list as a text': (d) => (operationOf(d).parameters[1].schema = { type: 'string' }),
  'other items in a list': (d) => (operationOf(d).parameters[1].schema.items.type = 'integer'),
  'an enum in a list': (d) => (operationOf(d).parameters[1].schema.items.enum = ['hs_name']),
  'empty values allowed': (d) => (operationOf(d).parameters[1].allowEmptyValue = true),
  'no body': (d) => delete operationOf(d).requestBody,
  'a body that may be left out': (d) => (operationOf(d).requestBody.required = false),
  'a body of another type': (d) => {
    operationOf(d).requestBody.content = { 'text/json': operationOf(d).requestBody.content['application/json'] }
  },
  'a body of one type more': (d) => (operationOf(d).requestBody.content['application/xml'] = {}),
  'a body by another schema': (d) => {
    operationOf(d).requestBody.content['application/json'].schema.$ref = '#/components/schemas/PublicCampaignReadInput'
  },
  'a reference that leads nowhere': (d) => {
    operationOf(d).requestBody.content['application/json'].schema.$ref = '#/components/schemas/Nothing'
  },
  'inputs by another name': (d) => {
    const { properties } = schemaOf(d, 'BatchInputPublicCampaignReadInput')
    properties.items = properties.inputs
    delete properties.inputs
  },
  'inputs that may be left out': (d) => (schemaOf(d, 'BatchInputPublicCampaignReadInput').required = []),
  'fewer inputs': (d) => (schemaOf(d, 'BatchInputPublicCampaignReadInput').properties.inputs.maxItems = 10),
  'at least one input': (d) => (schemaOf(d, 'BatchInputPublicCampaignReadInput').properties.inputs.minItems = 1),
  'inputs that differ': (d) => (schemaOf(d, 'BatchInputPublicCampaignReadInput').properties.inputs.uniqueItems = true),
  'an input with a member more': (d) =>
    (schemaOf(d, 'PublicCampaignReadInput').properties.idProperty = { type: 'string' }),
  'an input with a required member more': (d) => {
    schemaOf(d, 'PublicCampaignReadInput').properties.idProperty = { type: 'string' }
    schemaOf(d, 'PublicCampaignReadInput').required.push('idProperty')
  },
  'an id that is a number': (d) => (schemaOf(d, 'PublicCampaignReadInput').properties.id.type = 'integer'),
  'an id with a format': (d) => (schemaOf(d, 'PublicCampaignReadInput').properties.id.format = 'uuid'),
  'a long id': (d) => (schemaOf(d, 'PublicCampaignReadInput').properties.id.minLength = 36),
  'a short id': (d) => (schemaOf(d, 'PublicCampaignReadInput').properties.id.maxLength = 36),
  'a closed input': (d) => (schemaOf(d, 'PublicCampaignReadInput').additionalProperties = false),
  'no 200': (d) => delete operationOf(d).responses['200'],
  'no 207, or one': (d) => {
    const { responses } = operationOf(d)
    if (responses['207'] === undefined) responses['207'] = responses['200']
    else delete responses['207']
  },
  'no default': (d) => delete operationOf(d).responses.default,
  'a status more': (d) => (operationOf(d).responses['404'] = { description: '' }),
  'a 200 of another type': (d) => {
    operationOf(d).responses['200'].content = {
      'text/csv': operationOf(d).responses['200'].content['application/json'],
    }
  },
  'a 200 by another schema': (d) => {
    operationOf(d).responses['200'].content['application/json'].schema.$ref = '#/components/schemas/Error'
  },
  'a header of the 200': (d) =>
    (operationOf(d).responses['200'].headers = { 'X-Next': { schema: { type: 'string' } } }),
  'a status of a batch by another name': (d) => {
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.status.enum[1] = 'COMPLETED'
  },
  'a status of a batch more': (d) => {
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.status.enum.push('FAILED')
  },
  'a status of a batch less': (d) => schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.status.enum.pop(),
  'any status of a batch': (d) => delete schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.status.enum,
  'completedAt that may be left out': (d) => {
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').required = ['results', 'startedAt', 'status']
  },
  'requestedAt required': (d) => schemaOf(d, 'BatchResponsePublicCampaignWithAssets').required.push('requestedAt'),
  'requestedAt gone': (d) => delete schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.requestedAt,
  'requestedAt a number': (d) => {
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.requestedAt.type = 'integer'
  },
  'completedAt without a format': (d) => {
    delete schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.completedAt.format
  },
  'completedAt a day': (d) => {
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.completedAt.format = 'date'
  },
  'completedAt that may be null': (d) => {
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.completedAt.nullable = true
  },
  'a member of a campaign less': (d) => delete schemaOf(d, 'PublicCampaignWithAssets').properties.businessUnits,
  'a member of a campaign more': (d) =>
    (schemaOf(d, 'PublicCampaignWithAssets').properties.archived = { type: 'boolean' }),
  'a member of a campaign required no more': (d) => schemaOf(d, 'PublicCampaignWithAssets').required.pop(),
  'a required member that is not described': (d) => schemaOf(d, 'PublicCampaignWithAssets').required.push('archived'),
  'properties of any type': (d) =>
    (schemaOf(d, 'PublicCampaignWithAssets').properties.properties.additionalProperties = {}),
  'properties that are numbers': (d) => {
    schemaOf(d, 'PublicCampaignWithAssets').properties.properties.additionalProperties.type = 'number'
  },
  'few properties': (d) => (schemaOf(d, 'PublicCampaignWithAssets').properties.properties.maxProperties = 10),
  'assets as a list': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignWithAssets')
    properties.assets = { type: 'array', items: properties.assets.additionalProperties }
  },
  'a business unit of another width': (d) => (schemaOf(d, 'PublicBusinessUnit').properties.id.format = 'int16'),
  'a business unit over 0': (d) => (schemaOf(d, 'PublicBusinessUnit').properties.id.minimum = 1),
  'a business unit that is a text': (d) => (schemaOf(d, 'PublicBusinessUnit').properties.id.type = 'string'),
  'an asset’s name required': (d) => schemaOf(d, 'PublicCampaignAsset').required.push('name'),
  'metrics that are whole': (d) => {
    schemaOf(d, 'PublicCampaignAsset').properties.metrics.additionalProperties.type = 'integer'
  },
  'a page without after': (d) => delete schemaOf(d, 'NextPage').properties.after,
  'a page before it gone': (d) => delete schemaOf(d, 'Paging').properties.prev,
  'a member of a known difference': (d) => (schemaOf(d, 'PreviousPage').properties.before.type = 'integer'),
  'an error without links': (d) => delete schemaOf(d, 'StandardError').properties.links,
  'an error’s subCategory a text': (d) => (schemaOf(d, 'StandardError').properties.subCategory = { type: 'string' }),
  'an error’s context of texts': (d) => {
    schemaOf(d, 'StandardError').properties.context.additionalProperties = { type: 'string' }
  },
  'an error’s detail with a member more': (d) => (schemaOf(d, 'ErrorDetail').properties.at = { type: 'integer' }),
  'the envelope without category': (d) => delete schemaOf(d, 'Error').properties.category,
  'the envelope’s category not required': (d) => (schemaOf(d, 'Error').required = ['correlationId', 'message']),
  'the envelope’s id of any form': (d) => delete schemaOf(d, 'Error').properties.correlationId.format,
  'errors of another type': (d) => {
    d.components.responses.Error.content = { 'application/problem+json': d.components.responses.Error.content['*/*'] }
  },
  'a schema that holds itself, twice': (d) => {
    Object.assign(schemaOf(d, 'PublicCampaignAsset').properties, {
      parent: { $ref: '#/components/schemas/PublicCampaignAsset' },
      child: { $ref: '#/components/schemas/PublicCampaignAsset' },
    })
  },
  'a schema without end': (d) => {
    let deep: object = { type: 'string' }
    for (let i = 0; i < 1000; i++) deep = { type: 'object', properties: { a: deep } }
    schemaOf(d, 'PublicCampaignAsset').properties.deep = deep
  },
  'a reference that leads to itself': (d) => {
    d.components.schemas.PublicBusinessUnit = { $ref: '#/components/schemas/PublicBusinessUnit' }
  },
  'a member called __proto__': (d) => {
    Object.defineProperty(schemaOf(d, 'PublicCampaignAsset').properties, '__proto__', {
      value: { type: 'string' },
      enumerable: true,
    })
  },
  'a type of several': (d) => (schemaOf(d, 'PublicCampaignAsset').properties.name.type = ['string', 'null']),
  'a range of statuses': (d) => {
    operationOf(d).responses['2XX'] = operationOf(d).responses['200']
    delete operationOf(d).responses['200']
  },
  'more than one part': (d) => {
    const { schemas } = d.components
    schemas.PublicCampaignAsset = { allOf: [schemas.PublicCampaignAsset, { properties: { url: { type: 'string' } } }] }
  },
  'a parameter by reference': (d) => {
    d.components.parameters = { Archived: { name: 'archived', in: 'query', schema: { type: 'boolean' } } }
    operationOf(d).parameters.push({ $ref: '#/components/parameters/Archived' })
  },
  'parts that contradict each other': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignAsset')
    properties.name = { allOf: [properties.name, { type: 'integer' }] }
  },
  'a member that one part requires': (d) => {
    const { schemas } = d.components
    schemas.PublicCampaignAsset = { allOf: [schemas.PublicCampaignAsset, { required: ['name'] }] }
  },
  'names of another pattern': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignWithAssets').properties
    properties.patternProperties = { '^hs_': properties.additionalProperties }
    delete properties.additionalProperties
  },
  'names of no other pattern': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignWithAssets').properties
    properties.patternProperties = { '^hs_': properties.additionalProperties }
    properties.additionalProperties = false
  },
  'what stands beside a reference, since 3.1': (d) => {
    d.openapi = '3.1.0'
    schemaOf(d, 'PublicCampaignWithAssets').properties.businessUnits.items.required = ['name']
  },
  'a choice of values, one of which may be null': (d) => {
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.status = {
      anyOf: ['CANCELED', 'COMPLETE', 'PENDING', 'PROCESSING'].map((value, i) => ({
        type: 'string',
        enum: [value],
        ...(i === 0 ? { nullable: true } : {}),
      })),
    }
  },
  'a choice of values of any type': (d) => {
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.status = {
      anyOf: ['CANCELED', 'COMPLETE', 'PENDING', 'PROCESSING'].map((value) => ({ enum: [value] })),
    }
  },
  'a choice with null': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignAsset')
    properties.name = { anyOf: [properties.name, { type: 'null' }] }
  },
  'another server': (d) => (d.servers[0].url = 'https://api-eu1.hubapi.com'),
  'a server with a variable that is not described': (d) => (d.servers = [{ url: 'https://{host}' }]),
  'a server of the operation': (d) => (operationOf(d).servers = [{ url: 'https://api.hubspot.com' }]),
  'a server more': (d) => d.servers.push({ url: 'https://api-eu1.hubapi.com' }),
  'another place to get tokens': (d) => {
    d.components.securitySchemes.oauth2.flows.authorizationCode.tokenUrl = 'https://api.hubapi.com/oauth/v3/token'
  },
  'a scheme of another kind': (d) => (d.components.securitySchemes.oauth2.type = 'http'),
  'a scheme that is not described': (d) => delete d.components.securitySchemes.oauth2,
  'authentication that may be left out': (d) => operationOf(d).security.push({}),
  'an operation that is deprecated': (d) => (operationOf(d).deprecated = true),
  'a parameter that is deprecated': (d) => (operationOf(d).parameters[0].deprecated = true),
  'a member that is deprecated': (d) => (schemaOf(d, 'PublicCampaignAsset').properties.name.deprecated = true),
  'another maximum in the words': (d) => {
    operationOf(d).description = 'The maximum number of items in a batch request is 100.'
  },
  'another maximum in other words': (d) => (operationOf(d).summary = 'At most 10 inputs per request.'),
  'a maximum with a comma': (d) => (operationOf(d).description = 'The maximum number of campaigns is 50,000.'),
  'a known member of a difference that is known': (d) => delete schemaOf(d, 'StandardError').properties.id,
  'fewer values by one part': (d) => {
    const { properties } = schemaOf(d, 'BatchResponsePublicCampaignWithAssets')
    properties.status = { allOf: [properties.status, { enum: ['COMPLETE'] }] }
  },
  'no value by two parts': (d) => {
    const { properties } = schemaOf(d, 'BatchResponsePublicCampaignWithAssets')
    properties.status = { allOf: [properties.status, { enum: ['DONE'] }] }
  },
  'addresses that have changed places': (d) => {
    const { authorizationCode } = d.components.securitySchemes.oauth2.flows
    const { authorizationUrl, tokenUrl } = authorizationCode
    Object.assign(authorizationCode, { authorizationUrl: tokenUrl, tokenUrl: authorizationUrl })
  },
  'names that are empty': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignWithAssets').properties
    properties.patternProperties = { '^$': properties.additionalProperties }
    delete properties.additionalProperties
  },
  'a second method': (d) => (d.paths[urlOf(d)].get = { responses: {} }),
  'a choice of schemas': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignWithAssets')
    properties.id = { oneOf: [{ type: 'string' }, { type: 'integer' }] }
  },
}

/** Changes that promise nothing else. */
const harmless: Record<string, (document: Any) => void> = {
  nothing: () => {},
  'other words': (d) => {
    operationOf(d).summary = 'Other'
    operationOf(d).description =
      `Other. ${/The maximum number of.*\./.exec(operationOf(d).description ?? '')?.[0] ?? ''}`
    operationOf(d).parameters[0].description = 'Other'
    schemaOf(d, 'StandardError').description = 'Other'
    schemaOf(d, 'Error').properties.message.example = 'Other'
  },
  'another order': (d) => {
    operationOf(d).parameters.reverse()
    schemaOf(d, 'PublicCampaignWithAssets').required.reverse()
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.status.enum.reverse()
    d.paths = Object.fromEntries(Object.entries(d.paths).reverse())
  },
  'what is there without being said': (d) => {
    delete operationOf(d).parameters[0].style
    delete operationOf(d).parameters[0].explode
    delete operationOf(d).parameters[0].required
  },
  'authentication said for all operations': (d) => {
    d.security = operationOf(d).security
    delete operationOf(d).security
  },
  'authentication said for all operations, and otherwise for this one': (d) =>
    (d.security = [{ developer_hapikey: [] }]),
  'a parameter of the path that the operation has another for': (d) => {
    d.paths[urlOf(d)].parameters = [{ name: 'endDate', in: 'query', required: true, schema: { type: 'integer' } }]
  },
  'a reference through a list': (d) => {
    const { properties } = schemaOf(d, 'PublicBusinessUnit')
    d.components.schemas.Ids = { oneOf: [properties.id] }
    properties.id = { $ref: '#/components/schemas/Ids/oneOf/0' }
  },
  'extensions where names stand': (d) => {
    operationOf(d).responses['x-more'] = { description: '' }
    d.components.securitySchemes.oauth2['x-more'] = true
    d.components.securitySchemes.oauth2.flows['x-more'] = { tokenUrl: 'x' }
    d.components.securitySchemes.oauth2.flows.authorizationCode['x-more'] = true
  },
  'a choice between the same': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignAsset')
    properties.name = { anyOf: [properties.name, properties.name] }
  },
  'a choice of lists of values, by reference': (d) => {
    d.components.schemas.Waiting = { type: 'string', enum: ['PENDING', 'PROCESSING'] }
    d.components.schemas.Ended = { type: 'string', enum: ['CANCELED', 'COMPLETE', 'PENDING'] }
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.status = {
      anyOf: [{ $ref: '#/components/schemas/Waiting' }, { $ref: '#/components/schemas/Ended' }],
    }
  },
  'a server with a slash': (d) => (d.servers[0].url = `${d.servers[0].url}/`),
  'a server with a variable': (d) => {
    d.servers = [{ url: 'https://{host}', variables: { host: { default: 'api.hubapi.com' } } }]
  },
  'a media type in capitals': (d) => {
    const { content } = operationOf(d).requestBody
    operationOf(d).requestBody.content = { 'Application/JSON': content['application/json'] }
  },
  'a single value that is not repeated': (d) => (operationOf(d).parameters[0].explode = false),
  'patterns that all texts have': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignWithAssets').properties
    properties.patternProperties = { '^[\\s\\S]*$': properties.additionalProperties }
    delete properties.additionalProperties
    schemaOf(d, 'PublicCampaignAsset').properties.name.pattern = '.*'
  },
  'headers that are said elsewhere': (d) => {
    operationOf(d).responses['200'].headers = { 'Content-Type': { schema: { type: 'string' } } }
    operationOf(d).parameters.push({ name: 'Authorization', in: 'header', required: true, schema: { type: 'string' } })
  },
  'the maximum in words that hold another number': (d) => {
    const { description } = operationOf(d)
    if (description?.includes('is 50.'))
      operationOf(d).description = 'The maximum number of items in 1 batch request is 50.'
  },
  'the maximum that the words have as well': (d) => {
    const { inputs } = schemaOf(d, 'BatchInputPublicCampaignReadInput').properties
    if (operationOf(d).description?.includes('is 50.')) inputs.maxItems = 50
  },
  'a path that stands elsewhere': (d) => {
    d.components.pathItems = { read: d.paths[urlOf(d)] }
    d.paths[urlOf(d)] = { $ref: '#/components/pathItems/read' }
  },
  'defaults that are written out': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignAsset')
    Object.assign(properties.name, {
      nullable: false,
      deprecated: false,
      readOnly: false,
      writeOnly: false,
      minLength: 0,
    })
    Object.assign(schemaOf(d, 'PublicCampaignAsset'), { additionalProperties: true, minProperties: 0 })
    Object.assign(operationOf(d).parameters[0], { deprecated: false, allowEmptyValue: false, allowReserved: false })
    operationOf(d).deprecated = false
    operationOf(d).servers = d.servers
  },
  'a type in a list': (d) => (schemaOf(d, 'PublicCampaignAsset').properties.name.type = ['string']),
  'a choice of one': (d) => {
    const { properties } = schemaOf(d, 'PublicCampaignAsset')
    properties.name = { oneOf: [properties.name] }
  },
  'a choice of values': (d) => {
    schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties.status = {
      oneOf: ['CANCELED', 'COMPLETE', 'PENDING', 'PROCESSING'].map((only) => ({ type: 'string', const: only })),
    }
  },
  'what stands beside a reference, before 3.1': (d) => {
    schemaOf(d, 'PublicCampaignWithAssets').properties.businessUnits.items.required = ['name']
  },
  'another endpoint': (d) => (d.paths = { '/other': { get: { responses: {} } }, ...d.paths }),
  'an extension': (d) => (operationOf(d)['x-hubspot'] = true),
  'one part of a whole': (d) => {
    d.components.schemas.PublicCampaignAsset = { allOf: [d.components.schemas.PublicCampaignAsset] }
  },
  'a schema that is written where it is used': (d) => {
    const media = operationOf(d).requestBody.content['application/json']
    media.schema = schemaOf(d, 'BatchInputPublicCampaignReadInput')
  },
}

test('the document of the mock does not differ from itself', async () => {
  const path = join(await folder({ 'ours.json': JSON.stringify(ours) }), 'ours.json')
  const { code, stdout } = await commandHere(['drift', path, '--json'])
  expect(code).toBe(1)
  const { same, differences } = JSON.parse(stdout)
  expect(same).toBeGreaterThan(150)
  // The mock's document has the mock's own version.
  const [version, ...others] = differences
    .reverse()
    .sort((one: ReportedDifference) => (one.place === 'version' ? -1 : 1))
  expect(version).toMatchObject({ place: 'version', theirs: '0.1.0', breaks: false })
  expect(new Set(others.map(({ kind }: ReportedDifference) => kind))).toEqual(new Set(['no longer differs']))
  // HubSpot's two ways to authenticate and its server are not in it.
  expect(
    others.filter(({ breaks }: ReportedDifference) => breaks).map(({ place }: ReportedDifference) => place),
  ).toEqual(expect.arrayContaining(['server https://api.hubapi.com', 'security oauth2 marketing.campaigns.read']))
})

test('there are over forty kinds of mutation', () => {
  expect(Object.keys(mutations).length).toBeGreaterThan(40)
})

/** HubSpot’s files, or those made like them: another test holds the two equal. */
const compared = hubspotSpecs.length > 0 ? hubspotSpecs : madeSpecs

describe.each(compared)('against $source of version $version', ({ version, document }) => {
  test('there is no unknown difference, and the command reports none', async () => {
    expect(unknown(document)).toEqual([])
    const name = `hubspot-campaigns-${version}.json`
    const path = join(await folder({ [name]: JSON.stringify(document) }), name)
    const { code, stdout, stderr } = await commandHere(['drift', path])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /^hubspot-campaigns-.+\.json: 2[48] operations of .+\n\d{4} facts are the same · \d{3} differ for a known reason · 0 differ\n$/,
    )
  })

  test.each(Object.entries(mutations))('%s is found', (_, mutate) => {
    const mutated = structuredClone(document)
    mutate(mutated)
    expect(unknown(mutated)).not.toEqual([])
  })

  test.each(Object.entries(harmless))('%s is not', (_, change) => {
    const changed = structuredClone(document)
    change(changed)
    expect(unknown(changed)).toEqual([])
  })
})

test.each(hubspotSpecs)('HubSpot’s file of version $version promises what the made document does', (theirs) => {
  const made = madeSpecs.find(({ version }) => version === theirs.version)?.document
  const facts = (document: Any, path: string, method: string) =>
    [...operationFacts(document, path, method)].map((fact) => `${placeOf(fact)} = ${valueText(fact)}`)
  for (const { version, path, operation } of operationRoutes) {
    const method = operation.method.toLowerCase()
    if (version !== theirs.version || made?.paths[path]?.[method] === undefined) continue
    expect(facts(theirs.document, path, method).sort()).toEqual(facts(made, path, method).sort())
  }
})

test.each(hubspotDocuments.filter(({ paths }) => paths !== undefined))(
  '$info.title of $info.version has no unknown difference',
  (document) => {
    expect(unknown(document)).toEqual([])
  },
)

test.each<[string, object[]]>([
  ['a URL', [{ url: 'https://api.hubapi.com/marketing/v3/' }]],
  [
    'variables',
    [
      {
        url: 'https://{host}/{base}',
        variables: { host: { default: 'api.hubapi.com' }, base: { default: 'marketing/v3' } },
      },
    ],
  ],
])('a base path in a server with %s is part of the paths', (_, servers) => {
  const document = structuredClone(madeSpecs[0]?.document)
  const base = '/marketing/v3'
  document.servers = servers
  document.paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [path.slice(base.length), item]),
  )
  expect(unknown(document)).toEqual([])
})

test('a base path in a relative server is part of the paths, and other servers stay as they are', () => {
  const document = structuredClone(madeSpecs[0]?.document)
  const base = '/marketing/v3'
  document.servers = [{ url: base }, { url: 'https://api-eu1.hubapi.com/other' }]
  document.paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [path.slice(base.length), item]),
  )
  expect(new Set(unknown(document).map(({ place }) => place))).toEqual(
    new Set(['server /', 'server https://api-eu1.hubapi.com/other', 'server https://api.hubapi.com']),
  )
})

test('an operation that the mock does not serve on purpose is a known difference', () => {
  const get = { get: { responses: {} } }
  const paths = { '/account-info/v3/details': get, '/account-info/v3/api-usage/daily/private-apps': get }
  const { differences } = reportOf(compareDocuments({ openapi: '3.0.1', info: { version: 'v3' }, paths }, ours))
  const usage = differences.find(({ operation }) => operation.includes('api-usage'))
  expect(usage).toMatchObject({ kind: 'theirs only', known: 'not-served' })
})

test('a document in YAML is read by the built command', async () => {
  const path = join(await folder({ 'spec.yaml': stringify(madeSpecs[0]?.document) }), 'spec.yaml')
  expect(await command(['drift', path]).ended).toMatchObject({ code: 0, stderr: '' })
})

test('operations that only HubSpot has are listed, and those that it no longer has break clients', () => {
  const document = structuredClone(madeSpecs[0]?.document)
  document.paths['/marketing/v3/campaigns/export'] = { post: { responses: {} } }
  const report = writeReport('spec.json', reportOf(compareDocuments(document, ours)), false)
  expect(report).toMatch(/^not served +POST \/marketing\/v3\/campaigns\/export +operation/m)
  delete document.paths['/marketing/v3/campaigns/{campaignGuid}/budget/totals']
  expect(unknown(document).map(({ operation, kind, breaks }) => [operation, kind, breaks])).toEqual([
    ['budget.totals (GET /marketing/v3/campaigns/{campaignGuid}/budget/totals)', 'ours only', true],
    ['POST /marketing/v3/campaigns/export', 'theirs only', false],
  ])
})

test('the command line compares and exits 0', async () => {
  const path = join(await folder({ 'spec.json': JSON.stringify(madeSpecs[0]?.document) }), 'spec.json')
  expect(await command(['drift', path]).ended).toMatchObject({ code: 0, stderr: '' })
})

describe('says', () => {
  const [spec] = madeSpecs.filter(({ version }) => version === 'v3')

  async function drifted(mutate: (document: Any) => void, ...flags: string[]) {
    const document = structuredClone(spec?.document)
    mutate(document)
    const path = join(await folder({ 'spec.json': JSON.stringify(document) }), 'spec.json')
    return commandHere(['drift', path, ...flags])
  }

  test('what breaks a client first, and exits 1', async () => {
    const { code, stdout } = await drifted((d) => {
      schemaOf(d, 'PublicCampaignWithAssets').properties.id.type = 'integer'
    })
    expect(code).toBe(1)
    const [, counts, , first] = stdout.split('\n')
    expect(counts).toMatch(
      /^\d+ facts are the same · \d+ differ for a known reason · 3 differ, 3 of them break clients$/,
    )
    expect(first).toMatch(/^BREAKS +campaigns\.get +200\.id type +integer +string +differs$/)
  })

  test('that a difference breaks no client', async () => {
    const { stdout } = await drifted((d) => (schemaOf(d, 'PublicCampaignAsset').properties.url = { type: 'string' }))
    expect(stdout).toMatch(/^differs +batch\.read +200\.\S+\.url +optional · type: string +- +theirs only$/m)
    expect(stdout).not.toContain('BREAKS')
  })

  test('the options of a choice by their names, which break a client that does not expect them', async () => {
    const { stdout } = await drifted((d) => {
      const options = [
        { $ref: '#/components/schemas/PublicBusinessUnit' },
        { ...schemaOf(d, 'PreviousPage') },
        { type: 'object', title: 'Other' },
        { properties: { a: { type: 'string' } } },
      ]
      schemaOf(d, 'PublicCampaignAsset').properties.name = { oneOf: options }
    })
    for (const name of ['PublicBusinessUnit', 'PreviousPage', 'Other', 'option 4']) {
      expect(stdout).toMatch(new RegExp(`^BREAKS +batch\\.read +200\\.\\S+\\.name<${name}> +possible`, 'm'))
    }
  })

  test('only one difference for a response that no longer exists', async () => {
    const { stdout } = await drifted((d) => delete operationOf(d).responses['207'])
    expect(stdout).toMatch(/ 1 differ, 1 of them break clients\n/)
    expect(stdout).toMatch(/^BREAKS +batch\.read +207 +- +present · .*ours only$/m)
  })

  const batch = (d: Any) => schemaOf(d, 'BatchResponsePublicCampaignWithAssets').properties
  const asset = (d: Any) => schemaOf(d, 'PublicCampaignAsset')
  const input = (d: Any) => schemaOf(d, 'PublicCampaignReadInput')
  const inputs = (d: Any) => schemaOf(d, 'BatchInputPublicCampaignReadInput')
  const archived = { name: 'archived', in: 'query', schema: { type: 'boolean' } }

  test.each<[string, (d: Any) => void]>([
    ['a parameter that has to be sent', (d) => operationOf(d).parameters.push({ ...archived, required: true })],
    ['a parameter that is gone', (d) => operationOf(d).parameters.pop()],
    ['a parameter of another type', (d) => (operationOf(d).parameters[0].schema.type = 'integer')],
    ['certain values of a parameter alone', (d) => (operationOf(d).parameters[0].schema.enum = ['2026-01-01'])],
    ['no body', (d) => delete operationOf(d).requestBody],
    ['a body of another type', (d) => (operationOf(d).requestBody.content = { 'text/json': {} })],
    ['inputs that are gone', (d) => delete inputs(d).properties.inputs],
    ['fewer inputs', (d) => (inputs(d).properties.inputs.maxItems = 10)],
    ['fewer inputs in words', (d) => (operationOf(d).description = 'The maximum number of inputs is 10.')],
    ['a member that has to be sent', (d) => Object.assign(input(d), { required: ['id', 'type'] })],
    ['a longer id', (d) => (input(d).properties.id.minLength = 36)],
    ['an answer’s member that is gone', (d) => delete schemaOf(d, 'PublicCampaignWithAssets').properties.createdAt],
    ['an answer’s page that may have been there', (d) => delete schemaOf(d, 'Paging').properties.next],
    ['an answer’s member that may be missing', (d) => (asset(d).required = [])],
    ['an answer’s member that may be null', (d) => (batch(d).completedAt.nullable = true)],
    ['an answer’s member of any type', (d) => delete batch(d).status.type],
    ['a value more in an answer', (d) => batch(d).status.enum.push('FAILED')],
    ['any value in an answer', (d) => delete batch(d).status.enum],
    ['an answer of another type', (d) => (operationOf(d).responses['200'].content = { 'text/csv': {} })],
    ['a success more', (d) => (operationOf(d).responses['202'] = { description: '' })],
    [
      'another path',
      (d) => {
        d.paths['/marketing/v4/campaigns/batch/read'] = d.paths[urlOf(d)]
        delete d.paths[urlOf(d)]
      },
    ],
    ['an operation that is gone', (d) => delete d.paths['/marketing/v3/campaigns/{campaignGuid}'].patch],
    ['another method', (d) => (d.paths[urlOf(d)] = { put: operationOf(d) })],
    ['another server', (d) => (d.servers[0].url = 'https://api.hubspot.com')],
    ['another scope', (d) => (operationOf(d).security[0].oauth2 = ['crm.read'])],
    ['an id that is not to be sent', (d) => (input(d).properties.id.readOnly = true)],
    ['an id that is not answered', (d) => (schemaOf(d, 'PublicCampaignWithAssets').properties.id.writeOnly = true)],
    [
      'an error by itself where there was none in general',
      (d) => {
        operationOf(d).responses['400'] = operationOf(d).responses.default
        delete operationOf(d).responses.default
      },
    ],
    ['a member that is null alone', (d) => (asset(d).properties.id.type = ['null'])],
    ['a choice between nothing', (d) => (asset(d).properties.id = { anyOf: [{ type: 'null' }] })],
    ['an error as a page', (d) => (operationOf(d).responses['400'] = { content: { 'text/html': {} } })],
    [
      'an error without an envelope',
      (d) => {
        operationOf(d).responses['400'] = { content: { 'application/json': { schema: { type: 'array' } } } }
      },
    ],
    [
      'an error with a shorter message than other errors',
      (d) => {
        const other = schemaOf(d, 'Error')
        other.properties.message.minLength = 10
        const schema = structuredClone(other)
        schema.properties.message.minLength = 5
        operationOf(d).responses['400'] = { description: '', content: { '*/*': { schema } } }
      },
    ],
    ['another place to get tokens', (d) => delete d.components.securitySchemes.oauth2],
  ])('that %s breaks clients', async (_, mutate) => {
    const { stdout } = await drifted(mutate)
    expect(stdout).toMatch(/^BREAKS /m)
  })

  test.each<[string, (d: Any) => void]>([
    ['a parameter that may be sent', (d) => operationOf(d).parameters.push(archived)],
    ['a body that may be left out', (d) => (operationOf(d).requestBody.required = false)],
    ['a body of one type more', (d) => (operationOf(d).requestBody.content['application/xml'] = {})],
    ['inputs that may be left out', (d) => delete inputs(d).required],
    ['more inputs', (d) => (operationOf(d).description = 'The maximum number of items in a batch request is 100.')],
    ['a member that may be sent', (d) => (input(d).properties.type = { type: 'string' })],
    ['an id that may be null', (d) => (input(d).properties.id.nullable = true)],
    ['an id of any type', (d) => delete input(d).properties.id.type],
    ['an answer’s member more', (d) => (asset(d).properties.url = { type: 'string' })],
    ['an answer’s member that is always there', (d) => asset(d).required.push('name')],
    ['a value less in an answer', (d) => batch(d).status.enum.pop()],
    ['metrics that are whole', (d) => (asset(d).properties.metrics.additionalProperties.type = 'integer')],
    ['an answer’s member of a pattern', (d) => (asset(d).properties.name.pattern = '^A')],
    ['an error by itself', (d) => (operationOf(d).responses['404'] = { description: '' })],
    ['a header', (d) => (operationOf(d).responses['200'].headers = { 'X-Next': { schema: { type: 'string' } } })],
    ['a second method', (d) => (d.paths[urlOf(d)].get = { responses: {} })],
    ['a server more', (d) => d.servers.push({ url: 'https://api-eu1.hubapi.com' })],
    ['a way more to authenticate', (d) => operationOf(d).security.push({ developer_hapikey: [] })],
    ['an id of more types', (d) => Object.assign(input(d).properties.id, { type: ['string', 'integer'] })],
    ['a choice for an id', (d) => (input(d).properties.id = { anyOf: [{ type: 'string' }, { type: 'integer' }] })],
    ['no authentication', (d) => (operationOf(d).security = [])],
    [
      'an error without a member that is optional',
      (d) => {
        const { required, properties } = schemaOf(d, 'Error')
        const kept = Object.fromEntries(required.map((name: string) => [name, properties[name]]))
        const schema = { type: 'object', required, properties: kept }
        operationOf(d).responses['400'] = { description: '', content: { '*/*': { schema } } }
      },
    ],
    ['an error that is the envelope', (d) => (operationOf(d).responses['400'] = operationOf(d).responses.default)],
    ['what is deprecated', (d) => (operationOf(d).deprecated = true)],
    ['another operationId', (d) => (operationOf(d).operationId = 'read')],
  ])('that %s breaks no client', async (_, mutate) => {
    const { code, stdout } = await drifted(mutate)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^(differs|not served) /m)
    expect(stdout).not.toContain('BREAKS')
  })

  test('a known difference that no longer exists', async () => {
    const { code, stdout } = await drifted((d) => delete schemaOf(d, 'Paging').properties.prev)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^differs +batch\.read +200\.\S+\.paging\.prev +- +- +no longer differs$/m)
  })

  test('the same as JSON', async () => {
    const { code, stdout } = await drifted(() => {}, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ versions: ['v3'], operations: 24, differences: expect.any(Array) })
  })

  test('the document of a URL', async () => {
    const server = createServer((request, answer) => {
      if (request.url === '/spec.json') answer.end(JSON.stringify(spec?.document))
      else answer.writeHead(request.url === '/empty.json' ? 204 : 404).end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect((await commandHere(['drift', `${url}/spec.json`])).code).toBe(0)
    expect(await commandHere(['drift', `${url}/none.json`])).toMatchObject({
      code: 2,
      stderr: `hubspot-campaigns-mock: ${url}/none.json: status 404\n`,
    })
    expect(await commandHere(['drift', `${url}/empty.json`])).toMatchObject({
      code: 2,
      stderr: `hubspot-campaigns-mock: ${url}/empty.json: empty file\n`,
    })
  })
})

/** Ten lists, each with ten times the one before it. */
const bomb = Array.from({ length: 10 }, (_, i) => `a${i}: &a${i} [${Array(10).fill(i === 0 ? 1 : `*a${i - 1}`)}]`).join(
  '\n',
)

describe('a file that is not a spec is refused in one line, with exit 2', () => {
  test.each([
    ['malformed', '{"openapi":', ':1:12: unexpected end, expected a value'],
    ['empty', '', ': empty file'],
    ['huge', ' '.repeat(20 * 1024 * 1024), ": over 10 MiB; HubSpot's files are far smaller"],
    ['malformed YAML', 'openapi: [3', ':1:12: Flow sequence in block collection must be'],
    ['huge YAML', `a: ${' '.repeat(3 * 1024 * 1024)}`, ': over 2 MiB of YAML: convert it to JSON'],
    ['a text', 'hello', ': not an OpenAPI 3 file'],
    ['YAML with a bomb of aliases', bomb, ': '],
    ['large and malformed', `[${'0,'.repeat(4 * 1024 * 1024)}`, ': not JSON'],
    ['foreign', '{"name":"my-app"}', ': not an OpenAPI 3 file: the member "openapi" is missing, or is not 3'],
    [
      'another API',
      '{"openapi":"3.0.1","paths":{"/pets":{"get":{}}}}',
      ': no operation of this mock is in it: docs/SUPPORTED.md lists their paths',
    ],
    [
      'of a version',
      '{"openapi":"3.0.1","info":{"version":"v9"},"paths":{"/x/campaigns/v9/batch/read":{"post":{}}}}',
      ': no operation of this mock is in it',
    ],
  ])('%s', async (_, text, message) => {
    const path = join(await folder({ 'spec.json': text }), 'spec.json')
    const { code, stdout, stderr } = await commandHere(['drift', path])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.startsWith(`hubspot-campaigns-mock: ${path}${message}`)).toBe(true)
    expect(stderr.indexOf('\n')).toBe(stderr.length - 1)
  })

  test.each([
    ['huge once unpacked', gzipSync(' '.repeat(11 * 1024 * 1024)), ": over 10 MiB; HubSpot's files are far smaller"],
    ['cut off while it was packed', gzipSync('{"openapi":"3.0.1"}').subarray(0, 20), ': cannot be decompressed'],
  ])('%s', async (_, bytes, message) => {
    const path = join(await folder(), 'spec.json')
    await writeFile(path, bytes)
    expect(await commandHere(['drift', path])).toEqual({
      code: 2,
      stdout: '',
      stderr: `hubspot-campaigns-mock: ${path}${message}\n`,
    })
  })

  test.each([
    ['a reference that is not encoded well', '#/components/schemas/a%b'],
    ['a reference that is none', { toString: 1 }],
  ])('%s ends in exit 1 or 2, in one line, without a stack', async (_, $ref) => {
    const document = {
      openapi: '3.0.1',
      info: { version: '\u001b[31mv3' },
      paths: { [v3]: { post: { responses: { 200: { $ref } } } } },
    }
    const path = join(await folder({ 'spec.json': JSON.stringify(document) }), 'spec.json')
    const { code, stdout, stderr } = await commandHere(['drift', path])
    expect([1, 2]).toContain(code)
    expect(stdout + stderr).not.toContain('\u001b')
    expect(stdout + stderr).not.toContain('at file:')
  })

  test.each<[string, (n: number) => Json]>([
    ['two ways to the next', (n) => ({ properties: { a: { $ref: `#/s/${n + 1}` }, b: { $ref: `#/s/${n + 1}` } } })],
    ['two parts that are the next', (n) => ({ allOf: [{ $ref: `#/s/${n + 1}` }, { $ref: `#/s/${n + 1}` }] })],
  ])('schemas with %s, again and again, are refused after 200 000 schemas', async (_, schemaOf) => {
    const s = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [n, schemaOf(n)]))
    const content = { 'application/json': { schema: { $ref: '#/s/0' } } }
    const document = { openapi: '3.0.1', paths: { [v3]: { post: { responses: { 200: { content } } } } }, s }
    const path = join(await folder({ 'spec.json': JSON.stringify(document) }), 'spec.json')
    expect(await commandHere(['drift', path])).toEqual({
      code: 2,
      stdout: '',
      stderr: `hubspot-campaigns-mock: ${path}: more than 200000 schemas\n`,
    })
  })

  // Ten million characters, nearly as many as a file may have: at the square of that a comparison would never end.
  test.each<[string, Json]>([
    ['a path that says the same again and again', { paths: { ['/campaigns'.repeat(1_000_000)]: { post: {} } } }],
    [
      'words that begin the same again and again',
      { paths: { [v3]: { post: { description: 'maximum number of items '.repeat(400_000) } } } },
    ],
    [
      'a version of ten million letters',
      { info: { version: 'v'.repeat(10_000_000) }, paths: { '/campaigns/batch/read': { get: {} } } },
    ],
  ])('%s is compared, and the message stays short', async (_, document) => {
    const path = join(
      await folder({ 'spec.json': JSON.stringify({ openapi: '3.0.1', ...Object(document) }) }),
      'spec.json',
    )
    const { code, stderr } = await commandHere(['drift', path])
    expect([1, 2]).toContain(code)
    expect(stderr.length).toBeLessThan(1000)
  })

  test('the user of a URL is sent as credentials, and never printed', async () => {
    const server = createServer(
      ({ headers }, answer) => void answer.end(JSON.stringify({ sent: headers.authorization })),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const url = `http://user:p%40ss-word@127.0.0.1:${port}/spec.json?key=hidden#hidden`
    expect(await commandHere(['drift', url])).toEqual({
      code: 2,
      stdout: '',
      stderr: `hubspot-campaigns-mock: http://127.0.0.1:${port}/spec.json: not an OpenAPI 3 file: the member "openapi" is missing, or is not 3\n`,
    })
    expect(await commandHere(['drift', 'http://user:p@ss-word@127.0.0.1:1/spec.json'])).toMatchObject({
      code: 2,
      stderr: expect.not.stringContaining('ss-word'),
    })
  })

  test('two thousand unknown members are all found', () => {
    const members = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`m${i}`, { type: 'string' }]))
    const document = structuredClone(ours)
    Object.assign(document.components.schemas.PublicCampaignAsset.properties, members)
    expect(unknown(document).length).toBeGreaterThan(2000)
  })

  test('a comparison looks each unknown member up equally often, however many there are', () => {
    class CountedFacts extends Facts {
      lookups = 0
      override get(...place: Parameters<Facts['get']>) {
        this.lookups += 1
        return super.get(...place)
      }
      override has(fact: Parameters<Facts['has']>[0]) {
        this.lookups += 1
        return super.has(fact)
      }
    }
    const lookups = (members: number) => {
      const [theirs, mine] = [new CountedFacts(), new CountedFacts()]
      const response = Subject.of('response', '200')
      for (let i = 0; i < members; i++) theirs.add(response.member(`m${i}`), 'presence', 'optional')
      mine.add(response.member('id'), 'presence', 'required')
      expect(compareFacts(theirs, mine, []).differences).toHaveLength(members + 1)
      return theirs.lookups + mine.lookups
    }
    expect(lookups(2000) - lookups(1000)).toBe(lookups(1000) - lookups(0))
  })

  test('a URL that nothing can be fetched from', async () => {
    const { code, stderr } = await commandHere(['drift', 'http://127.0.0.1:1/spec.json'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'hubspot-campaigns-mock: http://127.0.0.1:1/spec.json: cannot be fetched (bad port)\n',
    })
  })

  test.each([
    [[], 'drift: give one file, folder or URL'],
    [['a', 'b'], 'drift: give one file, folder or URL'],
    [['no-such-file.json'], 'no-such-file.json: no such file'],
    [['http://user:secret@'], 'drift: invalid URL'],
    [['.'], '.: not a file'],
    [['--jsn', 'a'], 'unknown flag --jsn: did you mean "--json"?'],
  ])('%j', async (args, message) => {
    expect(await commandHere(['drift', ...args])).toEqual({
      code: 2,
      stdout: '',
      stderr: `hubspot-campaigns-mock: ${message}\n`,
    })
  })
})
