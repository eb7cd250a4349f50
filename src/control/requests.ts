import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { parseMoment } from '../text/dates.ts'
import { Exchange } from '../world/journal/exchange.ts'
import { JournalFilter } from '../world/journal/journal.ts'
import { Verdict, Verification } from '../world/journal/verify.ts'
import { BadInput } from '../world/refusal.ts'

/** The journal: what was asked and answered. */
export const requestRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/_mock/requests',
    {
      schema: {
        summary: 'The journal, oldest first',
        querystring: Type.Object(
          {
            ...JournalFilter.properties,
            since: Type.Optional(Type.String({ title: 'a moment: 2026-01-31T23:59:59.000Z' })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            requests: Type.Array(Exchange),
            total: Type.Integer({ description: 'how many match, without the limit' }),
            dropped: Type.Integer({ description: 'how many were dropped to keep the journal small' }),
          }),
        },
      },
    },
    async ({ controls: { journal }, query: { since, limit, ...filter } }) => {
      const matching = journal.list({ ...filter, since: momentOf(since) })
      const requests = limit === undefined ? matching : matching.slice(Math.max(0, matching.length - limit))
      return { requests, total: matching.length, dropped: journal.dropped }
    },
  )

  app.get(
    '/_mock/requests/:correlationId',
    {
      schema: {
        summary: 'One exchange',
        params: Type.Object({ correlationId: Type.String() }),
        response: { 200: Exchange },
      },
    },
    async ({ controls, params }) => controls.journal.get(params.correlationId),
  )

  app.delete(
    '/_mock/requests',
    {
      schema: { summary: 'Forget what was recorded', response: { 200: Type.Object({ cleared: Type.Literal(true) }) } },
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
        summary: 'Whether something was asked so many times, and if not what comes nearest',
        body: Verification,
        response: { 200: Verdict },
      },
    },
    async ({ controls, body }) => controls.journal.verify(body),
  )
}

function momentOf(text: string | undefined): number | undefined {
  const milliseconds = text === undefined ? undefined : parseMoment(text)
  if (text === undefined || milliseconds !== undefined) return milliseconds
  throw new BadInput(`querystring since: ${JSON.stringify(text)} is no moment`, 'write it as 2026-01-31T23:59:59.000Z')
}
