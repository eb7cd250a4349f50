import { pino } from 'pino'
import { StartConfig } from '../config.ts'
import { startMock } from '../mock.ts'
import type { Logger, Mock } from '../public/mock.ts'
import { readConfig } from './flags.ts'
import type { Terminal } from './terminal.ts'

/** Starts a mock that is configured by flags and environment, and prints its URL once it is ready. */
export async function start(args: readonly string[], { env, stdout, stderr }: Terminal): Promise<Mock> {
  const { logLevel, ...options } = readConfig(StartConfig, args, env)
  const mock = await startMock({ ...options, logger: await loggerFor(logLevel, stderr) })
  stdout.write(`listening on ${mock.url}\n`)
  return mock
}

/** The logger of a mock. The log goes to stderr, formatted for people on a terminal, otherwise as JSON lines. */
export async function loggerFor(level: string, stderr: Terminal['stderr']): Promise<Logger | false> {
  if (level === 'silent') return false
  if (!stderr.isTTY) return createLogger(level, stderr)
  const { default: pretty } = await import('pino-pretty')
  const ignore = 'pid,hostname,reqId,method,path,status,found,failed,scenario,error,portal,hint,ms'
  return createLogger(level, pretty({ destination: stderr, ignore }))
}

function createLogger(level: string, stream: NodeJS.WritableStream): Logger {
  return pino({ level }, stream)
}
