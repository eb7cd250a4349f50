import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { buildApp } from '../app.ts'
import { DriftConfig } from '../config.ts'
import { NoSpec } from '../drift/facts.ts'
import { checkRecorded } from '../drift/recorded.ts'
import { decode } from '../drift/recording.ts'
import { report } from '../drift/report.ts'
import type { Json } from '../drift/schema.ts'
import { compareSpecs } from '../drift/spec.ts'
import { JsonSyntaxError, parseJson } from '../text/parse-json.ts'
import { readConfig, UsageError } from './flags.ts'
import type { Terminal } from './terminal.ts'

/** HubSpot's files have a tenth of one. */
const mostBytes = 10 * 1024 * 1024
/** In a longer text, the place of an error takes too long to find. */
const maximumScannedChars = 1024 * 1024
const fetchTimeoutMs = 10_000

/**
 * Compares this mock with one of HubSpot's OpenAPI files, or with an answer that somebody recorded.
 * @returns 0 if nothing differs that the contract does not already explain, else 1
 * @throws {UsageError} if it is no such file
 */
export async function drift(args: readonly string[], { env, stdout }: Terminal): Promise<number> {
  const [source, ...more] = args.filter((arg) => !arg.startsWith('-'))
  if (source === undefined || more.length > 0) throw new UsageError('drift: give one file or URL')
  const { json, recorded } = readConfig(
    DriftConfig,
    args.filter((arg) => arg.startsWith('-')),
    env,
  )
  const shown = isUrl(source) ? showUrl(source) : source
  try {
    const document = parse(shown, unpack(shown, await read(source, shown)))
    const look = recorded ? lookAtRecording(shown, document, json) : await lookAtSpec(shown, document, json)
    stdout.write(printable(look.said))
    return look.drifted ? 1 : 0
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(printable(error.message))
    throw new UsageError(printable(`${shown}: cannot be read (${error instanceof Error ? error.message : error})`))
  }
}

function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

/** A URL without what may be a secret in it. */
function showUrl(source: string): string {
  if (!URL.canParse(source)) return 'the URL'
  const { origin, pathname } = new URL(source)
  return `${origin}${pathname}`
}

/** What a file says must not steer a terminal. */
function printable(text: string): string {
  return text.replace(/[^\n\P{Cc}]/gu, '?')
}

interface Look {
  readonly said: string
  readonly drifted: boolean
}

async function lookAtSpec(source: string, document: Json, json: boolean): Promise<Look> {
  try {
    const { path, version, comparison } = compareSpecs(document, await ourDocument())
    const title = `${basename(source)}: ${path}, against version ${version} of this mock`
    return {
      said: json ? `${JSON.stringify({ source, path, version, ...comparison })}\n` : report(title, comparison),
      drifted: comparison.differences.some(({ known }) => known === null),
    }
  } catch (error) {
    throw error instanceof NoSpec ? new UsageError(`${source}: ${error.message}`) : error
  }
}

function lookAtRecording(source: string, document: Json, json: boolean): Look {
  const reports = checkRecorded(document)
  if (reports.length === 0)
    throw new UsageError(`${source}: holds no answer of the batch-read endpoint, as JSON or HAR`)
  const text = reports.map(({ title, findings }) => {
    const lines =
      findings.length === 0 ? ['  nothing that the mock would not send'] : findings.map((line) => `  ${line}`)
    return [`${basename(source)}: ${title}`, ...lines, ''].join('\n')
  })
  return {
    said: json ? `${JSON.stringify({ source, answers: reports })}\n` : text.join(''),
    drifted: reports.some(({ findings }) => findings.length > 0),
  }
}

/** Our own document, as it is served: made from the schemas that answers are checked with. */
async function ourDocument(): Promise<Json> {
  const app = await buildApp({ fixtures: {} })
  const answer = await app.inject('/_mock/openapi.json')
  await app.close()
  return answer.json()
}

/** @throws {UsageError} with the place where it stops being JSON */
function parse(source: string, text: string): Json {
  if (text.trim() === '') throw new UsageError(`${source}: is empty`)
  try {
    return text.length > maximumScannedChars ? JSON.parse(text) : (parseJson(text) as Json)
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${source}: is no JSON`)
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new UsageError(`${source}:${error.line}:${error.column}: ${error.problem}`)
  }
}

/** A file may be packed, as a HAR often is, or come from a shell that writes UTF-16. */
function unpack(source: string, bytes: Buffer): string {
  try {
    return decode(bytes, mostBytes)
  } catch (error) {
    if (error instanceof RangeError) refuseHuge(source, Number.POSITIVE_INFINITY)
    throw new UsageError(`${source}: cannot be unpacked`)
  }
}

async function read(source: string, shown: string): Promise<Buffer> {
  return isUrl(source) ? fetchBytes(source, shown) : readBytes(source)
}

async function readBytes(file: string): Promise<Buffer> {
  const found = await stat(file).catch(() => {
    throw new UsageError(`${file}: there is no such file`)
  })
  if (!found.isFile()) throw new UsageError(`${file}: is no file`)
  refuseHuge(file, found.size)
  return readFile(file)
}

async function fetchBytes(source: string, url: string): Promise<Buffer> {
  if (!URL.canParse(source)) throw new UsageError('drift: the URL cannot be read as one')
  const { username, password } = new URL(source)
  // fetch takes no URL with a user in it, and would tell it in its error.
  const user = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const headers: Record<string, string> = username === '' ? {} : { authorization: `Basic ${user}` }
  const bare = Object.assign(new URL(source), { username: '', password: '' })
  const answer = await fetch(bare, { headers, signal: AbortSignal.timeout(fetchTimeoutMs) }).catch((error: Error) => {
    throw new UsageError(
      `${url}: cannot be fetched (${error.cause instanceof Error ? error.cause.message : error.message})`,
    )
  })
  if (!answer.ok) {
    await answer.body?.cancel()
    throw new UsageError(`${url}: answers ${answer.status}`)
  }
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of answer.body ?? []) {
    bytes += piece.length
    refuseHuge(url, bytes)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function refuseHuge(source: string, bytes: number): void {
  if (bytes > mostBytes)
    throw new UsageError(`${source}: is over ${mostBytes / 1024 / 1024} MiB, and HubSpot's files are far smaller`)
}
