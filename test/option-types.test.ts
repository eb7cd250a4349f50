import type { Static } from '@sinclair/typebox'
import { expectTypeOf, test } from 'vitest'
import type { AppOptions } from '../src/app.ts'
import type { LibraryOptions, StartConfig } from '../src/config.ts'
import type { MockOptions } from '../src/index.ts'
import type { WorldOptions } from '../src/world/world.ts'

type Options = Static<typeof LibraryOptions>

/** The options that are about the port and the HTTP server, and not about the state of the mock. */
type ServerOption = 'port' | 'watch' | 'host' | 'fidelity' | 'controlToken' | 'logger'

// `tsc` checks these tests: an option that is in an interface or in the schema alone does not compile.
test('MockOptions has the options of the schema in config.ts', () => {
  expectTypeOf<keyof MockOptions>().toEqualTypeOf<keyof Options>()
})

test('AppOptions has the same options except for port and watch', () => {
  expectTypeOf<keyof AppOptions>().toEqualTypeOf<Exclude<keyof Options, 'port' | 'watch'>>()
})

test('WorldOptions has the options that are not about the server', () => {
  expectTypeOf<keyof WorldOptions>().toEqualTypeOf<Exclude<keyof Options, ServerOption>>()
})

test('each flag of start is an option, except for the log level', () => {
  expectTypeOf<Exclude<keyof StartConfig, keyof MockOptions>>().toEqualTypeOf<'logLevel'>()
})

test('a value that the schema allows has the type of the option', () => {
  type Plain = Omit<Options, 'fixtures' | 'clock' | 'logger'>
  expectTypeOf<Plain>().toExtend<Pick<MockOptions, keyof Plain>>()
  type Flags = Omit<StartConfig, 'logLevel'>
  expectTypeOf<Flags>().toExtend<MockOptions>()
})
