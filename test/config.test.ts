import { describe, expect, test } from 'vitest'
import { describeFlags, ReadyConfig, readConfig, StartConfig, UsageError } from '../src/config.ts'

const start = (args: string[], env: Record<string, string> = {}) => readConfig(StartConfig, args, env)

test('without flags and environment the defaults hold', () => {
  expect(start([])).toEqual({
    port: 4010,
    host: '127.0.0.1',
    watch: false,
    fidelity: 'documented',
    rateLimit: 'off',
    frozen: false,
    logLevel: 'info',
  })
})

test('every flag is converted to what it means', () => {
  const flags =
    '--port 0 --host 0.0.0.0 --fixtures my.yaml --watch --seed 7 --campaigns 9 --fidelity observed --rate-limit 50 --frozen --control-token s --log-level warn'
  expect(start([...flags.split(' '), '--tokens', 'a, b'])).toEqual({
    port: 0,
    host: '0.0.0.0',
    fixtures: 'my.yaml',
    watch: true,
    seed: 7,
    campaigns: 9,
    tokens: ['a', 'b'],
    fidelity: 'observed',
    rateLimit: 50,
    frozen: true,
    controlToken: 's',
    logLevel: 'warn',
  })
})

describe('the environment', () => {
  test('gives what no flag gives', () => {
    const env = { HUBSPOT_MOCK_PORT: '5000', HUBSPOT_MOCK_LOG_LEVEL: 'error', HUBSPOT_MOCK_WATCH: '1' }
    expect(start(['--port=6000'], env)).toMatchObject({ port: 6000, logLevel: 'error', watch: true })
  })

  test('honours PORT last', () => {
    expect(start([], { PORT: '7000' }).port).toBe(7000)
    expect(start([], { PORT: '7000', HUBSPOT_MOCK_PORT: '5000' }).port).toBe(5000)
  })

  test('counts a variable that is empty as not there', () => {
    expect(start([], { HUBSPOT_MOCK_PORT: '', PORT: '', HUBSPOT_MOCK_FIXTURES: '' })).not.toHaveProperty('fixtures')
  })

  test.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('says %s for a switch', (HUBSPOT_MOCK_WATCH, watch) => {
    expect(start([], { HUBSPOT_MOCK_WATCH })).toMatchObject({ watch })
  })
})

describe('what cannot be used is told with its value, its place and the fix', () => {
  test.each([
    [['--port', 'abc'], {}, '--port: expected a whole number from 0 to 65535, got the text "abc"'],
    [['--port', '65536'], {}, '--port: expected a whole number from 0 to 65535, got the number 65536'],
    [['--port'], {}, '--port: needs a value'],
    [['--seed=-1'], {}, '--seed: expected a whole number from 0 to 9007199254740991, got the text "-1"'],
    [
      [],
      { HUBSPOT_MOCK_PORT: '4010x' },
      'HUBSPOT_MOCK_PORT: expected a whole number from 0 to 65535, got the text "4010x"',
    ],
    [[], { PORT: 'x' }, 'PORT: expected a whole number from 0 to 65535, got the text "x"'],
    [[], { HUBSPOT_MOCK_WATCH: 'maybe' }, 'HUBSPOT_MOCK_WATCH: expected true or false, got the text "maybe"'],
    [
      ['--rate-limit', '0'],
      {},
      '--rate-limit: expected off, free, professional, oauth or a number of calls per ten seconds, got the number 0',
    ],
    [['--control-token', ''], {}, '--control-token: expected text that is not empty, got something else'],
    [['--fidelity', 'exact'], {}, '--fidelity: expected documented or observed, got the text "exact"'],
    [
      ['--log-level', 'loud'],
      {},
      '--log-level: expected trace, debug, info, warn, error, fatal or silent, got the text "loud"',
    ],
    [['--prot', '1'], {}, '--prot: unknown flag, did you mean "port"?'],
    [
      ['--zzzzzzzz'],
      {},
      '--zzzzzzzz: unknown flag, there are: port, host, fixtures, watch, seed, campaigns, tokens, fidelity, rate-limit, frozen, control-token, log-level',
    ],
    [['--tokens', 'pat-one', 'pat-two'], {}, 'argument 3: unexpected, leave it out'],
    [['--tokens', 'pat-secret,'], {}, '--tokens: expected tokens joined with commas, got something else'],
    [['--tokens'], {}, '--tokens: needs a value'],
  ])('%j %j', (args, env, message) => {
    expect(() => start(args, env)).toThrow(new UsageError(message))
  })
})

test('ready takes a time with its unit', () => {
  expect(readConfig(ReadyConfig, ['--wait', '--timeout', '500ms'], {})).toMatchObject({ wait: true, timeout: '500ms' })
  expect(() => readConfig(ReadyConfig, ['--timeout', '5'], {})).toThrow(
    '--timeout: expected a time such as 500ms, 30s or 2m, got the text "5"',
  )
})

test('--help lists every flag with its meaning and default', () => {
  expect(describeFlags(StartConfig).split('\n')).toEqual([
    '  --port <n>             port to listen on; 0 picks a free port (default 4010)',
    '  --host <text>          address to listen on (default 127.0.0.1)',
    '  --fixtures <text>      fixture file, or folder of fixture files',
    '  --watch                reload fixtures when they change',
    '  --seed <n>             seed of generated campaigns: the same seed gives the same campaigns',
    '  --campaigns <n>        number of campaigns to generate',
    '  --tokens <text>        Bearer tokens to accept, separated by commas; if neither this nor the fixture has any, all are accepted',
    "  --fidelity <name>      follow HubSpot's spec or its recorded responses: documented or observed (default documented)",
    '  --rate-limit <name>    return 429 for calls over this limit: off, free, professional, oauth or a number of calls per ten seconds (default off)',
    '  --frozen               stop the clock and count correlation ids: the same requests get the same bytes',
    '  --control-token <text> token that calls of the control API must send as X-Mock-Control-Token',
    '  --log-level <name>     log level: trace, debug, info, warn, error, fatal or silent (default info)',
  ])
})
