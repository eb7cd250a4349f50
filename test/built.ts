import { execFileSync } from 'node:child_process'

/** Builds once before all tests, because the tests of the command run what users run. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
}
