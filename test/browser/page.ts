import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, onTestFinished } from 'vitest'
import { v3 } from '../build.ts'
import { started } from '../command.ts'

/** Nothing that Chromium would do over the network by itself. Each browser has a new profile. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let browser: Promise<Browser> | undefined
afterAll(async () => {
  await (await browser)?.close()
  browser = undefined
})

/** Starts the command, and a way to call it: as a client of HubSpot's API, and as a tester. */
export async function startedMock(flags: readonly string[] = []) {
  const { url, child } = await started(['--log-level', 'silent', ...flags])
  const call = (path: string, { token = 'any', ...init }: RequestInit & { token?: string } = {}) =>
    fetch(url + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })
  const read = (ids: readonly string[], token = 'any', query = '') =>
    call(v3 + query, {
      method: 'POST',
      token,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: ids.map((id) => ({ id })) }),
    })
  const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/_mock${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return { url, child, call, read, put }
}

/** Opens the inspector page. `problems` are the errors and warnings of its console, and what its policy has refused. */
export async function openPage(
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  browser ??= chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '', args })
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 800 }, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('requestfailed', (request) => {
    const { errorText = '' } = request.failure() ?? {}
    // The page ends its event stream itself when another portal is chosen.
    if (errorText !== 'net::ERR_ABORTED') problems.push(`${request.url()} ${errorText}`)
  })
  await page.goto(`${url}/_mock/`)
  return { page, problems }
}

/** Opens the page, and returns when it shows events. */
export async function openInspector(url: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(url, options)
  await opened.page.getByText('live', { exact: true }).waitFor()
  return opened
}
