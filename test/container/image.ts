import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { onTestFinished, vi } from 'vitest'

export const image = 'hubspot-campaigns-mock'

/** Builds the image once. DOCKER_BUILD_FLAGS holds further flags, such as --network=host. */
export function setup(): void {
  const flags = (process.env['DOCKER_BUILD_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '')
  execFileSync('docker', ['build', ...flags, '-t', image, '.'], { stdio: 'inherit' })
}

export const run = promisify(execFile)
export const docker = async (...args: string[]) => (await run('docker', args)).stdout.trim()

/** As strict as a container can be. */
export const locked = ['--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--memory=256m']

/** A container that is healthy, with the URL it is reached at. */
export async function healthy(flags: string[] = [], args: string[] = []) {
  const id = await docker('run', '-d', ...locked, '-p', '127.0.0.1::4010', ...flags, image, ...args)
  onTestFinished(async () => void (await docker('rm', '-f', id)))
  const status = () => docker('inspect', '-f', '{{.State.Health.Status}}', id)
  await vi.waitUntil(async () => (await status()) === 'healthy', { timeout: 300_000, interval: 25 })
  return { id, url: `http://${await docker('port', id, '4010/tcp')}` }
}
