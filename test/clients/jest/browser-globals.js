import { TestEnvironment } from 'jest-environment-node'

/** A test environment that lacks what jest-environment-jsdom lacks. */
export default class BrowserGlobals extends TestEnvironment {
  async setup() {
    await super.setup()
    for (const name of ['structuredClone', 'setImmediate', 'clearImmediate']) delete this.global[name]
  }
}
