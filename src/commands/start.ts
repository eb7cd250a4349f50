import { StartConfig } from '../config.ts'
import { startMock } from '../mock.ts'
import type { Mock } from '../public/mock.ts'
import { checkEnvironment, readConfig } from './flags.ts'
import { loggerFor } from './logger.ts'
import { mockOptionsOf, writeCaFile } from './mock-options.ts'
import type { Terminal } from './terminal.ts'

/**
 * Starts a mock that is configured by flags and environment. Prints its URL once it is ready,
 * and logs those of HTTPS and of the inspector.
 */
export async function start(args: readonly string[], { env, stdout, stderr }: Terminal): Promise<Mock> {
  const config = readConfig(StartConfig, args, env)
  for (const warning of checkEnvironment(StartConfig, env)) stderr.write(`hubspot-campaigns-mock: ${warning}\n`)
  const options = await mockOptionsOf(config)
  const logger = await loggerFor(config.logLevel, stderr)
  const mock = await startMock({ ...options, logger })
  await writeCaFile(config, mock)
  stdout.write(`listening on ${boundUrl(mock.url, config.host)}\n`)
  if (logger && mock.httpsUrl !== undefined) logger.info(`HTTPS at ${mock.httpsUrl}`)
  if (logger) logger.info(`inspector at ${mock.url}/_mock/`)
  return mock
}

/** The URL with the address that the mock is bound to: `mock.url` has one that clients on this machine can use. */
function boundUrl(url: string, host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return url
  return `http://${host === '::' ? '[::]' : host}:${new URL(url).port}`
}
