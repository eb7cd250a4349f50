import { runProgramSync } from './programs.ts'

/** Builds once before all tests, because the tests of the command run what users run. */
export function setup(): void {
  runProgramSync('npm', ['run', '--silent', 'build'])
}
