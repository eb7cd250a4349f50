import { readFile, stat } from 'node:fs/promises'
import type { Json } from '../drift/json.ts'
import { decodeBytes } from '../drift/recording/decode-bytes.ts'
import { JsonSyntaxError, parseJson } from '../text/parse-json.ts'
import { UsageError } from './flags.ts'

/** HubSpot's files have a tenth of a megabyte. */
const maximumBytes = 10 * 1024 * 1024
/** YAML is read about a hundred times slower than JSON. */
const maximumYamlChars = 2 * 1024 * 1024
/** Finding the position of an error in a longer text takes too long. */
const maximumScannedChars = 1024 * 1024
const fetchTimeoutMs = 10_000

/** How messages name a source: a URL has no user, password, query and fragment, which can be secrets. */
export function showSource(source: string): string {
  if (!isUrl(source)) return source
  if (!URL.canParse(source)) return 'the URL'
  const { origin, pathname } = new URL(source)
  return `${origin}${pathname}`
}

/**
 * Reads a JSON or YAML document from a file or a URL. It can be compressed with gzip.
 * @throws {UsageError} with the position at which the text stops being JSON or YAML
 */
export async function readDocument(source: string): Promise<Json> {
  const shown = showSource(source)
  const text = decodeText(shown, isUrl(source) ? await fetchBytes(source, shown) : await readBytes(source))
  if (text.trim() === '') throw new UsageError(`${shown}: empty file`)
  return /^\s*[[{]/.test(text) ? parse(shown, text) : parseYaml(shown, text)
}

function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

function parse(shown: string, text: string): Json {
  try {
    return text.length > maximumScannedChars ? JSON.parse(text) : (parseJson(text) as Json)
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw new UsageError(`${shown}: not JSON`)
    throw new UsageError(`${shown}:${error.line}:${error.column}: ${error.problem}`)
  }
}

/** The result is JSON: dates and other values of YAML alone become texts. */
async function parseYaml(shown: string, text: string): Promise<Json> {
  if (text.length > maximumYamlChars) {
    throw new UsageError(`${shown}: over ${maximumYamlChars / 1024 / 1024} MiB of YAML: convert it to JSON`)
  }
  const { parseDocument, LineCounter } = await import('../text/yaml-parser.ts')
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { prettyErrors: false, lineCounter })
  const [error] = document.errors
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0])
    throw new UsageError(`${shown}:${line}:${col}: ${error.message}`)
  }
  return JSON.parse(JSON.stringify(document.toJS()))
}

/** A file can be compressed, or come from a shell that writes UTF-16. */
function decodeText(shown: string, bytes: Buffer): string {
  try {
    return decodeBytes(bytes, maximumBytes)
  } catch (error) {
    if (error instanceof RangeError) refuseHuge(shown, Number.POSITIVE_INFINITY)
    throw new UsageError(`${shown}: cannot be decompressed`)
  }
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

function refuseHuge(shown: string, bytes: number): void {
  if (bytes > maximumBytes)
    throw new UsageError(`${shown}: over ${maximumBytes / 1024 / 1024} MiB; HubSpot's files are far smaller`)
}
