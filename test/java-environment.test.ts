import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { derOf } from '../src/commands/certificate-files.ts'
import { javaVariables } from '../src/commands/java-environment.ts'
import { createCertificateAuthority } from '../src/intercept/certificate-authority.ts'
import { certificatesInKeyStore, encodeKeyStore } from '../src/intercept/java-key-store.ts'
import { folder } from './folder.ts'
import { hasTool } from './left-out.ts'

const newCa = async () => (await createCertificateAuthority()).ca
const ca = await newCa()

/** The options of Java, and the certificates in its trust store. */
async function javaOptions(env: Record<string, string>, noProxy = '') {
  const files = await folder()
  const { JAVA_TOOL_OPTIONS = '' } = await javaVariables({ url: 'http://[::1]:4010', noProxy, ca, folder: files }, env)
  return { options: JAVA_TOOL_OPTIONS, trusted: certificatesInKeyStore(await readFile(join(files, 'trust.jks'))) }
}

test('a trust store has the certificates that are put into it', async () => {
  const certificates = derOf(ca + (await newCa()))
  expect(certificates.length).toBe(2)
  expect(certificatesInKeyStore(encodeKeyStore(certificates, 'changeit'))).toEqual(certificates)
  expect(certificatesInKeyStore(encodeKeyStore([], 'changeit'))).toEqual([])
})

test.each([
  '',
  'feedfeed',
  'feedfeed0005582e353039ffffffff',
  '060a2a864886f70d01091601',
  '060a2a864886f70d01091601a0820000',
])('bytes that are not a trust store have no certificates: %s', (hex) => {
  expect(certificatesInKeyStore(Buffer.from(hex, 'hex')).filter(({ length }) => length > 0)).toEqual([])
})

test('Java gets the mock as its proxy, except for the hosts of NO_PROXY, and trusts its authority and that of the user', async () => {
  const own = await newCa()
  const env = { SSL_CERT_FILE: join(await folder({ 'own.pem': own }), 'own.pem'), PATH: '/no/such/folder' }
  const { options, trusted } = await javaOptions(
    env,
    'a.example:80,.b.example,*.c.example,127.0.0.1,::1,[::2],10.0.0.0/8',
  )
  expect(options).toContain('-Dhttps.proxyHost=::1 -Dhttps.proxyPort=4010 ')
  expect(options).toContain('-Dhttp.nonProxyHosts=a.example|*.a.example|*.b.example|*.c.example|127.0.0.1|[::1]|[::2] ')
  expect(trusted).toEqual(derOf(own + ca))
})

test('the trust store that the user names in JAVA_TOOL_OPTIONS is kept', async () => {
  const own = derOf(await newCa())
  const files = await folder()
  await writeFile(join(files, 'own store.jks'), encodeKeyStore(own, 'another'))
  for (const quoted of [
    `-Djavax.net.ssl.trustStore="${files}/own store.jks"`,
    `'-Djavax.net.ssl.trustStore=${files}/own store.jks'`,
  ]) {
    const { options, trusted } = await javaOptions({ JAVA_TOOL_OPTIONS: `-Xmx64m ${quoted}` })
    expect(options).toMatch(/^-Xmx64m .*-Dhttp\.proxyHost/)
    expect(trusted).toEqual([...own, ...derOf(ca)])
  }
  await expect(javaOptions({ JAVA_TOOL_OPTIONS: '-Djavax.net.ssl.trustStore=/no.jks' })).rejects.toThrow(
    'JAVA_TOOL_OPTIONS: the certificates in /no.jks cannot be read: use a trust store of the type JKS',
  )
})

test('the certificates of the JDK are trusted that JAVA_HOME names, or else the first one of PATH', async () => {
  const [own, home] = [derOf(await newCa()), await folder()]
  await mkdir(join(home, 'bin'))
  await mkdir(join(home, 'lib/security'), { recursive: true })
  await writeFile(join(home, 'bin/java'), '')
  await writeFile(join(home, 'lib/security/cacerts'), encodeKeyStore(own, 'changeit'))
  const PATH = ['/no/such/folder', join(home, 'bin')].join(delimiter)
  for (const env of [{ JAVA_HOME: home, PATH: '' }, { PATH }, { JAVA_HOME: '/no/such/jdk', PATH }]) {
    expect((await javaOptions(env)).trusted).toEqual([...own, ...derOf(ca)])
  }
})

test.each([
  ['a b', '"'],
  ["a'b", '"'],
  ['a"b', "'"],
])('an option of Java with the folder %s is quoted', async (name, quote) => {
  const files = join(await folder(), name)
  await mkdir(files)
  const { JAVA_TOOL_OPTIONS } = await javaVariables(
    { url: 'http://127.0.0.1:1', noProxy: '', ca, folder: files },
    { PATH: '' },
  )
  expect(JAVA_TOOL_OPTIONS).toContain(` ${quote}-Djavax.net.ssl.trustStore=${files}/trust.jks${quote} `)
})

if (hasTool('keytool', 'the trust store of a JDK', ['-help'])) {
  test('the certificates of a JDK are read, whether it has them as JKS or as PKCS #12', async () => {
    const files = await folder({ 'own.pem': await newCa() })
    for (const type of ['JKS', 'PKCS12']) {
      const store = join(files, type)
      const plain = ['certProtectionAlgorithm', 'macAlgorithm'].map((name) => `-J-Dkeystore.pkcs12.${name}=NONE`)
      const words = ['-importcert', '-noprompt', '-alias', 'own', '-file', join(files, 'own.pem'), '-keystore', store]
      await promisify(execFile)('keytool', [...words, '-storetype', type, '-storepass', 'changeit', ...plain])
      expect(certificatesInKeyStore(await readFile(store))).toEqual(
        derOf(await readFile(join(files, 'own.pem'), 'utf8')),
      )
    }
  })

  test('keytool reads a trust store, and accepts its password', async () => {
    const files = await folder()
    await writeFile(join(files, 'trust.jks'), encodeKeyStore(derOf(ca), 'changeit'))
    const words = ['-list', '-keystore', join(files, 'trust.jks'), '-storepass', 'changeit']
    expect((await promisify(execFile)('keytool', words)).stdout).toContain('certificate-0')
  })
}
