import { spawnSync } from 'node:child_process'
import { reportLeftOut } from '../left-out.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The command that starts Chromium. Where it is missing, root installs it with apt; otherwise it is reported. */
export function findChromium(): string | undefined {
  const found = findInstalled() ?? (install() ? findInstalled() : undefined)
  if (found === undefined) {
    reportLeftOut(
      'Chromium is not installed, and apt-get cannot install it: all tests of the inspector page in a browser',
    )
  }
  return found
}

function findInstalled(): string | undefined {
  return names.flatMap((name) => pathOf(name) ?? [])[0]
}

function pathOf(name: string): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** Installs Chromium from the packages of Debian. @returns whether that was possible */
function install(): boolean {
  if (process.getuid?.() !== 0 || pathOf('apt-get') === undefined) return false
  const commands = ['apt-get update', 'apt-get install -y --no-install-recommends chromium']
  return spawnSync('sh', ['-c', commands.join(' && ')], { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}
