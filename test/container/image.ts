import { execFileSync } from 'node:child_process'

export const image = 'hubspot-campaigns-mock:test'

/** Builds the image once. DOCKER_BUILD_FLAGS holds further flags, such as --network=host. */
export function setup(): void {
  const flags = (process.env['DOCKER_BUILD_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '')
  execFileSync('docker', ['build', ...flags, '-t', image, '.'], { stdio: 'inherit' })
}
