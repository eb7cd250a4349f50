import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { readConfig, StartConfig, UsageError } from '../config.ts'
import { startMock } from '../mock.ts'
import { loggerFor } from './start.ts'
import type { Terminal } from './terminal.ts'

/** What a shell adds to a signal's number to make it an exit code. */
const signalBase = 128

/**
 * Starts a mock on a free port, runs a command with HUBSPOT_BASE_URL set to it, and stops the mock.
 * @returns the command's exit code; 128 and the signal's number if a signal ended it
 * @throws {UsageError} if there is no command, or it cannot be run
 */
export async function exec(args: readonly string[], { env, stderr }: Terminal): Promise<number> {
  const split = args.indexOf('--')
  const [command, ...rest] = split < 0 ? [] : args.slice(split + 1)
  if (command === undefined) throw new UsageError('exec: needs a command, as in exec -- npm test')
  const { logLevel, ...options } = readConfig(
    StartConfig,
    ['--port', '0', '--log-level', 'warn', ...args.slice(0, split)],
    env,
  )
  await using mock = await startMock({ ...options, logger: await loggerFor(logLevel, stderr) })
  const { controlToken } = options
  const told = { HUBSPOT_BASE_URL: mock.url, ...(controlToken && { HUBSPOT_MOCK_CONTROL_TOKEN: controlToken }) }
  const child = spawn(command, rest, { stdio: 'inherit', env: { ...env, ...told } })
  const release = passSignalsTo(child)
  await once(child, 'close')
    .catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`exec: ${command} cannot be run (${error.code})`)
    })
    .finally(release)
  return child.exitCode ?? signalBase + constants.signals[child.signalCode ?? 'SIGTERM']
}

/** Leaves it to the command how to end: this process waits for it, and only then stops the mock. */
function passSignalsTo(child: ChildProcess): () => void {
  // A terminal sends its Ctrl-C to the command as well: it is not to get it twice.
  const onInterrupt = () => process.stdin.isTTY || child.kill('SIGINT')
  const onTerminate = () => child.kill('SIGTERM')
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate)
  return () => void process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate)
}
