import { readFile, stat } from 'node:fs/promises'
import { delimiter, dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkEnvironment, readConfig, UsageError } from '../src/commands/flags.ts'
import { createInterceptEnvironment } from '../src/commands/intercept-environment.ts'
import { mockOptionsOf, writeCaFile } from '../src/commands/mock-options.ts'
import { proxyVariables, upstreamProxiesOf } from '../src/commands/proxy-environment.ts'
import { startArgsIn } from '../src/commands/ready.ts'
import { StartConfig } from '../src/config.ts'
import { startMock } from '../src/index.ts'
import { createCertificateAuthority } from '../src/intercept/certificate-authority.ts'
import { credentialsOf, isCovered } from '../src/intercept/upstream-proxies.ts'
import { commandHere } from './command.ts'
import { folder } from './folder.ts'
import { hasSignals } from './left-out.ts'

async function environment(env: Record<string, string> = {}) {
  const mock = await startMock({ fixtures: {}, intercept: true })
  onTestFinished(() => mock.close())
  const { variables, remove } = await createInterceptEnvironment(mock, { HOME: '/nonexistent', ...env })
  onTestFinished(remove)
  return { mock, variables, remove }
}

const certificates = (text: string) => text.match(/BEGIN CERTIFICATE/g)?.length ?? 0
const contentOf = (file = '') => readFile(file, 'utf8')

test('every variable for certificates names a file with the authority of the mock and those of the system', async () => {
  const { mock, variables, remove } = await environment()
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy, NO_PROXY, no_proxy, ...others } = variables
  const { NODE_OPTIONS, JAVA_TOOL_OPTIONS, PHP_INI_SCAN_DIR, WGETRC, ...files } = others
  const php = PHP_INI_SCAN_DIR?.split(delimiter).at(-1)
  expect(await contentOf(`${php}/certificates.ini`)).toContain(`curl.cainfo="${files['SSL_CERT_FILE']}"`)
  expect(await contentOf(WGETRC)).toBe(`\nca_certificate = ${files['SSL_CERT_FILE']}\n`)
  expect(JAVA_TOOL_OPTIONS).toMatch(/^-Dhttp\.proxyHost=127\.0\.0\.1 -Dhttp\.proxyPort=\d+ /)
  expect([HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy]).toEqual(Array(4).fill(mock.url))
  expect(NO_PROXY).toBe(no_proxy)
  expect(NODE_OPTIONS).toMatch(/^--import=file:.*intercept-preload\.js$/)
  for (const [name, file] of Object.entries(files)) {
    const text = await contentOf(file)
    expect(text).toContain(mock.ca)
    expect(certificates(text) > 10).toBe(name !== 'NODE_EXTRA_CA_CERTS')
  }
  const directory = dirname(files['SSL_CERT_FILE'] ?? '')
  if (hasSignals('the mode of the folder of certificates')) expect((await stat(directory)).mode & 0o777).toBe(0o700)
  await remove()
  await expect(stat(directory)).rejects.toThrow('ENOENT')
})

test('a file of certificates that the user has is kept, with the authority of the mock added', async () => {
  const own = await createCertificateAuthority()
  const files = await folder({ 'own.pem': own.ca.trimEnd() })
  const env = {
    CURL_CA_BUNDLE: `${files}/own.pem`,
    NODE_EXTRA_CA_CERTS: `${files}/own.pem`,
    NODE_OPTIONS: '--no-warnings',
  }
  const { mock, variables } = await environment(env)
  for (const name of ['CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS']) {
    expect(await contentOf(variables[name])).toBe(own.ca + mock.ca)
  }
  expect(certificates(await contentOf(variables['GIT_SSL_CAINFO']))).toBeGreaterThan(10)
  expect(variables['NODE_OPTIONS']).toMatch(/^--no-warnings --import=/)
})

test.each([
  [{}, undefined, undefined],
  [{ HTTPS_PROXY: '', all_proxy: ' ' }, undefined, undefined],
  [{ HTTPS_PROXY: 'http://proxy.example:3128' }, undefined, 'http://proxy.example:3128/'],
  [{ https_proxy: 'proxy.example:3128', HTTPS_PROXY: 'http://other.example' }, undefined, 'http://proxy.example:3128/'],
  [{ HTTP_PROXY: 'HTTPS://user:secret@proxy.example' }, 'https://user:secret@proxy.example/', undefined],
  [{ ALL_PROXY: 'http://a.example', http_proxy: 'http://b.example' }, 'http://b.example/', 'http://a.example/'],
])('with %j other hosts are reached through %s by HTTP and %s by HTTPS', (env, http, https) => {
  const proxies = upstreamProxiesOf(env)
  expect([proxies.http?.href, proxies.https?.href]).toEqual([http, https])
})

test.each([
  ['http://user:p%40%C3%A4@a.example', 'user:p@ä'],
  ['http://user:100%@a.example', 'user:100%'],
  ['http://user@a.example', 'user:'],
])('the credentials of the proxy %s are %s', (url, credentials) => {
  expect(credentialsOf(new URL(url))).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`)
})

test.each([
  [{ HTTPS_PROXY: 'http://' }, 'HTTPS_PROXY: not the URL of a proxy: use one such as http://proxy.example:3128'],
  [
    { http_proxy: 'http://a:secret@:b' },
    'http_proxy: not the URL of a proxy: use one such as http://proxy.example:3128',
  ],
  [
    { all_proxy: 'socks5h://user:secret@localhost:1080' },
    'all_proxy: exec --intercept cannot use a socks5h proxy: use an http:// or https:// one, or unset all_proxy',
  ],
])('the proxy of %j is refused', async (env, message) => {
  expect(() => upstreamProxiesOf(env)).toThrow(new UsageError(message))
  const { code, stderr } = await commandHere(['exec', '--intercept', '--', 'true'], env)
  expect([code, stderr]).toEqual([2, `hubspot-campaigns-mock: ${message}\n`])
  expect((await commandHere(['exec', '--', process.execPath, '-e', '0'], env)).code).toBe(0)
})

test.each([
  '*',
  'com',
  '.com',
  '*.com',
  'hubapi.com',
  '.hubapi.com',
  '*hubapi.com',
  'API.hubapi.com:443',
  'api-eu1.hubapi.com',
])('the entry %s of NO_PROXY is left out, because it would let calls reach HubSpot', (entry) => {
  const { NO_PROXY, no_proxy } = proxyVariables('http://127.0.0.1:1', { NO_PROXY: `a.example, ${entry} 10.0.0.0/8` })
  expect([NO_PROXY, no_proxy]).toEqual(Array(2).fill('a.example,10.0.0.0/8,localhost,127.0.0.1,::1'))
})

test.each([
  ['a.example', ['a.example', '.a.example', '*.example', 'EXAMPLE', 'a.example:443', '*']],
  ['b.a.example.', ['a.example', '.a.example', '*.example']],
  ['10.1.2.3', ['10.0.0.0/8', '10.1.2.3', '10.1.2.3:443']],
  ['fd00::1', ['fd00::/8', 'fd00::1', '[fd00::1]', '[fd00::1]:443']],
])('the entries of NO_PROXY that cover %s', (host, entries) => {
  expect(entries.filter((entry) => !isCovered(host, entry, 443))).toEqual([])
  const others = [
    'ba.example',
    'b.example',
    'a.example:80',
    '10.2.0.0/16',
    '10.0.0.0/99',
    '::1',
    '[::1]:443',
    '.',
    'x:y',
  ]
  expect(others.filter((entry) => isCovered(host, entry, 443))).toEqual([])
})

const config = (...args: string[]) => readConfig(StartConfig, args, {})

test.each([
  [['--tls-cert', 'a.pem'], '--tls-cert: needs --tls-key as well'],
  [['--tls-key', 'a.pem'], '--tls-key: needs --tls-cert as well'],
  [['--tls-cert', '/no.pem', '--tls-key', '/no.pem'], '--tls-cert: /no.pem cannot be read (ENOENT)'],
  [
    ['--ca-file', 'a.pem'],
    '--ca-file: there is no certificate authority: add --tls or --intercept, without --tls-cert',
  ],
])('%j is refused', async (args, message) => {
  await expect(mockOptionsOf(config(...args))).rejects.toThrow(new UsageError(message))
})

test('the files of an own certificate become an option', async () => {
  const files = await folder({ 'cert.pem': 'c', 'key.pem': 'k' })
  const options = await mockOptionsOf(config('--tls-cert', `${files}/cert.pem`, '--tls-key', `${files}/key.pem`))
  expect(options.tls).toEqual({ cert: 'c', key: 'k' })
  expect((await mockOptionsOf(config('--tls'))).tls).toBe(true)
})

test('the authority of a run is written to --ca-file, if there is one', async () => {
  const { mock } = await environment()
  const files = await folder()
  await writeCaFile(config('--ca-file', `${files}/ca.pem`), mock)
  expect(await contentOf(`${files}/ca.pem`)).toBe(mock.ca)
  await writeCaFile(config(), mock)
  await expect(writeCaFile(config('--ca-file', `${files}/no/ca.pem`), mock)).rejects.toThrow(
    `--ca-file: ${files}/no/ca.pem cannot be written (ENOENT)`,
  )
})

test.each([
  [{ HUBSPOT_MOCK_ZEBRA: '1' }, ['unknown environment variable HUBSPOT_MOCK_ZEBRA: it has no effect']],
  [{ HUBSPOT_MOCK_PORT: 'tcp://10.0.0.1:4010', HUBSPOT_MOCK_SERVICE_HOST: 'a', HUBSPOT_MOCK_PORT_4010_TCP: 'b' }, []],
  [{ HUBSPOT_MOCK_CAMPAIGNS: '7', OTHER: '1' }, []],
])('the variables %j draw the warnings %j', (env, warnings) => {
  expect(checkEnvironment(StartConfig, env)).toEqual(warnings)
})

test('a variable that is similar to that of a flag is an error', () => {
  expect(() => checkEnvironment(StartConfig, { HUBSPOT_MOCK_FIXTURE: 'a' })).toThrow(
    new UsageError('unknown environment variable HUBSPOT_MOCK_FIXTURE: did you mean HUBSPOT_MOCK_FIXTURES?'),
  )
})

test('exec --intercept and --strict pass on the exit code of the command', async () => {
  const script = ['--', process.execPath, '-e', 'process.exit(process.env.SSL_CERT_FILE ? 7 : 8)']
  expect((await commandHere(['exec', '--intercept', '--strict', ...script])).code).toBe(7)
  expect((await commandHere(['exec', ...script], { HUBSPOT_MOCK_ZEBRA: '1' })).stderr).toContain('HUBSPOT_MOCK_ZEBRA')
})

test('ready finds a mock by the flags of start', async () => {
  const mock = await startMock({ fixtures: {} })
  onTestFinished(() => mock.close())
  const { port } = new URL(mock.url)
  for (const host of ['127.0.0.1', '0.0.0.0', 'localhost']) {
    expect((await commandHere(['ready', '--host', host, '--port', port])).code).toBe(0)
  }
  expect((await commandHere(['ready'], { HUBSPOT_MOCK_PORT: port })).code).toBe(0)
  expect((await commandHere(['ready', '--host', '::1', '--port', '1'])).stderr).toContain(
    'http://[::1]:1/health does not',
  )
})

test.each([
  [
    ['node', '/app/cli.js', 'start', '--port', '8089'],
    ['--port', '8089'],
  ],
  [
    ['node', '/app/cli.js', '--port', '8089'],
    ['--port', '8089'],
  ],
  [
    ['docker-init', '--', 'node', '/app/cli.js', '--port', '8089'],
    ['--port', '8089'],
  ],
  [['node', '/app/cli.js'], []],
  [['node', '/app/cli.js', 'exec', '--', 'true'], []],
  [['sleep', '1'], []],
])('a first process with the arguments %j has the flags %j', (words, flags) => {
  expect(startArgsIn(words.map((word) => `${word}\0`).join(''), '/app/cli.js')).toEqual(flags)
})
