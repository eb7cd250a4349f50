import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createApp } from '../app.ts'
import { DriftConfig } from '../config.ts'
import type { Json } from '../drift/json.ts'
import { checkRecording } from '../drift/recording/check-recording.ts'
import { decode } from '../drift/recording/har-recording.ts'
import { compareDocuments } from '../drift/spec/compare-documents.ts'
import { reportOf, writeReport } from '../drift/spec/report.ts'
import { UnusableDocument } from '../drift/spec/schema-facts.ts'
import { JsonSyntaxError, parseJson } from '../text/parse-json.ts'
import { readConfig, UsageError } from './flags.ts'
import type { Terminal } from './terminal.ts'

/** HubSpot's files have a tenth of a megabyte. */
const maximumBytes = 10 * 1024 * 1024
/** Finding the position of an error in a longer text takes too long. */
const maximumScannedChars = 1024 * 1024
const fetchTimeoutMs = 10_000

/**
 * Compares this mock with one of HubSpot's OpenAPI files, or with recorded responses.
 * @returns 0 if there is no difference but the known ones, else 1
 * @throws {UsageError} if the file cannot be read or compared
 */
export async function drift(args: readonly string[], { env, stdout }: Terminal): Promise<number> {
  const [source, ...more] = args.filter((arg) => !arg.startsWith('-'))
  if (source === undefined || more.length > 0) throw new UsageError('drift: give one file or URL')
  const { json, recorded, verbose } = readConfig(
    DriftConfig,
    args.filter((arg) => arg.startsWith('-')),
    env,
  )
  const shown = isUrl(source) ? showUrl(source) : source
  try {
    const document = parse(shown, decodeText(shown, await read(source, shown)))
    const result = recorded
      ? compareRecording(shown, document, json)
      : await compareSpec(shown, document, json, verbose)
    stdout.write(printable(result.text))
    return result.isDifferent ? 1 : 0
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(printable(error.message))
    throw new UsageError(printable(`${shown}: cannot be read (${error instanceof Error ? error.message : error})`))
  }
}

function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

/** A URL without user, password, query and fragment, which can be secrets. */
function showUrl(source: string): string {
  if (!URL.canParse(source)) return 'the URL'
  const { origin, pathname } = new URL(source)
  return `${origin}${pathname}`
}

/** A text of a file without control characters, which could control the terminal. */
function printable(text: string): string {
  return text.replace(/[^\n\P{Cc}]/gu, '?')
}

interface Result {
  readonly text: string
  readonly isDifferent: boolean
}

async function compareSpec(source: string, document: Json, asJson: boolean, isVerbose: boolean): Promise<Result> {
  try {
    const report = reportOf(compareDocuments(document, await servedDocument()))
    const text = asJson
      ? `${JSON.stringify({ source, ...report })}\n`
      : writeReport(basename(source), report, isVerbose)
    return { text, isDifferent: report.differences.some(({ known }) => known === null) }
  } catch (error) {
    throw error instanceof UnusableDocument ? new UsageError(`${source}: ${error.message}`) : error
  }
}

function compareRecording(source: string, document: Json, asJson: boolean): Result {
  const reports = checkRecording(document)
  if (reports.length === 0) {
    throw new UsageError(`${source}: no batch read in it: give the JSON body of a response, a HAR entry or a HAR`)
  }
  const text = reports.map(({ title, findings }) => {
    const lines = findings.length === 0 ? ['  no differences'] : findings.map((line) => `  ${line}`)
    return [`${basename(source)}: ${title}`, ...lines, ''].join('\n')
  })
  return {
    text: asJson ? `${JSON.stringify({ source, answers: reports })}\n` : text.join(''),
    isDifferent: reports.some(({ findings }) => findings.length > 0),
  }
}

/** The document that this mock serves, made from the schemas that responses are checked with. */
async function servedDocument(): Promise<Json> {
  const app = await createApp({ fixtures: {} })
  const response = await app.inject('/_mock/openapi.json')
  await app.close()
  return response.json()
}

/** @throws {UsageError} with the position at which the text stops being JSON */
function parse(source: string, text: string): Json {
  if (text.trim() === '') throw new UsageError(`${source}: empty file`)
  try {
    return text.length > maximumScannedChars ? JSON.parse(text) : (parseJson(text) as Json)
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${source}: not JSON`)
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new UsageError(`${source}:${error.line}:${error.column}: ${error.problem}`)
  }
}

/** A file can be compressed, as a HAR often is, or come from a shell that writes UTF-16. */
function decodeText(source: string, bytes: Buffer): string {
  try {
    return decode(bytes, maximumBytes)
  } catch (error) {
    if (error instanceof RangeError) refuseHuge(source, Number.POSITIVE_INFINITY)
    throw new UsageError(`${source}: cannot be decompressed`)
  }
}

async function read(source: string, shown: string): Promise<Buffer> {
  return isUrl(source) ? fetchBytes(source, shown) : readBytes(source)
}

async function readBytes(file: string): Promise<Buffer> {
  const found = await stat(file).catch(() => {
    throw new UsageError(`${file}: no such file`)
  })
  if (!found.isFile()) throw new UsageError(`${file}: not a file`)
  refuseHuge(file, found.size)
  return readFile(file)
}

async function fetchBytes(source: string, url: string): Promise<Buffer> {
  if (!URL.canParse(source)) throw new UsageError('drift: invalid URL')
  const { username, password } = new URL(source)
  // fetch refuses a URL with a user in it, and would show it in its error.
  const user = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const headers: Record<string, string> = username === '' ? {} : { authorization: `Basic ${user}` }
  const withoutUser = Object.assign(new URL(source), { username: '', password: '' })
  const response = await fetch(withoutUser, { headers, signal: AbortSignal.timeout(fetchTimeoutMs) }).catch(
    (error: Error) => {
      throw new UsageError(
        `${url}: cannot be fetched (${error.cause instanceof Error ? error.cause.message : error.message})`,
      )
    },
  )
  if (!response.ok) {
    await response.body?.cancel()
    throw new UsageError(`${url}: status ${response.status}`)
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    refuseHuge(url, bytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function refuseHuge(source: string, bytes: number): void {
  if (bytes > maximumBytes)
    throw new UsageError(`${source}: over ${maximumBytes / 1024 / 1024} MiB; HubSpot's files are far smaller`)
}
