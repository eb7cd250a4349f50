import { createApp } from './app.ts'
import type { App } from './public/app.ts'
import type { AppOptions } from './public/mock.ts'

/**
 * Creates a mock without a port, for requests in the same process. It behaves exactly like a mock on a port.
 * @throws {BadFixture} if the fixture is invalid · {BadInput} if an option is
 * @example
 * const app = await buildApp({ fixtures: { campaigns: [{ id: 'spring' }] } })
 * const response = await app.inject({
 *   method: 'POST',
 *   url: '/marketing/v3/campaigns/batch/read',
 *   headers: { authorization: 'Bearer any' },
 *   payload: { inputs: [{ id: 'spring' }] },
 * })
 * console.log(response.statusCode)
 * await app.close()
 */
export function buildApp(options: AppOptions = {}): Promise<App> {
  return createApp(options)
}
