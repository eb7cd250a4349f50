import { defineConfig } from 'vitest/config'

/** The suites of the guides, ten times in a row: `npm run test:clients`. */
export default defineConfig({
  test: {
    include: ['test/clients.test.ts'],
    globalSetup: 'test/built.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { ROUNDS: '10' },
  },
})
