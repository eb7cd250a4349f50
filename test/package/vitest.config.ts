import { defineConfig } from 'vitest/config'

/** The package as its users install it, on each Node it is for; it asks the npm registry: `npm run test:package`. */
export default defineConfig({
  test: {
    include: ['test/package/*.test.ts'],
    globalSetup: 'test/package/installed.ts',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
})
