import { mkdir, readFile, rename, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readCertificates, trustedCertificates } from '../src/commands/certificate-files.ts'
import { createInterceptEnvironment } from '../src/commands/intercept-environment.ts'
import { createCertificateAuthority } from '../src/intercept/certificate-authority.ts'
import { folder } from './folder.ts'

const newCa = async () => (await createCertificateAuthority()).ca
const ca = await newCa()

async function environment(env: Record<string, string>) {
  const { variables, remove } = await createInterceptEnvironment(
    { url: 'http://127.0.0.1:1', httpsUrl: undefined, ca },
    env,
  )
  onTestFinished(remove)
  return variables
}

const contentOf = (file = '') => readFile(file, 'utf8')

test('a folder as a bundle is read as OpenSSL does: the files with hashes as names, each certificate once', async () => {
  const [one, two] = [await newCa(), await newCa()]
  const files = await folder({ 'one.pem': `text\n${one}`, '12345678.1': `${two}${one}` })
  await symlink(join(files, 'one.pem'), join(files, 'abcdef01.0'))
  await mkdir(join(files, 'further'))
  expect((await readCertificates(files)).split(/(?=-----BEGIN)/).sort()).toEqual([one, two].sort())
  await rename(join(files, '12345678.1'), join(files, 'two.crt'))
  expect(await readCertificates(files)).toBe(one)
})

test('a folder without hashes is read completely, and one without certificates or that is missing is empty', async () => {
  const one = await newCa()
  expect(await readCertificates(await folder({ 'a.pem': one, 'b.crt': one, 'c.txt': 'text' }))).toBe(one)
  expect(await readCertificates(await folder({ 'c.txt': 'text' }))).toBe('')
  expect(await readCertificates('/no/such/folder')).toBe('')
})

test.each(['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'HTTPLIB2_CA_CERTS'])('a folder in %s is kept', async (variable) => {
  const own = await newCa()
  const variables = await environment({ [variable]: await folder({ 'own.pem': own }) })
  expect(await contentOf(variables[variable])).toBe(own + ca)
})

test('the folders of SSL_CERT_DIR are trusted by every program, in addition to the system or to SSL_CERT_FILE', async () => {
  const [one, two, file] = [await newCa(), await newCa(), await newCa()]
  const SSL_CERT_DIR = `${await folder({ '12345678.0': one })}::${await folder({ 'two.pem': two })}`
  expect((await trustedCertificates({ SSL_CERT_DIR })).length).toBeGreaterThan(100 * 1024)
  const SSL_CERT_FILE = join(await folder({ 'file.pem': file }), 'file.pem')
  for (const name of ['SSL_CERT_FILE', 'GIT_SSL_CAINFO', 'CURL_CA_BUNDLE']) {
    const variables = await environment({ SSL_CERT_DIR, SSL_CERT_FILE })
    expect(await contentOf(variables[name])).toBe(file + one + two + ca)
  }
})

test('a bundle that cannot be read or is empty does not take away what programs trust by default', async () => {
  const variables = await environment({ CURL_CA_BUNDLE: '', PIP_CERT: '/no/such/file' })
  expect([variables['CURL_CA_BUNDLE'], variables['PIP_CERT']]).toEqual(Array(2).fill(variables['SSL_CERT_FILE']))
})

test('the settings of wget that a user has are kept, and its certificates stay trusted', async () => {
  const own = await newCa()
  const files = await folder({ 'own.pem': own })
  const settings = `tries = 2\nCA-Certificate=${files}/own.pem\n`
  const { WGETRC } = await environment({ WGETRC: join(await folder({ rc: settings }), 'rc') })
  const [, file] = /^ca_certificate = (.*)$/m.exec(await contentOf(WGETRC)) ?? []
  expect(await contentOf(WGETRC)).toContain('tries = 2\n')
  expect(await contentOf(file)).toBe(own + ca)
})
