import { defineConfig } from 'vitest/config'

/** Tests of the packed package on each supported Node. They use the npm registry: `npm run test:package`. */
export default defineConfig({
  test: {
    include: ['test/package/*.test.ts'],
    globalSetup: 'test/package/installed.ts',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
})
