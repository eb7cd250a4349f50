import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { type MockOptions, startMock } from '../src/index.ts'
import { createCertificateAuthority } from '../src/intercept/certificate-authority.ts'
import { identityOf } from '../src/intercept/tls.ts'
import { commandHere } from './command.ts'
import { folder } from './folder.ts'
import { hasTool } from './left-out.ts'

async function running(options: MockOptions) {
  const mock = await startMock({ fixtures: {}, ...options })
  onTestFinished(() => mock.close())
  return mock
}

/** The certificate of a mock, after a handshake for a host in which it was verified. */
async function certificateOf(options: MockOptions, servername: string, ca?: string) {
  const mock = await running(options)
  const trusted = ca ?? mock.ca
  const port = Number(new URL(mock.httpsUrl ?? '').port)
  const socket = connect({ port, host: '127.0.0.1', servername, ...(trusted && { ca: trusted }) })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'secureConnect')
  return socket.getPeerX509Certificate()
}

test('the certificate of a run is for HubSpot’s hosts, this machine, and the hosts in the options', async () => {
  const options = { tls: true, host: '127.0.0.1', publicUrl: 'https://hubspot.test:8443' }
  const certificate = await certificateOf(options, 'hubspot.test')
  expect(certificate?.subjectAltName?.split(', ')).toEqual([
    'DNS:api.hubapi.com',
    'DNS:*.hubapi.com',
    'DNS:localhost',
    'IP Address:127.0.0.1',
    'IP Address:0:0:0:0:0:0:0:1',
    'DNS:hubspot.test',
  ])
})

test.each([
  [{ publicUrl: 'http://mock' }, 'DNS:mock'],
  [{ publicUrl: 'http://10.1.2.3:4010' }, 'IP Address:10.1.2.3'],
  [{ publicUrl: 'http://[fd00::1]' }, 'IP Address:FD00:0:0:0:0:0:0:1'],
  [{ host: '127.0.0.2' }, 'IP Address:127.0.0.2'],
])('with %j the certificate is for %s, too', async (options, name) => {
  const identity = await identityOf({ tls: true, ...options })
  expect(new X509Certificate(identity?.cert ?? '').subjectAltName?.split(', ').at(-1)).toBe(name)
})

test('a mock on all addresses has a certificate without them', async () => {
  const names = async (host: string) =>
    new X509Certificate((await identityOf({ tls: true, host }))?.cert ?? '').subjectAltName
  expect(await names('0.0.0.0')).toBe(await names('localhost'))
  expect(await names('::')).not.toContain('0.0.0.0')
})

if (hasTool('openssl', 'own certificates of several kinds', ['version'])) {
  const openssl = (cwd: string, ...args: string[]) => execFileSync('openssl', args, { cwd, stdio: 'pipe' })
  const self = [
    'req',
    '-x509',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    'key.pem',
    '-out',
    'cert.pem',
  ]
  const pem = (files: string, name: string) => readFileSync(join(files, name), 'utf8')

  test.each([
    ['RSA', ['-newkey', 'rsa:2048']],
    ['EC', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
    ['Ed25519', ['-newkey', 'ed25519']],
  ])('an own certificate with a key of the kind %s is served', async (_kind, kind) => {
    const files = await folder()
    openssl(files, ...self, ...kind)
    const tls = { cert: pem(files, 'cert.pem'), key: pem(files, 'key.pem') }
    expect((await certificateOf({ tls }, 'localhost', tls.cert))?.subject).toBe('CN=localhost')
  })

  test('an encrypted key, and a key that is too small, are refused in one line', async () => {
    const files = await folder()
    openssl(files, ...self, '-newkey', 'rsa:2048')
    openssl(files, 'pkey', '-in', 'key.pem', '-aes256', '-passout', 'pass:a', '-out', 'new.pem')
    openssl(files, 'rsa', '-in', 'key.pem', '-traditional', '-aes256', '-passout', 'pass:a', '-out', 'old.pem')
    for (const name of ['new.pem', 'old.pem']) {
      const tls = { cert: pem(files, 'cert.pem'), key: pem(files, name) }
      await expect(startMock({ tls })).rejects.toThrow('tls.key: the key is encrypted')
    }
    openssl(files, ...self, '-newkey', 'rsa:512')
    const small = { cert: pem(files, 'cert.pem'), key: pem(files, 'key.pem') }
    await expect(startMock({ tls: small })).rejects.toThrow(/^tls\.cert: OpenSSL refuses it \(.*key too small\)/)
  })

  test('a chain is served with its intermediate certificate, and refused in the wrong order', async () => {
    const files = await folder({ ext: 'basicConstraints=CA:TRUE', leaf: 'subjectAltName=DNS:localhost' })
    const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-subj', `/CN=${name}`]
    openssl(files, 'req', '-x509', ...key('root'), '-out', 'root.pem')
    for (const [name, issuer, ext] of [
      ['middle', 'root', 'ext'],
      ['end', 'middle', 'leaf'],
    ] as const) {
      openssl(files, 'req', ...key(name), '-out', `${name}.csr`)
      const by = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-extfile', ext]
      openssl(files, 'x509', '-req', '-in', `${name}.csr`, ...by, '-out', `${name}.pem`)
    }
    const [end, middle, root] = ['end.pem', 'middle.pem', 'root.pem'].map((name) => pem(files, name))
    const own = { cert: `${end}${middle}`, key: pem(files, 'end.key') }
    expect((await certificateOf({ tls: own }, 'localhost', root))?.subject).toBe('CN=end')
    await expect(startMock({ tls: { ...own, cert: `${middle}${end}` } })).rejects.toThrow(
      'tls.key: the key does not belong to the certificate',
    )
  })

  test('the command refuses an own certificate in one line, which says how to fix it', async () => {
    const [one, two] = [await createCertificateAuthority(), await createCertificateAuthority()]
    const files = await folder({ 'cert.pem': one.cert, 'key.pem': two.key })
    const flags = ['--tls-cert', join(files, 'cert.pem'), '--tls-key', join(files, 'key.pem')]
    expect(await commandHere(['exec', ...flags, '--', 'true'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `hubspot-campaigns-mock: tls.key: the key does not belong to the certificate: use the key that the certificate was made with; the certificate of the server is the first in its file\n`,
    })
  })

  test('an expired intermediate certificate is refused', async () => {
    const expired = await createCertificateAuthority([], Date.UTC(2020, 0, 1))
    const { cert, key } = await createCertificateAuthority()
    await expect(startMock({ tls: { cert: cert + expired.ca, key } })).rejects.toThrow(
      'tls.cert: expired on Mar 31 00:00:00 2020 GMT',
    )
  })
}
