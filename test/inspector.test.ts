import { describe, expect, test } from 'vitest'
import type { AppOptions } from '../src/index.ts'
import { build } from './build.ts'
import { started } from './command.ts'

const paths = ['/_mock/', '/_mock/inspector.js', '/_mock/inspector.css', '/_mock/inspector.svg']

/** Gets a part of the page, as text. */
async function get(url: string, headers: Record<string, string> = {}, options: AppOptions = {}) {
  const { app } = await build({}, options)
  return app.inject({ url, headers: { host: 'localhost:4010', ...headers } })
}

test.each(paths)('%s may load nothing from elsewhere, and is not stored, framed or guessed', async (path) => {
  const { statusCode, headers } = await get(path)
  expect(statusCode).toBe(200)
  expect(headers).toMatchObject({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  })
})

test('each part has its content type', async () => {
  const types = await Promise.all(paths.map(async (path) => (await get(path)).headers['content-type']))
  expect(types).toEqual([
    'text/html; charset=utf-8',
    'text/javascript; charset=utf-8',
    'text/css; charset=utf-8',
    'image/svg+xml',
  ])
})

test('the page has at most 60 KB, and no address outside of the mock', async () => {
  const texts = await Promise.all(paths.map(async (path) => (await get(path)).body))
  expect(texts.join('').length).toBeLessThan(60_000)
  const addresses = texts.join('').match(/\b(?:https?:)?\/\/[\w.-]+\.\w+[^\s"'`)]*/g) ?? []
  // The names of XML vocabularies are not addresses that anything is loaded from.
  expect(addresses.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([])
})

test('the page contains no code and no style of its own, which its policy would refuse', async () => {
  const { body } = await get('/_mock/')
  expect(body).not.toMatch(/<script>|<style|\son\w+=|\sstyle=/)
})

test.each(['/_mock', '/_mock?a=b'])(
  '%s leads to the page by an address that also works behind a proxy',
  async (url) => {
    const { statusCode, headers } = await get(url)
    expect([statusCode, headers.location]).toEqual([308, '_mock/'])
  },
)

test('the page is not part of the OpenAPI document', async () => {
  const { body } = await get('/_mock/openapi.json')
  expect(Object.keys(JSON.parse(body).paths).filter((path) => /inspector|^\/_mock\/?$/.test(path))).toEqual([])
})

describe('the guards', () => {
  const foreign = [
    { host: 'evil.example' },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
  ]
  test.each(foreign.flatMap((headers) => paths.map((path) => [path, headers] as const)))(
    'refuse %s to a web page of another origin: %j',
    async (path, headers) => {
      const response = await get(path, headers)
      expect(response.statusCode).toBe(403)
      expect(response.json()).toMatchObject({ error: 'Forbidden' })
    },
  )

  test('let a link on another web site lead to the page', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect((await get('/_mock/', link)).statusCode).toBe(200)
  })

  test('let no link lead to a rebound name', async () => {
    const link = { host: 'evil.example', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect((await get('/_mock/', link, { host: '0.0.0.0' })).statusCode).toBe(403)
  })
})

describe('a mock with a control token', () => {
  const options = { controlToken: 'let me in' }

  test.each(paths)('serves %s without it, as it holds no data', async (path) => {
    const { statusCode, body } = await get(path, {}, options)
    expect(statusCode).toBe(200)
    expect(body).not.toContain('let me in')
  })

  test('lets the page ask for it', async () => {
    expect((await get('/_mock/', {}, options)).body).toContain('data-control-token="required"')
    expect((await get('/_mock/')).body).toContain('data-control-token="none"')
  })
})

test('the command logs the address of the page after its own, and only on stderr', async () => {
  const { url, said, child } = await started(['--host', '127.0.0.1'])
  await expect.poll(() => said.stderr).toContain(`"msg":"inspector at ${url}/_mock/"`)
  expect(said.stdout).toBe(`listening on ${url}\n`)
  expect((await fetch(`${url}/_mock/`)).status).toBe(200)
  child.kill('SIGTERM')
})

test('the built command serves the same page as a mock that runs from source', async () => {
  const { url } = await started(['--log-level', 'silent'])
  for (const path of paths) {
    const response = await fetch(url + path)
    expect(await response.text()).toBe((await get(path)).body)
  }
})
