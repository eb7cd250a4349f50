import { type Json, listOf, member } from '../json.ts'
import { decodeBytes } from './decode-bytes.ts'
import { parseBody, type RecordedExchange, type RecordedRequest } from './recorded-exchange.ts'

/** A response with 50 campaigns has some hundred kilobytes. */
const maximumBodyBytes = 10 * 1024 * 1024

/** The exchange of a HAR entry. @param place where the entry is */
export function exchangeOfEntry(entry: Json, place: string): RecordedExchange {
  const [request, response] = [member(entry, 'request'), member(entry, 'response')]
  const text = textOf(member(response, 'content'))
  const status = Number(member(response, 'status'))
  return {
    place,
    request: request === undefined ? undefined : requestOf(request),
    status: Number.isInteger(status) ? status : undefined,
    headers: headersOf(response),
    text,
    body: parseBody(text),
  }
}

function requestOf(request: Json): RecordedRequest {
  const data = member(request, 'postData')
  const text = member(data, 'text')
  return {
    method: String(member(request, 'method') ?? '').toUpperCase(),
    url: String(member(request, 'url') ?? ''),
    headers: headersOf(request),
    body: typeof text === 'string' && text !== '' ? text : formOf(data),
  }
}

/** The body of a form whose parameters were recorded instead of its text. */
function formOf(data: Json | undefined): string | undefined {
  const parameters = listOf(member(data, 'params'))
  if (parameters.length === 0) return undefined
  const pairs = parameters.map((one) => [String(member(one, 'name')), String(member(one, 'value') ?? '')])
  return new URLSearchParams(pairs).toString()
}

function headersOf(message: Json | undefined): Map<string, string> {
  const pairs = listOf(member(message, 'headers'))
  return new Map(pairs.map((pair) => [String(member(pair, 'name')).toLowerCase(), String(member(pair, 'value'))]))
}

function textOf(content: Json | undefined): string {
  const text = String(member(content, 'text') ?? '')
  if (member(content, 'encoding') !== 'base64') return text
  try {
    return decodeBytes(Buffer.from(text, 'base64'), maximumBodyBytes)
  } catch {
    // Not the compressed text that it claims to be.
    return ''
  }
}
