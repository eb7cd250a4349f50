import { expect, test } from 'vitest'
import { type OperationRoute, operationRoutes } from '../src/contract/operation-routes.ts'
import { compareFacts } from '../src/drift/spec/compare-facts.ts'
import { knownDifferencesOf } from '../src/drift/spec/known-differences.ts'
import { operationFacts } from '../src/drift/spec/operation-facts.ts'
import type { SpecDocument } from './made-specs.ts'
import { hubspotDocuments, madeSpecs, served } from './specs.ts'

type Any = ReturnType<typeof JSON.parse>

/** A change of a document: its name, and what does it to a copy of the document and the operation in it. */
type Change = readonly [name: string, (document: SpecDocument, operation: Any) => unknown]

interface Case {
  readonly route: OperationRoute
  readonly document: SpecDocument
}

const documents: SpecDocument[] = [...hubspotDocuments, ...madeSpecs.map(({ document }) => document)]
const methodOf = ({ operation }: OperationRoute) => operation.method.toLowerCase()

/** Each operation on the first of its versions that a document has. */
const cases = [
  ...new Map(
    operationRoutes.flatMap((route) => {
      const document = documents.find(({ paths }) => paths?.[route.path]?.[methodOf(route)] !== undefined)
      return document === undefined ? [] : [[route.name, { name: route.name, route, document }] as const]
    }),
  ).values(),
]

function differences({ route, document }: Case): number {
  const [theirs, ours] = [document, served].map((one) => operationFacts(one, route.path, methodOf(route)))
  if (theirs === undefined || ours === undefined) return 0
  const { differences } = compareFacts(theirs, ours, knownDifferencesOf(route))
  return differences.filter(({ known }) => known === null).length
}

function changed({ route, document }: Case, [, change]: Change): Case {
  const copy = structuredClone(document)
  change(copy, copy.paths[route.path][methodOf(route)])
  return { route, document: copy }
}

type Pointer = readonly string[]

const at = (document: SpecDocument, pointer: Pointer): Any => pointer.reduce((value, step) => value[step], document)
const componentOf = (reference: string): Pointer => reference.replace('#/', '').split('/')

/** Where a schema and all schemas inside of it are, past references. */
function* sitesIn(document: SpecDocument, pointer: Pointer, seen = new Set<string>()): Generator<Pointer> {
  const schema = at(document, pointer)
  if (schema?.$ref !== undefined) return yield* sitesIn(document, componentOf(schema.$ref), seen)
  if (schema === undefined || seen.has(pointer.join('/'))) return
  seen.add(pointer.join('/'))
  yield pointer
  for (const name of Object.keys(schema.properties ?? {})) {
    yield* sitesIn(document, [...pointer, 'properties', name], seen)
  }
  for (const keyword of ['items', 'additionalProperties']) {
    if (typeof schema[keyword] === 'object') yield* sitesIn(document, [...pointer, keyword], seen)
  }
  for (const keyword of ['oneOf', 'anyOf']) {
    for (const i of Object.keys(schema[keyword] ?? [])) yield* sitesIn(document, [...pointer, keyword, i], seen)
  }
}

/** Where the schemas of an operation are: of its parameters, its body and its responses. */
function schemasOf({ route, document }: Case): Pointer[] {
  const root = ['paths', route.path, methodOf(route)]
  const operation = at(document, root)
  const contents = [
    [...root, 'requestBody'],
    ...Object.entries<Any>(operation.responses).map(([status, response]) =>
      response.$ref === undefined ? [...root, 'responses', status] : componentOf(response.$ref),
    ),
  ]
  return [
    ...Object.keys(operation.parameters ?? []).map((i) => [...root, 'parameters', i, 'schema']),
    ...contents.flatMap((pointer) =>
      Object.keys(at(document, pointer)?.content ?? {}).map((type) => [...pointer, 'content', type, 'schema']),
    ),
  ].filter((pointer) => at(document, pointer) !== undefined)
}

const success = (operation: Any) =>
  Object.keys(operation.responses).find((status) => status.startsWith('2')) ?? 'default'
const parameter = (where: string, more: object = {}) => ({
  name: 'new',
  in: where,
  schema: { type: 'string' },
  ...more,
})
const json = (schema: object) => ({ 'application/json': { schema } })

/** Mutations that every operation can have. */
const ofOperations: readonly Change[] = [
  ['another operationId', (_, o) => (o.operationId = 'other')],
  ['a deprecation, or none', (_, o) => (o.deprecated = !o.deprecated)],
  ['another server', (_, o) => (o.servers = [{ url: 'https://api.hubspot.com' }])],
  ['a server more', (d, o) => (o.servers = [...d.servers, { url: 'https://api-eu1.hubapi.com' }])],
  ['a way more to authenticate', (_, o) => (o.security = [...(o.security ?? []), { developer_hapikey: [] }])],
  ['another scope', (_, o) => (o.security = [{ oauth2: ['crm.read'] }])],
  ['a parameter in the query more', (_, o) => (o.parameters = [...(o.parameters ?? []), parameter('query')])],
  ['a header more', (_, o) => (o.parameters = [...(o.parameters ?? []), parameter('header')])],
  ['a cookie more', (_, o) => (o.parameters = [...(o.parameters ?? []), parameter('cookie')])],
  [
    'a required parameter',
    (_, o) => (o.parameters = [...(o.parameters ?? []), parameter('query', { required: true })]),
  ],
  [
    'a parameter of the path item',
    (d, o) => {
      const item = Object.values<Any>(d.paths).find((one) => Object.values(one).includes(o))
      item.parameters = [parameter('query')]
    },
  ],
  [
    'a body, or none',
    (_, o) => {
      if (o.requestBody === undefined) o.requestBody = { content: json({ type: 'object' }) }
      else delete o.requestBody
    },
  ],
  [
    'a body that is required, or not',
    (_, o) => {
      o.requestBody ??= { content: json({ type: 'object' }) }
      o.requestBody.required = !o.requestBody.required
      o.requestBody.content['text/new'] = {}
    },
  ],
  ['a maximum of inputs in words', (_, o) => (o.description = 'The maximum number of inputs is 7.')],
  ['no success', (_, o) => delete o.responses[success(o)]],
  [
    'another status of success',
    (_, o) => {
      const status = success(o)
      o.responses['299'] = o.responses[status]
      delete o.responses[status]
    },
  ],
  ['a success more', (_, o) => (o.responses['202'] = { description: '' })],
  ['an error more', (_, o) => (o.responses['404'] = { description: '' })],
  ['a range of statuses', (_, o) => (o.responses['4XX'] = o.responses.default)],
  [
    'a header of a new success',
    (_, o) => (o.responses['203'] = { headers: { 'X-New': { schema: { type: 'string' } } } }),
  ],
  ['a success of another media type', (_, o) => (o.responses['206'] = { content: { 'text/csv': {} } })],
  ['a success by another schema', (_, o) => (o.responses['200'] = { content: json({ type: 'array', items: {} }) })],
  ['no default', (_, o) => delete o.responses.default],
  ['a default of another media type', (_, o) => (o.responses.default = { content: { 'text/html': {} } })],
  [
    'a default with a header',
    (_, o) => (o.responses.default = { headers: { 'X-New': { schema: { type: 'string' } } } }),
  ],
]

const isLeaf = (schema: Any) => ['string', 'integer', 'number', 'boolean'].includes(schema.type)

/** Mutations of one schema; those that do not apply to it are left out. */
function mutationsOf(schema: Any): readonly (readonly [string, (schema: Any) => unknown])[] {
  const required: string[] = schema.required ?? []
  const [first] = Object.keys(schema.properties ?? {})
  const whole = [
    ['another type', (s: Any) => (s.type = s.type === 'boolean' ? 'string' : 'boolean')],
    ['a value that may be null', (s: Any) => (s.nullable = true)],
    ['a deprecated member', (s: Any) => (s.deprecated = true)],
    ['a member that is not sent', (s: Any) => (s.writeOnly = true)],
  ] as const
  const leaf = [
    ['one value', (s: Any) => (s.enum = ['NEW'])],
    ['another format', (s: Any) => (s.format = 'new')],
    ['a pattern', (s: Any) => (s.pattern = '^A$')],
    ['a default', (s: Any) => (s.default = 'new')],
  ] as const
  const object = [
    ['a member more', (s: Any) => (s.properties = { ...s.properties, new: { type: 'string' } })],
    [
      'a required member more',
      (s: Any) => {
        s.properties = { ...s.properties, new: { type: 'string' } }
        s.required = [...required, 'new']
      },
    ],
    ['few members', (s: Any) => (s.maxProperties = 2)],
  ] as const
  const members = [
    ['a member less', (s: Any) => delete s.properties[first ?? '']],
    [
      'a member that is required, or not',
      (s: Any) => {
        s.required = required.includes(first ?? '') ? required.filter((name) => name !== first) : [...required, first]
      },
    ],
    [
      'a member by another name',
      (s: Any) => {
        s.properties.renamed = s.properties[first ?? '']
        delete s.properties[first ?? '']
      },
    ],
  ] as const
  const list = [
    ['few items', (s: Any) => (s.maxItems = 3)],
    ['items that differ', (s: Any) => (s.uniqueItems = true)],
  ] as const
  return [
    ...(schema.type === undefined ? [] : whole),
    ...(isLeaf(schema) ? leaf : []),
    ...(schema.type === 'object' ? object : []),
    ...(first === undefined ? [] : members),
    ...(schema.type === 'array' ? list : []),
  ]
}

const maximumSites = 8

/** Mutations of the schemas of an operation, evenly chosen. */
function ofSchemas(one: Case): Change[] {
  const sites = [
    ...new Map(
      schemasOf(one)
        .flatMap((pointer) => [...sitesIn(one.document, pointer)])
        .map((site) => [site.join('/'), site]),
    ).values(),
  ]
  const step = Math.max(1, Math.floor(sites.length / maximumSites))
  return sites
    .filter((_, i) => i % step === 0)
    .flatMap((site) =>
      mutationsOf(at(one.document, site)).map(([name, mutate]): Change => {
        return [`${site.join('/')}: ${name}`, (document) => mutate(at(document, site))]
      }),
    )
}

test.each(cases)('every mutation of $name is found, and there are more than 40', (one) => {
  expect(differences(one)).toBe(0)
  const changes = [...ofOperations, ...ofSchemas(one)]
  const kinds = new Set(changes.map(([name]) => name.replace(/^.*: /, '')))
  expect(changes.length).toBeGreaterThan(40)
  expect(kinds.size).toBeGreaterThan(30)
  expect(changes.filter((change) => differences(changed(one, change)) === 0).map(([name]) => name)).toEqual([])
})

/** A value with the members of all objects in another order. */
function reversed(value: Any): Any {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  )
}

function eachSchema(one: Case, change: (schema: Any, document: SpecDocument) => unknown): Change[1] {
  return (document) => {
    const pointers = schemasOf({ ...one, document }).flatMap((pointer) => [...sitesIn(document, pointer)])
    const schemas = new Set<Any>(pointers.map((pointer) => at(document, pointer)))
    for (const schema of schemas) change(schema, document)
  }
}

/** The references of an operation, replaced by what they refer to. */
function inline(document: SpecDocument, value: Any): Any {
  if (Array.isArray(value)) return value.map((item) => inline(document, item))
  if (typeof value !== 'object' || value === null) return value
  if (typeof value.$ref === 'string') return inline(document, at(document, componentOf(value.$ref)))
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inline(document, member)]))
}

/** Changes that promise nothing else. */
const rewritings: Record<string, (one: Case) => Change[1]> = {
  'members in another order': () => (d) => Object.assign(d, reversed(structuredClone(d))),
  'other words': (one) => (d, o) => {
    o.summary = 'Other'
    if (!String(o.description).includes('maximum')) o.description = 'Other'
    return eachSchema(one, (s) => Object.assign(s, { description: 'Other', example: 'Other', title: s.title }))(d, o)
  },
  'required members and values in another order': (one) =>
    eachSchema(one, (s) => {
      s.required?.reverse()
      s.enum?.reverse()
      s.oneOf?.reverse()
    }),
  'schemas where they are used':
    ({ route }) =>
    (d) => {
      d.paths[route.path][methodOf(route)] = inline(d, d.paths[route.path][methodOf(route)])
    },
  'defaults written out': (one) =>
    eachSchema(one, (s) =>
      Object.assign(s, { nullable: s.nullable ?? false, readOnly: false, deprecated: s.deprecated ?? false }),
    ),
  'types in lists': (one) =>
    eachSchema(one, (s) => {
      if (s.type !== undefined) s.type = [s.type].flat()
    }),
  'a whole of one part': (one) => (d) => {
    for (const pointer of schemasOf({ ...one, document: d })) {
      at(d, pointer.slice(0, -1)).schema = { allOf: [at(d, pointer)] }
    }
  },
  'a choice instead of a list of values': (one) =>
    eachSchema(one, (s) => {
      if (s.type !== 'string' || !(s.enum?.length > 1)) return
      const { enum: values, ...rest } = s
      for (const name of Object.keys(s)) delete s[name]
      Object.assign(s, {
        default: rest.default,
        oneOf: values.map((value: string) => ({ type: 'string', enum: [value] })),
      })
    }),
  'anyOf instead of oneOf': (one) =>
    eachSchema(one, (s) => {
      if (s.oneOf === undefined) return
      s.anyOf = s.oneOf
      delete s.oneOf
    }),
  'servers and security of the operation': () => (d, o) => {
    o.servers = d.servers
    o.security ??= d.security ?? []
  },
  'parameters in another order': () => (_, o) => o.parameters?.reverse(),
  'parameters of the path item':
    ({ route }) =>
    (d, o) => {
      d.paths[route.path] = { parameters: o.parameters ?? [], [methodOf(route)]: { ...o, parameters: [] } }
    },
  'a path item that is elsewhere':
    ({ route }) =>
    (d) => {
      d.components.pathItems = { one: d.paths[route.path] }
      d.paths[route.path] = { $ref: '#/components/pathItems/one' }
    },
  'a parameter by reference': () => (d, o) => {
    d.components.parameters = Object.fromEntries(Object.entries(o.parameters ?? []))
    o.parameters = Object.keys(o.parameters ?? []).map((i) => ({ $ref: `#/components/parameters/${i}` }))
  },
  'an extension': () => (_, o) => (o['x-new'] = true),
  'a media type in capitals': () => (_, o) => {
    const { content } = o.requestBody ?? {}
    if (content)
      o.requestBody.content = Object.fromEntries(
        Object.entries(content).map(([type, media]) => [type.toUpperCase(), media]),
      )
  },
  'a server with a variable': () => (d) => {
    d.servers = [{ url: 'https://{host}/', variables: { host: { default: 'api.hubapi.com' } } }]
  },
}

test.each(cases)('no rewriting of $name that means the same is reported', (one) => {
  const reported = Object.entries(rewritings).filter(([name, change]) => {
    return differences(changed(one, [name, change(one)])) > 0
  })
  expect(reported.map(([name]) => name)).toEqual([])
})
