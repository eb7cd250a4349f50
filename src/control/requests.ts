import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { Exchange } from '../world/journal/exchange.ts'
import { JournalFilter } from '../world/journal/journal-filter.ts'
import { Verdict, Verification } from '../world/journal/verify.ts'
import { momentOf, Since } from './since.ts'

/** The format of a list of exchanges: that of the journal, or an HTTP Archive. */
const Format = Type.Union([Type.Literal('json'), Type.Literal('har')], {
  title: 'har for an HTTP Archive 1.2',
  description: 'json or har',
})

const Listing = Type.Object({
  requests: Type.Array(Exchange),
  total: Type.Integer({ description: 'the number of matching exchanges, which limit does not change' }),
  dropped: Type.Integer({ description: 'the number of exchanges that were dropped to limit the size of the journal' }),
})

const Archive = Type.Object({ log: Type.Unknown() }, { description: 'with format=har, an HTTP Archive 1.2' })

const attachment = 'attachment; filename="requests.har"'

/** Lists, reads, verifies and clears the exchanges in the journal. */
export const requestRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/_mock/requests',
    {
      schema: {
        operationId: 'mock.journal.list',
        summary: 'List the exchanges in the journal, oldest first',
        querystring: Type.Object(
          { ...JournalFilter.properties, since: Since, format: Type.Optional(Format) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Union([Listing, Archive]),
        },
      },
    },
    async ({ controls: { journal }, query: { since, format = 'json', ...filter } }, reply) => {
      const selected = { ...filter, since: momentOf(since) }
      if (format === 'har') return reply.header('content-disposition', attachment).send(journal.har(selected))
      return { requests: journal.list(selected), total: journal.total(selected), dropped: journal.dropped }
    },
  )

  app.get(
    '/_mock/requests/:correlationId',
    {
      schema: {
        operationId: 'mock.journal.get',
        summary: 'Read one exchange',
        params: Type.Object({ correlationId: Type.String() }),
        response: { 200: Exchange },
      },
    },
    async ({ controls, params }) => controls.journal.get(params.correlationId),
  )

  app.delete(
    '/_mock/requests',
    {
      schema: {
        operationId: 'mock.journal.clear',
        summary: 'Clear the journal',
        response: { 200: Type.Object({ cleared: Type.Literal(true) }) },
      },
    },
    async ({ controls }) => {
      controls.journal.clear()
      return { cleared: true as const }
    },
  )

  app.post(
    '/_mock/requests/verify',
    {
      schema: {
        operationId: 'mock.journal.verify',
        summary: 'Check how many exchanges match; if the number is wrong, show the nearest ones',
        body: Verification,
        response: { 200: Verdict },
      },
    },
    async ({ controls, body }) => controls.journal.verify(body),
  )
}
