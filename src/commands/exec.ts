import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { StartConfig } from '../config.ts'
import { startMock } from '../mock.ts'
import { readConfig, UsageError } from './flags.ts'
import { loggerFor } from './start.ts'
import type { Terminal } from './terminal.ts'

/** A shell's exit code for a command that a signal ended is this plus the number of the signal. */
const signalBase = 128

/**
 * Starts a mock on a free port, runs a command with HUBSPOT_BASE_URL set to it, and stops the mock.
 * @returns the exit code of the command; 128 plus the number of the signal if a signal ended it
 * @throws {UsageError} if there is no command, or if it cannot be run
 * @throws {UnexpectedRequests} in strict mode, if a request drew a hint
 */
export async function exec(args: readonly string[], { env, stderr }: Terminal): Promise<number> {
  const split = args.indexOf('--')
  const [command, ...rest] = split < 0 ? [] : args.slice(split + 1)
  if (command === undefined)
    throw new UsageError('exec: the command is missing: write it after --, such as exec -- npm test')
  const { logLevel, ...options } = readConfig(
    StartConfig,
    ['--port', '0', '--log-level', 'warn', ...args.slice(0, split)],
    env,
  )
  await using mock = await startMock({ ...options, logger: await loggerFor(logLevel, stderr) })
  const { controlToken } = options
  const variables = { HUBSPOT_BASE_URL: mock.url, ...(controlToken && { HUBSPOT_MOCK_CONTROL_TOKEN: controlToken }) }
  const child = spawn(command, rest, { stdio: 'inherit', env: { ...env, ...variables } })
  const stopForwarding = forwardSignals(child)
  await once(child, 'close')
    .catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`exec: cannot run ${command} (${error.code})`)
    })
    .finally(stopForwarding)
  if (options.strict) mock.journal.expectNoHints()
  return child.exitCode ?? signalBase + constants.signals[child.signalCode ?? 'SIGTERM']
}

/** Forwards signals to the command, which decides how to end. This process waits for it before it stops the mock. */
function forwardSignals(child: ChildProcess): () => void {
  // A terminal sends Ctrl-C to the command itself: the command must not get it twice.
  const onInterrupt = () => process.stdin.isTTY || child.kill('SIGINT')
  const onTerminate = () => child.kill('SIGTERM')
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate)
  return () => void process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate)
}
