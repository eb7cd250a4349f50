import type { SpawnOptions, SpawnSyncOptions } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import spawn from 'cross-spawn'

/** The folder of this project. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url))

/** Thrown when a program ends with another exit code than 0. */
class ProgramError extends Error {
  override readonly name = 'ProgramError'
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string

  constructor(command: string, code: number | null, stdout: string, stderr: string) {
    super(`${command} ended with ${code}: ${stderr}`)
    this.code = code
    this.stdout = stdout
    this.stderr = stderr
  }
}

/**
 * Runs a program such as npm, which is npm.cmd on Windows.
 * @throws {ProgramError} if its exit code is not 0
 */
export async function runProgram(command: string, args: readonly string[], options: SpawnOptions = {}) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new ProgramError(command, code, stdout, stderr)
  return { stdout, stderr }
}

/** Runs a program with the output of this process, and waits for it. @throws {Error} if its exit code is not 0 */
export function runProgramSync(command: string, args: readonly string[], options: SpawnSyncOptions = {}): void {
  const { status, error } = spawn.sync(command, args, { ...options, stdio: 'inherit' })
  // cross-spawn has null where its types say undefined.
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
}
