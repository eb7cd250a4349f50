import { findTooDeep } from '../../text/json-members.ts'
import { positionAt } from '../../text/json-text.ts'
import { JsonSyntaxError, parseJson } from '../../text/parse-json.ts'
import { tooDeep } from '../../text/representable.ts'
import { type Json, listOf, member } from '../json.ts'
import { exchangesOfCurl, isCurlOutput } from './curl-responses.ts'
import { decodeBytes } from './decode-bytes.ts'
import { exchangeOfEntry } from './har-entries.ts'
import { type RecordedExchange, UnusableRecording } from './recorded-exchange.ts'
import { isError, operationsOfBody } from './recorded-operation.ts'

/** The forms of a recording, as the end of a message. */
export const recordingForms = 'give a HAR file, the output of curl -i, or the JSON body of a response'

/** The HAR file of a browser can contain everything that a page loads. */
export const maximumRecordingBytes = 100 * 1024 * 1024
/** Checking more entries takes minutes. */
const maximumEntries = 10_000
/** Finding the position of an error in a longer text takes too long. */
const maximumScannedChars = 1024 * 1024

/**
 * Reads the exchanges in a recording: a HAR file, a HAR entry, the output of `curl -i`, the JSON body of a response, or
 * a list of entries or bodies. It can be compressed with gzip, and have a byte order mark.
 * @param name of the file, for the places of the exchanges
 * @throws {UnusableRecording} if it is none of these
 */
export function readRecordings(name: string, bytes: Buffer): RecordedExchange[] {
  const text = decode(bytes)
  if (text.trim() === '') throw new UnusableRecording('empty file')
  if (isCurlOutput(text)) return listExchanges(exchangesOfCurl(text, name))
  const exchanges = /^\s*[[{]/.test(text) ? listExchanges(exchangesOf(parse(text), name)) : []
  if (exchanges.length === 0) throw new UnusableRecording(`no response of HubSpot found: ${recordingForms}`)
  return exchanges
}

/** @throws {UnusableRecording} if there are too many */
function listExchanges(found: Iterable<RecordedExchange | undefined>): RecordedExchange[] {
  const exchanges: RecordedExchange[] = []
  let count = 0
  for (const exchange of found) {
    count += 1
    if (count > maximumEntries) {
      throw new UnusableRecording(`over ${maximumEntries} entries: split the file, or record fewer requests`)
    }
    if (exchange !== undefined) exchanges.push(exchange)
  }
  return exchanges
}

/** The exchange of each entry; undefined for an entry that is no response of HubSpot. */
function* exchangesOf(value: Json, place: string): Generator<RecordedExchange | undefined> {
  const entries = member(member(value, 'log'), 'entries')
  if (entries !== undefined) {
    for (const [i, entry] of listOf(entries).entries()) yield exchangeOfEntry(entry, `${place} log.entries[${i}]`)
  } else if (Array.isArray(value)) {
    for (const [i, one] of value.entries()) yield* exchangesOf(one, `${place} [${i}]`)
  } else if (member(value, 'response') !== undefined) yield exchangeOfEntry(value, place)
  else yield exchangeOfBody(value, place)
}

function exchangeOfBody(body: Json, place: string): RecordedExchange | undefined {
  const response = { place, request: undefined, status: undefined, headers: undefined }
  const isResponse = isError({ ...response, body }) || operationsOfBody(body).length > 0
  return isResponse ? { ...response, text: JSON.stringify(body), body } : undefined
}

function decode(bytes: Buffer): string {
  try {
    return decodeBytes(bytes, maximumRecordingBytes)
  } catch (error) {
    if (error instanceof RangeError) {
      throw new UnusableRecording(`over ${maximumRecordingBytes / 1024 / 1024} MiB: record fewer requests`)
    }
    throw new UnusableRecording('cannot be decompressed')
  }
}

function parse(text: string): Json {
  const value = parseText(text)
  const offset = findTooDeep(text)
  if (offset === undefined) return value
  const { line, column } = positionAt(text, offset)
  throw new UnusableRecording(`${tooDeep}: ${recordingForms}`, `${line}:${column}`)
}

function parseText(text: string): Json {
  try {
    return text.length > maximumScannedChars ? JSON.parse(text) : (parseJson(text) as Json)
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      throw new UnusableRecording(`${error.problem}: ${recordingForms}`, `${error.line}:${error.column}`)
    }
    throw new UnusableRecording(`not JSON: ${recordingForms}`)
  }
}
