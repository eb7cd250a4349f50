import { execFileSync } from 'node:child_process'

/** Builds once before all tests: those of the process run what users run. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
}
