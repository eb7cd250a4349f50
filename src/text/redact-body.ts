import { decodeAll } from './percent-encoding.ts'
import { type Hide, hideAll, redactQuery } from './redact.ts'
import { isSecretName } from './secret-name.ts'

/** What `redactBody` needs to know about a body. */
interface BodyOrigin {
  readonly isOAuth: boolean
  readonly contentType: string | undefined
}

/** The body of a request or a response without the secrets of OAuth calls and of forms. */
export function redactBody(body: string, { isOAuth, contentType = '' }: BodyOrigin, hide = hideAll): string {
  if (isOAuth) return redactOAuthBody(body, hide)
  return /^\s*application\/x-www-form-urlencoded/i.test(contentType) ? redactQuery(body, hide) : body
}

/** Whether a raw path is one of OAuth, behind any prefix. */
export function isOAuthPath(path: string): boolean {
  return /(?:^|\/)oauth(?:[/;]|$)/i.test(decodeAll(path))
}

/** The body of an OAuth call, a form or JSON, without its secrets. A body of another format is removed as a whole. */
export function redactOAuthBody(body: string, hide = hideAll): string {
  const start = body.trimStart()[0]
  if (start === '{' || start === '[' || start === '"') return redactJson(body, hide)
  if (/\p{Cc}/u.test(body)) return hide(body)
  const parts = body.split('&').map((part) => redactFormPart(part, hide))
  return parts.join('&')
}

/** A part that is not exactly a parameter can be a secret as well, such as `a=1;refresh_token=...`. */
function redactFormPart(part: string, hide: Hide): string {
  const end = part.indexOf('=') + 1
  if (end === 0) return part === '' ? '' : hide(part)
  const value = part.slice(end)
  const cleaned = redactQuery(part, hide)
  if (cleaned !== part) return cleaned
  const isPlain = /^[^\s=;,"<>]*$/.test(value) && !/[=\r\n]/.test(decodeAll(value))
  return isPlain ? part : part.slice(0, end) + hide(value)
}

function redactJson(body: string, hide: Hide): string {
  try {
    return JSON.stringify(withoutTexts(JSON.parse(body), hide), (name, value) =>
      isSecretName(name) && value !== null ? hideAllTexts(value, hide) : value,
    )
  } catch {
    return hide(body)
  }
}

/** Removes what has no name: a value, or the items of an array, that no object has. */
function withoutTexts(value: unknown, hide: Hide): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutTexts(item, hide))
  return typeof value === 'object' ? value : hide(String(value))
}

/** Hides every text and number in a secret, and returns one text for all of it. */
function hideAllTexts(value: unknown, hide: Hide): string {
  if (typeof value !== 'object' || value === null) return hide(String(value))
  for (const item of Object.values(value)) hideAllTexts(item, hide)
  return hideAll('')
}
