import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { BadInput } from '../public/errors.ts'
import { FixtureCampaign } from '../world/fixtures/fixture.ts'
import { TooMuchData } from '../world/planted-data.ts'

const FullCampaign = Type.Required(FixtureCampaign)
const Params = Type.Object({ id: Type.String() })

const maximumPerPage = 1000

/** Lists, reads, adds, replaces and removes campaigns. */
export const campaignRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/_mock/campaigns',
    {
      schema: {
        operationId: 'mock.campaigns.list',
        summary: 'List the campaigns, generated ones last',
        querystring: Type.Object(
          {
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maximumPerPage })),
            after: Type.Optional(Type.String()),
            name: Type.Optional(Type.String({ description: 'a part of the name, in any case' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ campaigns: Type.Array(FullCampaign), after: Type.Optional(Type.String()) }) },
      },
    },
    async ({ controls, query: { limit = 100, after, name } }) => {
      const found = controls.campaigns.list({ limit: limit + 1, after, name })
      const campaigns = found.slice(0, Math.min(limit, countWithin(found, maximumPageBytes)))
      // A search by name returns only one page.
      if (name !== undefined) return { campaigns }
      return { campaigns, ...(found.length > campaigns.length ? { after: campaigns.at(-1)?.id ?? '' } : {}) }
    },
  )

  app.get(
    '/_mock/campaigns/:id',
    {
      schema: {
        operationId: 'mock.campaigns.get',
        summary: 'Read one campaign',
        params: Params,
        response: { 200: FullCampaign },
      },
    },
    async ({ controls, params }) => controls.campaigns.get(params.id),
  )

  app.put(
    '/_mock/campaigns',
    {
      bodyLimit: maximumListBytes,
      preValidation: async ({ body }) => refuseLongList(body),
      schema: {
        operationId: 'mock.campaigns.putAll',
        summary: 'Add or replace several campaigns: all of them, or none if one is invalid',
        body: Type.Array(FixtureCampaign),
        response: { 200: Type.Object({ campaigns: Type.Array(FullCampaign) }) },
      },
    },
    async ({ controls, body }) => ({ campaigns: controls.campaigns.putAll(body) }),
  )

  app.put(
    '/_mock/campaigns/:id',
    {
      schema: {
        operationId: 'mock.campaigns.put',
        summary: 'Add a campaign, or replace the one with this id',
        params: Params,
        body: Type.Object({ ...FixtureCampaign.properties, id: Type.Optional(Type.String()) }, closed),
        response: { 200: FullCampaign },
      },
    },
    async ({ controls, params, body }) => {
      if (body.id !== undefined && body.id !== params.id) {
        throw new BadInput(
          `body.id: expected ${JSON.stringify(params.id)} as in the path, got ${JSON.stringify(body.id)}`,
          'leave out the id in the body',
        )
      }
      return controls.campaigns.put({ ...body, id: params.id })
    },
  )

  app.delete(
    '/_mock/campaigns/:id',
    {
      schema: {
        operationId: 'mock.campaigns.remove',
        summary: 'Remove a campaign',
        params: Params,
        response: { 200: Type.Object({ removed: Type.Literal(true) }) },
      },
    },
    async ({ controls, params }) => {
      controls.campaigns.remove(params.id)
      return { removed: true as const }
    },
  )
}

/** Checking a larger list would block all other calls for seconds. */
const maximumListBytes = 16 * 1024 * 1024
/** As for the size, since each campaign takes time however small it is. */
const maximumListed = 20_000
/** As for the campaigns: what they contain, such as properties. */
const maximumValues = 200_000

/** @throws {TooMuchData} before the campaigns are checked one by one */
function refuseLongList(body: unknown): void {
  if (!Array.isArray(body)) return
  if (body.length > maximumListed) throw tooMuch(`${body.length} campaigns`, maximumListed)
  if (hasMoreValues(body, maximumValues)) throw tooMuch(`over ${maximumValues} values`, maximumValues)
}

function tooMuch(found: string, maximum: number): TooMuchData {
  const message = `body: ${found}, the maximum of one call is ${maximum}`
  return new TooMuchData(message, 'send several calls, or put the campaigns into a fixture')
}

/** Whether a value and everything in it are more than a number of values. */
function hasMoreValues(value: unknown, maximum: number): boolean {
  const open = [value]
  let count = 0
  for (let one = open.pop(); open.length + count <= maximum; one = open.pop()) {
    count += 1
    if (typeof one === 'object' && one !== null) for (const member of Object.values(one)) open.push(member)
    if (open.length === 0) return false
  }
  return true
}

/** The maximum size of a page. A page has at least one campaign, even if that is larger. */
const maximumPageBytes = 32 * 1024 * 1024

/** How many of the values fit into a number of bytes as JSON: at least one. */
function countWithin(values: readonly unknown[], maximumBytes: number): number {
  let bytes = 0
  const first = values.findIndex((value) => {
    bytes += JSON.stringify(value).length
    return bytes > maximumBytes
  })
  return first < 0 ? values.length : Math.max(1, first)
}

const closed = { additionalProperties: false }
