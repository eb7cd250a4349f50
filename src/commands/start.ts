import type { FastifyServerOptions } from 'fastify'
import { StartConfig } from '../config.ts'
import { type Mock, startMock } from '../mock.ts'
import { readConfig } from './flags.ts'
import type { Terminal } from './terminal.ts'

/** Starts a mock that is configured by flags and environment, and prints its URL once it is ready. */
export async function start(args: readonly string[], { env, stdout, stderr }: Terminal): Promise<Mock> {
  const { logLevel, ...options } = readConfig(StartConfig, args, env)
  const mock = await startMock({ ...options, logger: await loggerFor(logLevel, stderr) })
  stdout.write(`listening on ${mock.url}\n`)
  return mock
}

/** The logger option of a mock. The log goes to stderr, formatted for people on a terminal, else as JSON lines. */
export async function loggerFor(level: string, stderr: Terminal['stderr']): Promise<FastifyServerOptions['logger']> {
  if (level === 'silent') return false
  if (!stderr.isTTY) return { level, stream: stderr }
  const { default: pretty } = await import('pino-pretty')
  const ignore = 'pid,hostname,reqId,method,path,status,found,failed,scenario,error,portal,ms'
  return { level, stream: pretty({ destination: stderr, ignore }) }
}
