import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { describeFlags, readConfig, UsageError } from '../src/commands/flags.ts'
import { checkOptions, ReadyConfig, StartConfig } from '../src/config.ts'

const start = (args: string[], env: Record<string, string> = {}) => readConfig(StartConfig, args, env)

test('without flags and environment the defaults are used', () => {
  expect(start([])).toEqual({
    port: 4010,
    host: '127.0.0.1',
    watch: false,
    fidelity: 'documented',
    rateLimit: 'off',
    strict: false,
    frozen: false,
    intercept: false,
    tls: false,
    tlsPort: 4011,
    trustProxy: false,
    replica: false,
    logLevel: 'info',
  })
})

test('every flag is converted to the type of its option', () => {
  const flags =
    '--port 0 --host 0.0.0.0 --fixtures my.yaml --watch --seed 7 --campaigns 9 --fidelity observed --rate-limit 50 --strict --frozen --intercept --tls --tls-port 0 --tls-cert c.pem --tls-key k.pem --ca-file ca.pem --public-url https://a.example --trust-proxy --control-token s --replica --log-level warn'
  expect(start([...flags.split(' '), '--tokens', 'a, b'])).toEqual({
    port: 0,
    host: '0.0.0.0',
    fixtures: 'my.yaml',
    watch: true,
    seed: 7,
    campaigns: 9,
    tokens: ['a', 'b'],
    strict: true,
    intercept: true,
    tls: true,
    tlsPort: 0,
    tlsCert: 'c.pem',
    tlsKey: 'k.pem',
    caFile: 'ca.pem',
    publicUrl: 'https://a.example',
    trustProxy: true,
    fidelity: 'observed',
    rateLimit: 50,
    frozen: true,
    controlToken: 's',
    replica: true,
    logLevel: 'warn',
  })
})

describe('the environment', () => {
  test('is used for options without a flag', () => {
    const env = { HUBSPOT_MOCK_PORT: '5000', HUBSPOT_MOCK_LOG_LEVEL: 'error', HUBSPOT_MOCK_WATCH: '1' }
    expect(start(['--port=6000'], env)).toMatchObject({ port: 6000, logLevel: 'error', watch: true })
  })

  test('has PORT, which HUBSPOT_MOCK_PORT beats', () => {
    expect(start([], { PORT: '7000' }).port).toBe(7000)
    expect(start([], { PORT: '7000', HUBSPOT_MOCK_PORT: '5000' }).port).toBe(5000)
  })

  test('can have empty variables, which are ignored', () => {
    expect(start([], { HUBSPOT_MOCK_PORT: '', PORT: '', HUBSPOT_MOCK_FIXTURES: '' })).not.toHaveProperty('fixtures')
  })

  test.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('can have %s for a boolean flag', (HUBSPOT_MOCK_WATCH, watch) => {
    expect(start([], { HUBSPOT_MOCK_WATCH })).toMatchObject({ watch })
  })
})

describe('the error for an invalid flag names the value, the place and the fix', () => {
  test.each([
    [['--port', 'abc'], {}, '--port: expected a whole number from 0 to 65535, got "abc"'],
    [['--port', '65536'], {}, '--port: expected a whole number from 0 to 65535, got 65536'],
    [['--port'], {}, '--port: needs a value'],
    [['--seed=-1'], {}, '--seed: expected a whole number from 0 to 9007199254740991, got "-1"'],
    [[], { HUBSPOT_MOCK_PORT: '4010x' }, 'HUBSPOT_MOCK_PORT: expected a whole number from 0 to 65535, got "4010x"'],
    [[], { PORT: 'x' }, 'PORT: expected a whole number from 0 to 65535, got "x"'],
    [[], { HUBSPOT_MOCK_WATCH: 'maybe' }, 'HUBSPOT_MOCK_WATCH: expected true or false, got "maybe"'],
    [
      ['--rate-limit', '0'],
      {},
      '--rate-limit: expected off, free, professional, oauth or a number of calls per ten seconds, got 0',
    ],
    [['--control-token', ''], {}, '--control-token: expected text that is not empty, got a value that is not shown'],
    [['--fidelity', 'exact'], {}, '--fidelity: expected documented or observed, got "exact"'],
    [['--log-level', 'loud'], {}, '--log-level: expected trace, debug, info, warn, error, fatal or silent, got "loud"'],
    [['--prot', '1'], {}, 'unknown flag --prot: did you mean "--port"?'],
    [
      ['--zzzzzzzz'],
      {},
      'unknown flag --zzzzzzzz: expected one of: --port, --host, --fixtures, --watch, --seed, --campaigns, --tokens, --fidelity, --rate-limit, --strict, --frozen, --intercept, --tls, --tls-port, --tls-cert, --tls-key, --ca-file, --public-url, --trust-proxy, --control-token, --replica, --log-level',
    ],
    [['4011'], {}, 'unexpected argument "4011": flags start with -- (with npm: npm start -- --port 4011)'],
    [
      ['--tokens', 'pat-one', 'pat-two'],
      {},
      'unexpected argument 3: flags start with --, and several tokens are joined with commas',
    ],
    [
      ['--tokens', 'pat-secret,'],
      {},
      '--tokens[1]: expected a non-empty token of ASCII characters without spaces or ~, got a value that is not shown',
    ],
    [['--tokens'], {}, '--tokens: needs a value'],
  ])('%j %j', (args, env, message) => {
    expect(() => start(args, env)).toThrow(new UsageError(message))
  })
})

describe('an invalid option of the library is an error that names the option', () => {
  test.each([
    [{ clock: null }, 'clock: expected an object with a function now(), got null'],
    [{ clock: 1 }, 'clock: expected an object with a function now(), got 1'],
    [{ clock: { now: 1 } }, 'clock: expected an object with a function now(), got an object'],
    [{ logger: 1 }, 'logger: expected a logger such as an instance of pino, or false, got 1'],
    [{ logger: true }, 'logger: expected a logger such as an instance of pino, or false, got true'],
    [
      { logger: { level: 'info' } },
      'logger: expected a logger such as an instance of pino, or false, got an object without trace()',
    ],
    [{ clock: {} }, 'clock: expected an object with a function now(), got an object'],
    [
      { tokens: ['a b'] },
      'tokens[0]: expected a non-empty token of ASCII characters without spaces or ~, got a value that is not shown',
    ],
    [
      { tokens: ['a', ''] },
      'tokens[1]: expected a non-empty token of ASCII characters without spaces or ~, got a value that is not shown',
    ],
    [
      { tokens: ['a~b'] },
      'tokens[0]: expected a non-empty token of ASCII characters without spaces or ~, got a value that is not shown',
    ],
    [{ tokens: 'a' }, 'tokens: expected a list of tokens, got a value that is not shown'],
    [
      { rateLimit: 'pro' },
      'rateLimit: expected off, free, professional, oauth or a number of calls per ten seconds, got "pro"',
    ],
    [{ fixture: {} }, 'fixture: unknown key "fixture": did you mean "fixtures"?'],
  ])('%j', (options, message) => {
    expect(() => checkOptions(options)).toThrow(expect.objectContaining({ name: 'BadInput', message }))
  })

  test.each([
    { clock: { now: Date.now } },
    { logger: false },
    { logger: pino({ level: 'silent' }) },
    { tokens: ['a'] },
    { clock: undefined, logger: undefined, tokens: undefined },
  ])('%j is valid', (options) => {
    expect(() => checkOptions(options)).not.toThrow()
  })
})

test('ready needs a time with its unit', () => {
  expect(readConfig(ReadyConfig, ['--wait', '--timeout', '500ms'], {})).toMatchObject({ wait: true, timeout: '500ms' })
  expect(() => readConfig(ReadyConfig, ['--timeout', '5'], {})).toThrow(
    '--timeout: expected a time such as 500ms, 30s or 2m, got "5"',
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
    '  --strict               refuse requests that get a hint, such as those with an unknown parameter',
    '  --frozen               stop the clock and number correlation ids: the same requests get the same bytes',
    "  --intercept            act as a proxy for HubSpot's hosts, with a certificate made for this run",
    '  --tls                  serve HTTPS as well, with a certificate made for this run',
    '  --tls-port <n>         port for HTTPS; 0 picks a free port (default 4011)',
    '  --tls-cert <text>      file of your own certificate for HTTPS, as PEM',
    '  --tls-key <text>       file of its private key, as PEM',
    '  --ca-file <text>       write the certificate authority of this run to this file, for clients to trust',
    '  --public-url <text>    base URL of links in responses, if it is not the address that clients use',
    '  --trust-proxy          use Forwarded and X-Forwarded headers of a proxy for links in responses',
    '  --control-token <text> token that calls of the control API must send as X-Mock-Control-Token',
    '  --replica              run as one of several mocks behind a load balancer: refuse calls that change all portals',
    '  --log-level <name>     log level: trace, debug, info, warn, error, fatal or silent (default info)',
  ])
})
