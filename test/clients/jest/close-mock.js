/** Closes the mock: the `globalTeardown` of jest.config.js. */
export default () => globalThis.hubspot.close()
