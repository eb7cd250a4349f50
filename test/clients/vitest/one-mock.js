import { startMock } from 'hubspot-campaigns-mock'

/** Starts one mock for all test files: the `globalSetup` of vitest.config.js. */
export default async function setup() {
  const mock = await startMock()
  process.env.HUBSPOT_BASE_URL = mock.url
  return () => mock.close()
}
