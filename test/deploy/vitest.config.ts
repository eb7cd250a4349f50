import { defineConfig } from 'vitest/config'

/** The tests of the files in deploy/, with nginx and HAProxy: `npm run test:deploy`. */
export default defineConfig({
  test: {
    include: ['test/deploy/*.test.ts'],
    globalSetup: 'test/built.ts',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
})
