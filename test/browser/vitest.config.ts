import { defineConfig } from 'vitest/config'
import { findChromium } from './find-chromium.ts'

const chromium = findChromium()

/** The tests of the inspector page in a real browser: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: chromium === undefined ? [] : ['test/browser/*.test.ts'],
    passWithNoTests: true,
    env: { CHROMIUM: chromium ?? '' },
    globalSetup: 'test/built.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 10 } },
    fileParallelism: false,
  },
})
