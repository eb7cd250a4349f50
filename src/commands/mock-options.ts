import { readFile, writeFile } from 'node:fs/promises'
import type { StartConfig } from '../config.ts'
import type { Mock, MockOptions } from '../public/mock.ts'
import { UsageError } from './flags.ts'

/**
 * The options of a mock for the flags of `start`. The files of an own certificate are read.
 * @throws {UsageError} if a file cannot be read, or if a flag lacks the one that belongs to it
 */
export async function mockOptionsOf(config: StartConfig): Promise<MockOptions> {
  const { logLevel: _, tlsCert, tlsKey, caFile, tls, ...options } = config
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    const [given, missing] = tlsCert === undefined ? ['--tls-key', '--tls-cert'] : ['--tls-cert', '--tls-key']
    throw new UsageError(`${given}: needs ${missing} as well`)
  }
  const hasOwn = tlsCert !== undefined && tlsKey !== undefined
  if (caFile !== undefined && (hasOwn || !(tls || options.intercept))) {
    throw new UsageError('--ca-file: there is no certificate authority: add --tls or --intercept, without --tls-cert')
  }
  if (!hasOwn) return { ...options, tls }
  return { ...options, tls: { cert: await readPem('--tls-cert', tlsCert), key: await readPem('--tls-key', tlsKey) } }
}

/** Writes the certificate authority of a mock to the file that `--ca-file` names. */
export async function writeCaFile({ caFile }: StartConfig, { ca }: Mock): Promise<void> {
  if (caFile === undefined || ca === undefined) return
  await writeFile(caFile, ca).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--ca-file: ${caFile} cannot be written (${error.code})`)
  })
}

function readPem(flag: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${flag}: ${file} cannot be read (${error.code})`)
  })
}
