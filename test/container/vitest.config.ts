import { defineConfig } from 'vitest/config'

/** The tests that need Docker, apart from those that run anywhere: `npm run test:container`. */
export default defineConfig({
  test: {
    include: ['test/container/*.test.ts'],
    globalSetup: 'test/container/image.ts',
    testTimeout: 600_000,
    expect: { poll: { timeout: 300_000, interval: 100 } },
    fileParallelism: false,
  },
})
