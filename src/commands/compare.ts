import { writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { createApp } from '../app.ts'
import { CompareConfig } from '../config.ts'
import { compareLive, type MockFor, RefusedToken } from '../drift/live/compare-live.ts'
import type { LiveRequest, LiveResponse, Send } from '../drift/live/live-call.ts'
import { sendPaced } from '../drift/live/pace.ts'
import { hasDifferences, writeLiveReport } from '../drift/live/report.ts'
import { parseBody } from '../drift/recording/recorded-exchange.ts'
import { version } from '../package-info.ts'
import { BadFixture } from '../public/errors.ts'
import { isLoopback } from '../text/loopback.ts'
import { redactText } from '../text/redact.ts'
import { readConfig, UsageError } from './flags.ts'
import type { Terminal } from './terminal.ts'

const tokenVariable = 'HUBSPOT_ACCESS_TOKEN'

/**
 * Sends read-only requests to HubSpot and to a mock with the data of the account, and compares the responses.
 * @returns 0 if no response and no guess differs, otherwise 1
 * @throws {UsageError} without a token, or without the flag that allows calls to HubSpot
 */
export async function compare(args: readonly string[], { env, stdout }: Terminal): Promise<number> {
  const config = readConfig(CompareConfig, args, env)
  const base = readBase(config)
  const token = env[tokenVariable]
  if (token === undefined || token.trim() === '') {
    throw new UsageError(`compare: set the environment variable ${tokenVariable} to a token of your account`)
  }
  const report = await compareLive(sendTo(base, token), mockFor, lastYear(new Date())).catch((error: unknown) => {
    throw error instanceof RefusedToken ? new UsageError(`${tokenVariable}: ${error.message}`) : error
  })
  // The report has no values of the account. This removes the token even if a name in the report contains it.
  const text = redactText(writeLiveReport(base.host, report), token)
  stdout.write(config.json ? `${redactText(JSON.stringify(report), token)}\n` : text)
  if (config.out !== undefined) await writeReport(config.out, text)
  return hasDifferences(report) ? 1 : 0
}

function readBase({ baseUrl, contactHubspot }: CompareConfig): URL {
  if (!URL.canParse(baseUrl)) throw new UsageError('--base-url: expected a URL such as http://127.0.0.1:4010')
  const base = new URL(baseUrl)
  if (isLoopback(base.hostname)) return base
  if (base.protocol !== 'https:') throw new UsageError('--base-url: expected https for a host that is not this machine')
  if (!contactHubspot) {
    throw new UsageError(
      `compare: this sends about 40 read requests to ${base.host} with your token: add --contact-hubspot to allow it`,
    )
  }
  return base
}

const daysPerYear = 365
const msPerDay = 86_400_000

function lastYear(now: Date): { startDate: string; endDate: string } {
  const dayOf = (date: Date) => date.toISOString().slice(0, 'YYYY-MM-DD'.length)
  return { startDate: dayOf(new Date(now.getTime() - daysPerYear * msPerDay)), endDate: dayOf(now) }
}

const requestTimeoutMs = 30_000

/** Sends requests to a host, one after another. Requests to a mock on this machine are not paced. */
function sendTo(base: URL, token: string): Send {
  const send: Send = (request) => sendOnce(base, token, request)
  return isLoopback(base.hostname) ? send : sendPaced(send, wait)
}

async function sendOnce(base: URL, token: string, request: LiveRequest): Promise<LiveResponse> {
  const url = base.href.replace(/\/$/, '') + request.path
  const response = await fetch(url, {
    method: request.method,
    headers: headersOf(request, token),
    body: request.body ?? null,
    // A redirect could lead the token to another host.
    redirect: 'manual',
    signal: AbortSignal.timeout(requestTimeoutMs),
  }).catch((error: Error) => {
    const { code = error.name } = Object(error.cause)
    // The URL has ids of the account.
    throw new UsageError(`compare: ${base.host} cannot be reached (${code}): check --base-url and the network`)
  })
  return { status: response.status, headers: new Map(response.headers), body: parseBody(await response.text()) }
}

function headersOf({ auth, contentType }: LiveRequest, token: string): Record<string, string> {
  const credentials = { token: `Bearer ${token}`, invalid: 'Bearer', none: undefined }[auth]
  return {
    'user-agent': `hubspot-campaigns-mock/${version} compare`,
    ...(credentials !== undefined && { authorization: credentials }),
    ...(contentType !== undefined && { 'content-type': contentType }),
  }
}

/** A mock without a port. */
const mockFor: MockFor = async (fixtures, fidelity, rateLimit) => {
  const app = await createApp({ fixtures, fidelity, rateLimit }).catch((error: unknown) => {
    // The message of a fixture error has values.
    throw error instanceof BadFixture ? new Error('compare: the mock cannot represent the data of this account') : error
  })
  return async (request) => {
    const { method, path, body } = request
    const response = await app.inject({
      method,
      url: path,
      headers: headersOf(request, 'account'),
      ...(body !== undefined && { payload: body }),
    })
    const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const)
    return { status: response.statusCode, headers: new Map(headers), body: parseBody(response.payload) }
  }
}

async function writeReport(file: string, text: string): Promise<void> {
  const report = `hubspot-campaigns-mock ${version}\n\n\`\`\`text\n${text}\`\`\`\n`
  await writeFile(file, report).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--out: ${file} cannot be written (${error.code})`)
  })
}
