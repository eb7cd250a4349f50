import closeWithGrace from 'close-with-grace'
import type { FastifyServerOptions } from 'fastify'
import { readConfig, StartConfig } from '../config.ts'
import { startMock } from '../mock.ts'

/** So long running answers may take to finish after a signal. */
const graceMs = 5000

/** Starts the mock from the command line; SIGTERM and SIGINT end it. */
export async function start(args: readonly string[]): Promise<void> {
  const { logLevel, ...options } = readConfig(StartConfig, args, process.env)
  const starting = startMock({ ...options, logger: await loggerFor(logLevel) })
  // From here on, not from when it answers: a container's first process has no default for SIGTERM.
  const { close } = closeWithGrace({ delay: graceMs, logger: false, skip: ['beforeExit'] }, async ({ err }) => {
    if (err !== undefined) process.stderr.write(`hubspot-campaigns-mock: ${err.message}\n`)
    await (await starting).close()
  })
  const { url } = await starting
  process.stdout.write(`listening on ${url}\n`)
  if (process.env['npm_lifecycle_event'] !== undefined) whenOrphaned(close)
}

const lookForParentMs = 200

/**
 * A signal to `npm start` ends npm and the shell it runs scripts in, but never reaches this process,
 * which would keep the port for good.
 */
function whenOrphaned(close: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    close()
  }, lookForParentMs)
  timer.unref()
}

/** The log goes to stderr, so that stdout says one thing alone: for people on a terminal, as JSON elsewhere. */
async function loggerFor(level: string): Promise<FastifyServerOptions['logger']> {
  if (!process.stderr.isTTY) return { level, stream: process.stderr }
  const { default: pretty } = await import('pino-pretty')
  const stream = pretty({ destination: 2, sync: true, ignore: 'pid,hostname,reqId,method,path,status,ms,found,failed' })
  return { level, stream }
}
