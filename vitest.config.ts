import { configDefaults, defineConfig } from 'vitest/config'

const isWindows = process.platform === 'win32'

/** Tests of what Windows does not have: signals, and programs that find certificates by a variable. */
const posixOnly = ['clients', 'intercept', 'process', 'secrecy'].map((name) => `test/${name}.test.ts`)
if (isWindows) process.stderr.write(`\n*** LEFT OUT on Windows: ${posixOnly.join(', ')}\n\n`)

export default defineConfig({
  test: {
    include: ['test/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(isWindows ? posixOnly : [])],
    globalSetup: 'test/built.ts',
    // Ends what hangs. No test may depend on the speed of the machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 10 } },
    // State is passed in and never imported: files may share a worker's modules, and need not load them again.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    // More than two cores have: many tests wait for a process of theirs.
    maxWorkers: 4,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: [
        // Runs in browsers: see `npm run test:browser`.
        'src/control/inspector/**',
        // Run only in processes of their own, which are not measured. The tests of processes start both.
        'src/cli.ts',
        'src/intercept-preload.ts',
      ],
      reporter: ['text'],
      ...(!isWindows && { thresholds: { lines: 95, branches: 95 } }),
    },
  },
})
