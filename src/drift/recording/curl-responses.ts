import { parseBody, type RecordedExchange } from './recorded-exchange.ts'

/** A status line and the header lines up to the empty line before the body. */
interface Head {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly start: number
  readonly end: number
}

/** Whether a text begins as the output of `curl -i` does. */
export function isCurlOutput(text: string): boolean {
  return /^\s*HTTP\/\d/.test(text)
}

/**
 * The responses in the output of `curl -i`, of one call or of several. A response without a body that another one
 * follows is left out, such as `100 Continue`, a redirect that was followed, and that of a proxy to CONNECT.
 */
export function exchangesOfCurl(text: string, place: string): RecordedExchange[] {
  const heads = headsIn(text)
  const exchanges = heads.map(({ status, headers, end }, i) => {
    const body = text.slice(end, heads[i + 1]?.start).trim()
    return { place, request: undefined, status, headers, text: body, body: parseBody(body) }
  })
  const kept = exchanges.filter((one, i) => one.text !== '' || i === exchanges.length - 1)
  return kept.length === 1 ? kept : kept.map((one, i) => ({ ...one, place: `${place} response ${i + 1}` }))
}

/** A status line with headers begins a response wherever it is, because a JSON string cannot contain a line break. */
const statusLine = /HTTP\/[\d.]{1,3} ([1-5]\d\d)[^\r\n]{0,100}\r?\n/g
const headerLine = /([\w!#$%&'*+.^`|~-]{1,200}):[ \t]*([^\r\n]*)\r?\n/y
const emptyLine = /\r?(?:\n|$)/y

function headsIn(text: string): Head[] {
  const heads: Head[] = []
  for (const match of text.matchAll(statusLine)) {
    const headers = new Map<string, string>()
    let end = match.index + match[0].length
    if (end <= (heads.at(-1)?.end ?? 0)) continue
    headerLine.lastIndex = end
    for (let line = headerLine.exec(text); line !== null; line = headerLine.exec(text)) {
      end = headerLine.lastIndex
      headers.set(String(line[1]).toLowerCase(), String(line[2]).trimEnd())
    }
    emptyLine.lastIndex = end
    if (emptyLine.test(text))
      heads.push({ status: Number(match[1]), headers, start: match.index, end: emptyLine.lastIndex })
  }
  return heads
}
