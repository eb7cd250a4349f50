import closeWithGrace from 'close-with-grace'
import type { FastifyServerOptions } from 'fastify'
import { readConfig, StartConfig } from '../config.ts'
import { startMock } from '../mock.ts'

/** So long running answers may take to finish after a signal. */
const graceMs = 5000

/** Starts the mock from the command line; SIGTERM and SIGINT end it. */
export async function start(args: readonly string[]): Promise<void> {
  const { logLevel, ...options } = readConfig(StartConfig, args, process.env)
  const mock = await startMock({ ...options, logger: await loggerFor(logLevel) })
  process.stdout.write(`listening on ${mock.url}\n`)
  closeWithGrace({ delay: graceMs, logger: false }, async ({ err }) => {
    if (err !== undefined) process.stderr.write(`hubspot-campaigns-mock: ${err.message}\n`)
    await mock.close()
  })
}

/** The log goes to stderr, so that stdout says one thing alone: for people on a terminal, as JSON elsewhere. */
async function loggerFor(level: string): Promise<FastifyServerOptions['logger']> {
  if (!process.stderr.isTTY) return { level, stream: process.stderr }
  const { default: pretty } = await import('pino-pretty')
  const stream = pretty({ destination: 2, sync: true, ignore: 'pid,hostname,reqId,method,path,status,ms,found,failed' })
  return { level, stream }
}
