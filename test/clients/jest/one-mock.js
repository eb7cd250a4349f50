import { startMock } from 'hubspot-campaigns-mock'

/** Starts one mock for all test files: the `globalSetup` of jest.config.js. */
export default async function setup() {
  globalThis.hubspot = await startMock()
  process.env.HUBSPOT_BASE_URL = globalThis.hubspot.url
}
