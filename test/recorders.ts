import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { runSession } from './session.ts'

const titleCase = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())

/**
 * A proxy in front of a mock that compresses every second response and writes a HAR file as proxies do: bodies in base64 as
 * they were sent, absolute URLs, and names of headers in another case.
 */
export async function recordingProxy(target: string) {
  const entries: object[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const sent = Buffer.concat(chunks)
    const headers = Object.entries(request.headers).filter(([name]) => /^(authorization|content-type)$/.test(name))
    const init = {
      method: String(request.method),
      headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
    }
    const upstream = await fetch(`${target}${request.url}`, sent.length === 0 ? init : { ...init, body: sent })
    const isCompressed = entries.length % 2 === 1
    const plain = Buffer.from(await upstream.arrayBuffer())
    const body = isCompressed ? gzipSync(plain) : plain
    const kept = [...upstream.headers].filter(
      ([name]) => !/^(content-length|transfer-encoding|connection|keep-alive)$/.test(name),
    )
    const all = [...kept, ...(isCompressed ? [['content-encoding', 'gzip']] : [])]
    entries.push({
      startedDateTime: '2026-05-20T18:40:27.000Z',
      time: 12.5,
      request: {
        method: request.method,
        url: `https://api.hubapi.com${request.url}`,
        httpVersion: 'HTTP/1.1',
        headers: headers.map(([name, value]) => ({ name: titleCase(name), value })),
        cookies: [],
        queryString: [],
        ...(sent.length > 0 && { postData: { mimeType: 'application/json', text: sent.toString(), params: [] } }),
      },
      response: {
        status: upstream.status,
        httpVersion: 'HTTP/1.1',
        headers: all.map(([name = '', value]) => ({ name: titleCase(name), value })),
        content: { size: body.length, mimeType: 'application/json', text: body.toString('base64'), encoding: 'base64' },
      },
    })
    response.writeHead(upstream.status, Object.fromEntries(all)).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    har: () => ({ log: { version: '1.2', creator: { name: 'a proxy', version: '1' }, entries } }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Runs a session in Chromium, on a page of the mock, and lets the browser write a HAR file. */
export async function recordInBrowser(url: string, file: string): Promise<void> {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const context = await browser.newContext({ recordHar: { path: file } })
  const page = await context.newPage()
  await page.goto(`${url}/_mock/health`)
  await runSession((method, path, body) =>
    page.evaluate(
      async ([method, path, body]) => {
        const headers = { authorization: 'Bearer pat-na1-recorded-token', 'content-type': 'application/json' }
        const response = await fetch(String(path), { method: String(method), headers, ...(body && { body }) })
        return response.json()
      },
      [method, path, body && JSON.stringify(body)],
    ),
  )
  await context.close()
  await browser.close()
}
