import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createCertificateAuthority } from '../src/intercept/certificate-authority.ts'
import { command } from './command.ts'
import { folder } from './folder.ts'
import { hasTool } from './left-out.ts'

const list = 'https://api.hubapi.com/marketing/v3/campaigns?limit=1'
const authorization = 'Authorization: Bearer any'

/** Runs a command with `exec --intercept`. */
function execIntercepted(words: readonly string[], env: Record<string, string> = {}) {
  const home = { HOME: process.env['HOME'] ?? '/', ...env }
  return command(['exec', '--intercept', '--', ...words], home).ended
}

/** Another HTTPS server on this machine, with a certificate of its own. */
async function otherServer() {
  const { ca, cert, key } = await createCertificateAuthority()
  const server = createServer({ cert, key }, (_request, response) => response.end('the other server'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `https://localhost:${port}`, port, ca }
}

if (hasTool('curl', 'curl under exec --intercept')) {
  test('another host is reached through the mock, and verified by its own certificate', async () => {
    const { url, ca } = await otherServer()
    const files = await folder({ 'ca.pem': ca })
    const curl = ['curl', '-sS', '--noproxy', '', url]
    const own = { CURL_CA_BUNDLE: `${files}/ca.pem` }
    expect((await execIntercepted(curl, own)).stdout).toBe('the other server')
    expect((await execIntercepted(['curl', '-sS', list, '-H', authorization], own)).stdout).toContain('"total":3')
    expect((await execIntercepted(curl)).stderr).toMatch(/certificate/)
  })
}

test('an entry of NO_PROXY for HubSpot’s hosts does not let calls reach HubSpot', async () => {
  const env = { NO_PROXY: 'example.com,.hubapi.com,*,api.hubapi.com' }
  const { stdout } = await execIntercepted([process.execPath, '-p', 'process.env.NO_PROXY'], env)
  expect(stdout).toBe('example.com,localhost,127.0.0.1,::1\n')
})

test('the options of Node and the certificates of a user are kept', async () => {
  const files = await folder({
    'own.pem': (await createCertificateAuthority()).ca,
    'hello.cjs': 'console.log("hello")',
  })
  const script =
    'console.log(require("fs").readFileSync(process.env.NODE_EXTRA_CA_CERTS, "utf8").match(/BEGIN/g).length)'
  const env = { NODE_OPTIONS: `--require=${files}/hello.cjs`, NODE_EXTRA_CA_CERTS: `${files}/own.pem` }
  expect((await execIntercepted([process.execPath, '-e', script], env)).stdout).toBe('hello\nhello\n2\n')
})

/** A proxy of a user, with the targets that it has connected clients to. */
async function userProxy(tls?: { readonly cert: string; readonly key: string }) {
  const seen: unknown[] = []
  const server = tls === undefined ? createHttpServer() : createServer(tls)
  server.on('connect', ({ url, headers }, client, head) => {
    seen.push([url, headers['proxy-authorization']])
    const remote = connect(Number(String(url).split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      remote.write(head)
      remote.pipe(client).pipe(remote)
    })
    for (const socket of [client, remote]) socket.on('error', () => socket.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return { host: `localhost:${typeof address === 'object' ? address?.port : 0}`, seen }
}

if (hasTool('curl', 'the proxy of a user under exec --intercept')) {
  const curl = ['curl', '-sSk', '--noproxy', '']

  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('the proxy in %s is used for other hosts', async (name) => {
    const [{ url }, { host, seen }] = [await otherServer(), await userProxy()]
    const env = { [name]: `http://user:p%40ss@${host}` }
    expect((await execIntercepted([...curl, url], env)).stdout).toBe('the other server')
    const credentials = `Basic ${Buffer.from('user:p@ss').toString('base64')}`
    expect(seen).toEqual([[new URL(url).host, credentials]])
    expect((await execIntercepted([...curl, url], { ...env, NO_PROXY: '*' })).stdout).toBe('the other server')
    expect(seen.length).toBe(1)
  })

  test('a proxy that is reached by https is used for other hosts, if its certificate is trusted', async () => {
    const authority = await createCertificateAuthority()
    const [{ url }, { host, seen }] = [await otherServer(), await userProxy(authority)]
    const files = await folder({ 'ca.pem': authority.ca })
    const env = { HTTPS_PROXY: `https://${host}` }
    const trusting = { ...env, NODE_EXTRA_CA_CERTS: `${files}/ca.pem` }
    expect((await execIntercepted([...curl, url], trusting)).stdout).toBe('the other server')
    expect(seen).toEqual([[new URL(url).host, undefined]])
    expect((await execIntercepted([...curl, url], env)).stderr).toContain('502')
  })
}

test('an axios of any age reaches another host by the mock, which verifies it by the certificates of Node', async () => {
  const { url, ca } = await otherServer()
  const files = await folder({ 'ca.pem': ca })
  // What axios sends to a proxy for a URL with https.
  const script = `const { hostname, port } = new URL(process.env.HTTPS_PROXY)
    require('http').get({ hostname, port, path: '${url}/', headers: { host: new URL('${url}').host } }, async (response) => {
      console.log(response.statusCode, (await response.toArray()).join(''))
    })`
  const run = (env: Record<string, string>) => execIntercepted([process.execPath, '-e', script], env)
  expect((await run({ NODE_EXTRA_CA_CERTS: `${files}/ca.pem` })).stdout).toBe('200 the other server\n')
  expect((await run({})).stdout).toMatch(/^502 hubspot-campaigns-mock cannot pass this request on: .*certificate/)
})

test.each([
  ['a command that succeeds', [process.execPath, '-e', '0'], {}, 0],
  ['a command that fails', [process.execPath, '-e', 'process.exit(7)'], {}, 7],
  ['a command that does not exist', ['no-such-command'], {}, 2],
  ['an invalid trust store of Java', ['true'], { JAVA_TOOL_OPTIONS: '-Djavax.net.ssl.trustStore=/no' }, 2],
])('nothing is left after exec --intercept with %s', async (_what, words, env, code) => {
  const TMPDIR = await folder()
  expect((await execIntercepted(words, { ...env, TMPDIR })).code).toBe(code)
  expect(await readdir(TMPDIR)).toEqual([])
})

test('a run that is killed leaves certificates but no key, and the next run removes them', async () => {
  const TMPDIR = await folder()
  const script = "console.log('up'); process.stdin.resume().on('end', () => process.exit())"
  const { child, ended } = command(['exec', '--intercept', '--', process.execPath, '-e', script], { TMPDIR })
  await once(child.stdout ?? child, 'data')
  child.kill('SIGKILL')
  child.stdin?.end()
  await ended
  const [left = ''] = await readdir(TMPDIR)
  const files = (await readdir(join(TMPDIR, left), { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  )
  for (const { parentPath, name } of files)
    expect(await readFile(join(parentPath, name), 'utf8')).not.toContain('PRIVATE')
  expect(files.length).toBeGreaterThan(3)
  expect((await execIntercepted([process.execPath, '-e', '0'], { TMPDIR })).code).toBe(0)
  expect(await readdir(TMPDIR)).toEqual([])
})

test('several runs at once do not affect each other', async () => {
  const TMPDIR = await folder()
  const script = `fetch('${list}', { headers: { authorization: 'Bearer any' } }).then((r) => r.json()).then((r) => console.log(r.total))`
  const totals = await Promise.all(
    [1, 2, 3, 4].map(async (campaigns) => {
      const env = { TMPDIR, HUBSPOT_MOCK_CAMPAIGNS: String(campaigns) }
      return Number((await execIntercepted([process.execPath, '-e', script], env)).stdout)
    }),
  )
  expect(totals).toEqual([4, 5, 6, 7])
  expect(await readdir(TMPDIR)).toEqual([])
})

test('the command serves HTTPS with an own certificate, and writes the authority of a run', async () => {
  const { cert, key } = await createCertificateAuthority()
  const files = await folder({ 'cert.pem': cert, 'key.pem': key })
  const script = "fetch(process.env.HUBSPOT_BASE_URL + '/_mock/ca.pem').then((r) => console.log(r.status))"
  const exec = (...flags: string[]) => command(['exec', ...flags, '--', process.execPath, '-e', script]).ended
  expect(await exec('--tls-cert', `${files}/cert.pem`, '--tls-key', `${files}/key.pem`)).toMatchObject({
    stdout: '404\n',
  })
  expect(await exec('--tls', '--ca-file', `${files}/ca.pem`)).toMatchObject({ stdout: '200\n' })
  expect(await readdir(files)).toContain('ca.pem')
  expect((await exec('--tls-cert', `${files}/cert.pem`)).stderr).toContain('--tls-cert: needs --tls-key as well')
  expect((await exec('--tls-cert', `${files}/no.pem`, '--tls-key', `${files}/key.pem`)).stderr).toContain(
    `--tls-cert: ${files}/no.pem cannot be read (ENOENT)`,
  )
  expect((await exec('--ca-file', `${files}/ca.pem`)).stderr).toContain('--ca-file: there is no certificate authority')
})
