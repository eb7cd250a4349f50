import type { FastifyServerOptions } from 'fastify'
import { readConfig, StartConfig } from '../config.ts'
import { type Mock, startMock } from '../mock.ts'
import type { Terminal } from './terminal.ts'

/** Starts a mock as flags and environment say, and tells where it listens when it answers. */
export async function start(args: readonly string[], { env, stdout, stderr }: Terminal): Promise<Mock> {
  const { logLevel, ...options } = readConfig(StartConfig, args, env)
  const mock = await startMock({ ...options, logger: await loggerFor(logLevel, stderr) })
  stdout.write(`listening on ${mock.url}\n`)
  return mock
}

/** The log goes to stderr, so that stdout says one thing alone: for people on a terminal, as JSON elsewhere. */
export async function loggerFor(level: string, stderr: Terminal['stderr']): Promise<FastifyServerOptions['logger']> {
  if (level === 'silent') return false
  if (!stderr.isTTY) return { level, stream: stderr }
  const { default: pretty } = await import('pino-pretty')
  const ignore = 'pid,hostname,reqId,method,path,status,found,failed,scenario,error,portal,ms'
  return { level, stream: pretty({ destination: stderr, ignore }) }
}
