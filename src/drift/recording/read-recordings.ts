import { JsonSyntaxError, parseJson } from '../../text/parse-json.ts'
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
  if (isCurlOutput(text)) return exchangesOfCurl(text, name)
  const exchanges = /^\s*[[{]/.test(text) ? exchangesOf(parse(text), name) : []
  if (exchanges.length === 0) throw new UnusableRecording(`no response of HubSpot found: ${recordingForms}`)
  return exchanges
}

function exchangesOf(value: Json, name: string): RecordedExchange[] {
  const entries = member(member(value, 'log'), 'entries')
  if (entries !== undefined) {
    return listOf(entries).map((entry, i) => exchangeOfEntry(entry, `${name} log.entries[${i}]`))
  }
  if (Array.isArray(value)) return value.flatMap((one, i) => exchangesOf(one, `${name} [${i}]`))
  if (member(value, 'response') !== undefined) return [exchangeOfEntry(value, name)]
  const response = { place: name, request: undefined, status: undefined, headers: undefined }
  const isResponse = isError({ ...response, body: value }) || operationsOfBody(value).length > 0
  return isResponse ? [{ ...response, text: JSON.stringify(value), body: value }] : []
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
  try {
    return text.length > maximumScannedChars ? JSON.parse(text) : (parseJson(text) as Json)
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      throw new UnusableRecording(`${error.problem}: ${recordingForms}`, `${error.line}:${error.column}`)
    }
    throw new UnusableRecording(`not JSON: ${recordingForms}`)
  }
}
