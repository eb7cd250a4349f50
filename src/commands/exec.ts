import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import spawn from 'cross-spawn'
import { StartConfig } from '../config.ts'
import { startMockFor } from '../mock.ts'
import { checkEnvironment, readConfig, UsageError } from './flags.ts'
import { createInterceptEnvironment } from './intercept-environment.ts'
import { loggerFor } from './logger.ts'
import { mockOptionsOf, writeCaFile } from './mock-options.ts'
import { upstreamProxiesOf, withoutProxy } from './proxy-environment.ts'
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
  const config = readConfig(
    StartConfig,
    ['--port', '0', '--tls-port', '0', '--log-level', 'warn', ...args.slice(0, split)],
    env,
  )
  for (const warning of checkEnvironment(StartConfig, env)) stderr.write(`hubspot-campaigns-mock: ${warning}\n`)
  // An intercepted command gets a port for HTTPS as well, for programs that use no proxy.
  const options = await mockOptionsOf({ ...config, tls: config.tls || config.intercept })
  const upstream = config.intercept ? upstreamProxiesOf(env) : undefined
  await using mock = await startMockFor({ ...options, logger: await loggerFor(config.logLevel, stderr) }, upstream)
  await writeCaFile(config, mock)
  const intercept = config.intercept ? await createInterceptEnvironment(mock, env) : undefined
  const variables = {
    HUBSPOT_BASE_URL: mock.url,
    ...(config.controlToken && { HUBSPOT_MOCK_CONTROL_TOKEN: config.controlToken }),
    ...(intercept?.variables ?? withoutProxy(env)),
  }
  const { exitCode, signalCode } = await runCommand(command, rest, { ...env, ...variables }).finally(() =>
    intercept?.remove(),
  )
  if (config.strict) mock.journal.expectNoHints()
  return exitCode ?? signalBase + constants.signals[signalCode ?? 'SIGTERM']
}

/** Runs a command until it ends. @throws {UsageError} if it cannot be run */
async function runCommand(command: string, args: readonly string[], env: Terminal['env']): Promise<ChildProcess> {
  let stopForwarding = () => {}
  try {
    const child = spawn(command, [...args], { stdio: 'inherit', env })
    stopForwarding = forwardSignals(child)
    await once(child, 'close')
    return child
  } catch (error) {
    throw new UsageError(`exec: cannot run ${command} (${Object(error).code})`)
  } finally {
    stopForwarding()
  }
}

/** The signals that end a command. SIGINT comes from the keyboard, and then goes to the command as well. */
const forwarded = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGBREAK'] as const

/** Forwards signals to the command, which decides how to end. This process waits for it before it stops the mock. */
function forwardSignals(child: ChildProcess): () => void {
  // A terminal sends Ctrl-C to the command itself: the command must not get it twice.
  const listeners: [NodeJS.Signals, () => void][] = [
    ['SIGINT', () => process.stdin.isTTY || child.kill('SIGINT')],
    ...forwarded
      .filter((signal) => signal in constants.signals)
      .map((signal): [NodeJS.Signals, () => void] => [signal, () => end(child, signal)]),
  ]
  for (const [signal, listener] of listeners) process.on(signal, listener)
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener)
  }
}

/** Sends a signal to the command. Windows has no signals: there the command ends with all processes that it started. */
function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'])
  else child.kill(signal)
}
