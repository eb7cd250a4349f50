import { issuedSuffix } from './issued-suffix.ts'
import { decode, decodeAll } from './percent-encoding.ts'
import { isSecretName } from './secret-name.ts'

const redacted = '[REDACTED]'

/** Returns the text to show for a secret. */
export type Hide = (secret: string) => string

/** Shows `[REDACTED]` for every secret. */
export const hideAll: Hide = () => redacted

/** A shorter token could be an ordinary word in a text. HubSpot's own tokens are longer. */
const shortestSecretChars = 16

/** The form of the token of a private app. */
const privateAppTokens = /\bpat-[a-z]{2,4}\d-[\w-]+/gi

/** Removes the token of a request from a text, and everything with the form of a token. */
export function redactText(text: string, token: string | undefined): string {
  return redactorOf([token])(text)
}

/** As `redactText`, for several texts and tokens. */
export function redactorOf(tokens: readonly (string | undefined)[]): (text: string) => string {
  const long = tokens.flatMap(partsOf).filter((token) => token.length >= shortestSecretChars)
  // A token can be a part of a longer one.
  const spellings = [...new Set(long.flatMap(spellingsOf))].sort((a, b) => b.length - a.length)
  return (text) =>
    spellings.reduce(
      (cleaned, spelling) => cleaned.replaceAll(spelling, redacted),
      text.replace(privateAppTokens, redacted),
    )
}

/** A token, and what an issued access token was derived from, which is a secret as well. */
function partsOf(token: string | undefined): string[] {
  return token === undefined ? [] : [token, token.replace(issuedSuffix, '')]
}

/** The spellings of a token: plain, percent-encoded in upper and lower case, and inside a JSON string. */
function spellingsOf(token: string): string[] {
  const encoded = encodeURIComponent(token.toWellFormed())
  const inSmallLetters = encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())
  return [token, encoded, inSmallLetters, JSON.stringify(token).slice(1, -1)]
}

/**
 * `Bearer [REDACTED]`: the scheme of a credential stays, since a wrong one is a common mistake. So do the names of
 * cookies. A header that is not a secret can be a URL with secrets in it.
 */
export function redactHeader(name: string, value: string, hide = hideAll): string {
  if (/^(set-)?cookie$/i.test(name) && value.includes('=')) return redactCookies(name, value, hide)
  if (!isSecretName(name)) return redactQuery(value, hide)
  const [scheme = ''] = /^(?:Bearer |Basic )?/i.exec(value) ?? []
  return scheme + hide(value.slice(scheme.length))
}

/** The cookies of a request, or one with its attributes of a response. */
function redactCookies(name: string, value: string, hide: Hide): string {
  const isOne = name.length > 'cookie'.length
  const parts = value.split(';').map((part, i) => {
    if (isOne && i > 0) return part
    const end = part.indexOf('=') + 1
    return end > 0 ? part.slice(0, end) + hide(part.slice(end)) : ` ${hide(part.trim())}`
  })
  return parts.join(';')
}

/**
 * A query, a form or a URL, without the values of secret parameters, also those of a URL in a parameter. HubSpot's older
 * clients send their key there.
 */
export function redactQuery(query: string, hide = hideAll): string {
  const parts = query.split('&').map((part) => redactPart(part, hide))
  return parts.join('&')
}

/** What every part with a secret has: a value, an encoded character, a password before a host, or a path with a token. */
const signs = /[=%@]|token/i

function redactPart(part: string, hide: Hide): string {
  if (!signs.test(part)) return part
  const cleaned = redactPlainPart(part, hide)
  const decoded = decodeAll(cleaned)
  if (decoded === cleaned) return cleaned
  const inside = /[?#]/.test(decoded) ? decoded.split('&') : [decoded]
  if (inside.map((one) => redactPlainPart(one, hide)).join('&') === decoded) return cleaned
  const end = part.indexOf('=') + 1
  return part.slice(0, end) + hide(part.slice(end))
}

/** Everything behind the name of a secret is hidden: its value can have a `?` in it. */
function redactPlainPart(part: string, hide: Hide): string {
  const start = findSecret(part)
  const before = part.slice(0, start)
  const [path = ''] = before.split(/[?#]/, 1)
  const cleaned = path.includes('/') ? redactPath(path, undefined, hide) : path
  return cleaned + before.slice(path.length) + (start === part.length ? '' : hide(part.slice(start)))
}

/** The offset of the value of the first secret parameter; the length of the text if it has none. */
function findSecret(part: string): number {
  let offset = 0
  for (const piece of part.split(/(?<=[?#])/)) {
    const end = piece.indexOf('=')
    if (end !== -1 && isSecretName(decodeAll(piece.slice(0, end).replaceAll('+', ' ')))) return offset + end + 1
    offset += piece.length
  }
  return part.length
}

/** The words of HubSpot's paths that have a token behind them, and their misspellings. */
const beforeToken = /(?:^|\/)(?:access|refresh)[-_]?tokens?(?![\w-])/i

/** The path of a URL, or the whole of one, without tokens in it and without a password before its host. */
export function redactPath(path: string, token: string | undefined, hide = hideAll): string {
  const segments = path.replace(/^([^/]*\/\/)[^/]*@/, `$1${redacted}@`).split('/')
  const word = segments.findIndex((segment) => beforeToken.test(decodeAll(segment)))
  const [clean, tokens] = [redactorOf([token]), partsOf(token)]
  const before = word === -1 ? segments : segments.slice(0, word)
  const cleaned = before.map((segment) =>
    tokens.some((one) => isSameToken(segment, one)) ? hide(segment) : clean(segment),
  )
  return (word === -1 ? cleaned : [...cleaned, clean(redactBehindWord(segments.slice(word), hide))]).join('/')
}

/** Removes everything behind the word that the first segment has: an encoded or doubled slash is a mistake in a call with a token. */
function redactBehindWord([first = '', ...rest]: readonly string[], hide: Hide): string {
  const decoded = decodeAll(first)
  const [word = ''] = beforeToken.exec(decoded) ?? []
  const end = decoded.search(beforeToken) + word.length
  const behind = [decoded.slice(end), ...rest].join('/').replace(/^\/+/, '')
  const start = decoded === word ? first : decoded.slice(0, end)
  return behind === '' ? [start, ...rest].join('/') : `${start}/${hide(behind)}`
}

/** Words of HubSpot's paths: a token such as `v3` does not remove them from the path of every call. */
const pathWords =
  /^(?:marketing|campaigns?|batch|assets|budget|spend|totals|reports|oauth|crm|v\d|20\d\d-\d\d(?:-beta)?)$/

function isSameToken(segment: string, token: string): boolean {
  return segment !== '' && !pathWords.test(token) && decode(segment) === token
}

/** The token in an `Authorization` header with any scheme, without the scenario after `~`. */
export function tokenIn(authorization = ''): string | undefined {
  return /^(?:\S+ +)?([^\s~]+)/.exec(authorization)?.[1]
}
