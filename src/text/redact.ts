const redacted = '[REDACTED]'

/** A shorter token could be an ordinary word in a text. HubSpot's own tokens are longer. */
const shortestSecretChars = 16

/** The form of the token of a private app. */
const privateAppTokens = /\bpat-[a-z]{2,4}\d-[\w-]+/gi

/** Removes the token of a request from a text, and everything with the form of a token. */
export function redactText(text: string, token: string | undefined): string {
  return redactorOf(token)(text)
}

/** As `redactText`, for several texts of one request. */
export function redactorOf(token: string | undefined): (text: string) => string {
  const spellings = token === undefined || token.length < shortestSecretChars ? [] : spellingsOf(token)
  return (text) =>
    spellings.reduce(
      (cleaned, spelling) => cleaned.replaceAll(spelling, redacted),
      text.replace(privateAppTokens, redacted),
    )
}

/** The spellings of a token: plain, percent-encoded in upper and lower case, and inside a JSON string. */
function spellingsOf(token: string): string[] {
  const encoded = encodeURIComponent(token.toWellFormed())
  const inSmallLetters = encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())
  return [...new Set([token, encoded, inSmallLetters, JSON.stringify(token).slice(1, -1)])]
}

/** Names of parameters, members and headers whose values are secrets. */
const secretName =
  /key|token|secret|passw|auth|credential|cookie|assertion|signature|private-app|^code$|^code_verifier$/i

/** Names with one of these words in them that are not secrets. */
const publicNames = ['token_type', 'token_type_hint', 'token_use', 'grant_type']

function isSecret(name: string): boolean {
  return secretName.test(name) && !publicNames.includes(name)
}

/**
 * `Bearer [REDACTED]`: the scheme of a credential stays, since a wrong one is a common mistake. So do the names of
 * cookies.
 */
export function redactHeader(name: string, value: string): string {
  if (/^(set-)?cookie$/i.test(name) && value.includes('=')) return redactCookies(name, value)
  return isSecret(name) ? value.replace(/^(Bearer |Basic )?.*$/is, `$1${redacted}`) : value
}

/** The cookies of a request, or one with its attributes of a response. */
function redactCookies(name: string, value: string): string {
  const isOne = name.length > 'cookie'.length
  const parts = value.split(';').map((part, i) => {
    if (isOne && i > 0) return part
    const [cookie = ''] = part.split('=')
    return cookie.length < part.length ? `${cookie}=${redacted}` : ` ${redacted}`
  })
  return parts.join(';')
}

/** The query of a URL, or a form, without the values of secret parameters. HubSpot's older clients send their key there. */
export function redactQuery(query: string): string {
  const parts = query.split('&').map((part) => {
    const [name = ''] = part.split('=')
    return name.length < part.length && isSecret(decode(name.replaceAll('+', ' '))) ? `${name}=${redacted}` : part
  })
  return parts.join('&')
}

/** The paths of HubSpot that have a token as the next segment. */
const beforeToken = ['access-tokens', 'refresh-tokens']

/** The path of a URL, or the whole of one, without tokens in it and without a password before its host. */
export function redactPath(path: string, token: string | undefined): string {
  const segments = path.replace(/^(\w+:\/\/)[^/@]*@/, `$1${redacted}@`).split('/')
  const cleaned = segments.map((segment, i) => {
    const isToken = beforeToken.includes(decode(segments[i - 1] ?? '').toLowerCase()) || isSameToken(segment, token)
    return isToken && segment !== '' ? redacted : redactText(segment, token)
  })
  return cleaned.join('/')
}

/** Words of HubSpot's paths: a token such as `v3` does not remove them from the path of every call. */
const pathWords =
  /^(?:marketing|campaigns?|batch|assets|budget|spend|totals|reports|oauth|crm|v\d|20\d\d-\d\d(?:-beta)?)$/

function isSameToken(segment: string, token: string | undefined): boolean {
  return token !== undefined && !pathWords.test(token) && decode(segment) === token
}

/** The body of an OAuth call, a form or JSON, without its secrets. */
export function redactOAuthBody(body: string): string {
  const start = body.trimStart()[0]
  if (start === '{' || start === '[' || start === '"') return redactJson(body)
  // A part that is not a parameter can be a secret as well.
  return redactQuery(body).replace(/(^|&)[^&=]+(?=&|$)/g, `$1${redacted}`)
}

function redactJson(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), (name, value) => (isSecret(name) && isText(value) ? redacted : value))
  } catch {
    return redacted
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

/** Whether a raw path is one of OAuth. */
export function isOAuthPath(path: string): boolean {
  return /^(?:\w+:\/\/[^/]*)?\/+oauth(?:\/|$)/i.test(decode(path))
}

/** The token in an `Authorization` header with any scheme, without the scenario after `~`. */
export function tokenIn(authorization = ''): string | undefined {
  return /^(?:\S+ +)?([^\s~]+)/.exec(authorization)?.[1]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
