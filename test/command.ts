import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { run } from '../src/commands/run.ts'

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

/** What a program needs of the environment of this process; SystemRoot and TEMP are variables of Windows. */
const inherited = Object.fromEntries(
  ['PATH', 'SystemRoot', 'TEMP'].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  ),
)

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Running {
  child: ChildProcess
  /** The output so far. */
  said: { stdout: string; stderr: string }
  ended: Promise<Ended>
}

/** Starts the command as a user does. It is ended after the test. */
export function command(args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [cli, ...args], { env: { ...inherited, ...env } })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  const ended = once(child, 'close').then(([code]) => ({ code, ...said }))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, said, ended }
}

/** Runs a command in this process, which is faster than in its own. */
export async function commandHere(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { isTTY: false })]
  const code = await run(args, { env, stdout, stderr }, () => {})
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') }
}

/** Starts the command as a user does, and returns when it prints its address. */
export async function started(
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Running & { url: string }> {
  const running = command(['start', '--port', '0', ...args], env)
  for (;;) {
    const [, url] = /^listening on (\S+)\n/.exec(running.said.stdout) ?? []
    if (url !== undefined) return { ...running, url }
    const ended = await Promise.race([running.ended, once(running.child.stdout ?? running.child, 'data')])
    if (!Array.isArray(ended)) throw new Error(`it ended before it listened: ${JSON.stringify(ended)}`)
  }
}
