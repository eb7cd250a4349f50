import type { Socket } from 'node:net'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { BadInput, NotThere, UnexpectedRequests } from '../public/errors.ts'
import { CloseSignal } from '../text/close-signal.ts'
import { Exchange } from '../world/journal/exchange.ts'
import { WaitFilter, WaitOptions } from '../world/journal/exchange-wait.ts'
import type { ControlOptions } from './options.ts'
import { momentOf, Since } from './since.ts'

/** Waits for an exchange, as a long poll. */
export const requestWaitRoute: FastifyPluginAsyncTypebox<Pick<ControlOptions, 'closing'>> = async (
  app,
  { closing },
) => {
  app.get(
    '/_mock/requests/wait',
    {
      schema: {
        operationId: 'mock.journal.waitFor',
        summary: 'Wait until a request matches, and read it; 404 after the timeout',
        querystring: Type.Object(
          { ...WaitFilter.properties, since: Since, ...WaitOptions.properties },
          { additionalProperties: false },
        ),
        response: { 200: Exchange },
      },
    },
    async ({ controls, query, raw }) => {
      const { timeoutMs, count, until, since, ...filter } = query
      const wait = controls.journal.startWait({ ...filter, since: momentOf(since) }, { timeoutMs, count, until })
      const cancel = () =>
        wait.cancel(new BadInput('the wait has ended early', 'the mock or the connection was closed'))
      const stops = [closing.onClose(cancel), closeOf(raw.socket).onClose(cancel)]
      try {
        return await wait.result
      } catch (error) {
        if (!(error instanceof UnexpectedRequests)) throw error
        throw new NotThere(error.message, 'GET /_mock/requests lists the requests; timeoutMs sets how long to wait')
      } finally {
        for (const stop of stops) stop()
      }
    },
  )
}

const closeSignals = new WeakMap<Socket, CloseSignal>()

/** The signal that a socket has closed. All waits of a socket share it, so that the socket needs one listener. */
function closeOf(socket: Socket): CloseSignal {
  const known = closeSignals.get(socket)
  if (known !== undefined) return known
  const signal = new CloseSignal()
  closeSignals.set(socket, signal)
  if (socket.destroyed) signal.close()
  else socket.once('close', () => signal.close())
  return signal
}
