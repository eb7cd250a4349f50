import { spawnSync } from 'node:child_process'

/** Reports on stderr, in a way that is hard to miss, tests that are left out because something is missing. */
export function reportLeftOut(what: string): void {
  process.stderr.write(`\n*** LEFT OUT: ${what}\n\n`)
}

/**
 * Whether a tool that some tests need is installed; where it is not, this is reported.
 * @param name the command · @param tests what is left out without it
 * @param args arguments with which the command succeeds if it can be used
 */
export function hasTool(name: string, tests: string, args: readonly string[] = ['--version']): boolean {
  const isInstalled = spawnSync(name, args).status === 0
  if (!isInstalled) reportLeftOut(`${name} is not installed: ${tests}`)
  return isInstalled
}

/**
 * Whether a process can handle signals, and a file has a mode; where not, this is reported. On Windows `kill` ends a
 * process at once.
 */
export function hasSignals(tests: string): boolean {
  const isPosix = process.platform !== 'win32'
  if (!isPosix) reportLeftOut(`Windows has no signals: ${tests}`)
  return isPosix
}
