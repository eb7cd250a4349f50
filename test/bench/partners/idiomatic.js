// What anyone would write: the same endpoint in Fastify, with TypeBox schemas and a Map. Arguments: port and fixture.
import { readFileSync } from 'node:fs'
import { Type } from '@sinclair/typebox'
import Fastify from 'fastify'

const [port, file] = process.argv.slice(2)
const campaigns = new Map(JSON.parse(readFileSync(file, 'utf8')).campaigns.map((campaign) => [campaign.id, campaign]))

const Asset = Type.Object({
  id: Type.String(),
  name: Type.Optional(Type.String()),
  metrics: Type.Optional(Type.Record(Type.String(), Type.Number())),
})
const Campaign = Type.Object({
  id: Type.String(),
  properties: Type.Record(Type.String(), Type.String()),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  businessUnits: Type.Array(Type.Object({ id: Type.Integer() })),
  assets: Type.Record(Type.String(), Type.Object({ results: Type.Array(Asset) })),
})
const answered = {
  completedAt: Type.String(),
  status: Type.String(),
  startedAt: Type.String(),
  results: Type.Array(Campaign),
}
const Failure = Type.Object({
  status: Type.String(),
  category: Type.String(),
  message: Type.String(),
  context: Type.Record(Type.String(), Type.Array(Type.String())),
  errors: Type.Array(Type.Object({})),
  links: Type.Record(Type.String(), Type.String()),
})
const schema = {
  querystring: Type.Object({
    properties: Type.Optional(Type.String()),
    startDate: Type.Optional(Type.String({ format: 'date' })),
    endDate: Type.Optional(Type.String({ format: 'date' })),
  }),
  body: Type.Object({ inputs: Type.Array(Type.Object({ id: Type.String() }), { maxItems: 50 }) }),
  response: {
    200: Type.Object(answered),
    207: Type.Object({ ...answered, errors: Type.Array(Failure), numErrors: Type.Integer() }),
  },
}

const app = Fastify()
app.addHook('onRequest', async (request, reply) => {
  if (request.headers.authorization?.startsWith('Bearer ')) return
  return reply
    .code(401)
    .send({ status: 'error', message: 'Authentication credentials not found.', correlationId: request.id })
})
app.post('/marketing/v3/campaigns/batch/read', { schema }, async (request, reply) => {
  const startedAt = new Date().toISOString()
  const { properties, startDate, endDate } = request.query
  const names = properties?.split(',') ?? []
  const results = []
  const errors = []
  for (const { id } of request.body.inputs) {
    const campaign = campaigns.get(id)
    if (campaign === undefined) {
      const message = `Campaign not found: ${id}`
      const context = { campaignGuid: [id] }
      errors.push({ status: 'error', category: 'OBJECT_NOT_FOUND', message, context, errors: [], links: {} })
      continue
    }
    const picked = names.filter((name) => campaign.properties[name]).map((name) => [name, campaign.properties[name]])
    const assets = Object.entries(campaign.assets).map(([type, all]) => [
      type,
      { results: all.map(({ id, name, metrics }) => (startDate && endDate ? { id, name, metrics } : { id, name })) },
    ])
    results.push({ ...campaign, properties: Object.fromEntries(picked), assets: Object.fromEntries(assets) })
  }
  const answer = { completedAt: new Date().toISOString(), status: 'COMPLETE', startedAt, results }
  if (errors.length === 0) return answer
  return reply.code(207).send({ ...answer, errors, numErrors: errors.length })
})
await app.listen({ port: Number(port) })
