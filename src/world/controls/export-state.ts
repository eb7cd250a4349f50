import type { ExportedFixture, LeftOut } from '../../public/fixture.ts'
import { exportFixture } from '../fixtures/export-fixture.ts'
import type { World } from '../world.ts'

/**
 * The state of the mock, or of the portal of a token, as a fixture.
 * @throws {TooMuchData} if the fixture would be too large
 */
export function exportState(world: World, token: string | undefined): ExportedFixture {
  const { campaigns, scenarios, activePlay: play, rateLimit, clock } = token === undefined ? world : world.lookAt(token)
  const { account, propertyDefinitions: properties, seed } = world
  const isLeftOut: Record<LeftOut, boolean> = {
    tokens: world.hasLimitedTokens,
    oauth: Object.keys(world.oauth).length > 0,
    rateLimit: rateLimit.limit !== 'off',
    clock: clock.movedMs !== 0 || !clock.isRunning,
  }
  const leftOut = (['tokens', 'oauth', 'rateLimit', 'clock'] as const).filter((name) => isLeftOut[name])
  return exportFixture({ account, properties, campaigns, scenarios, play, seed, leftOut })
}
