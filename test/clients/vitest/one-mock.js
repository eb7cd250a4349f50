import { startMock } from 'hubspot-campaigns-mock'

/** One mock for all test files: `globalSetup: './one-mock.js'` in vitest.config.js. */
export default async function setup() {
  const mock = await startMock()
  process.env.HUBSPOT_BASE_URL = mock.url
  return () => mock.close()
}
