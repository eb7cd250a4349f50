import { defineConfig } from 'vitest/config'

/**
 * Clients that others generate from HubSpot's files or run with HubSpot's collection, against a mock on a port. They are
 * installed from the npm registry into a temporary folder: `npm run test:integrations`.
 */
export default defineConfig({
  test: {
    include: ['test/integrations/*.test.ts'],
    globalSetup: 'test/integrations/installed.ts',
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
