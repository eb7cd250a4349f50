const redacted = '[REDACTED]'

/** Shorter ones are words that may stand anywhere; HubSpot's are longer. */
const shortestSecret = 16

/** What a private app's token looks like, and where HubSpot's own paths carry one. */
const knownSecrets = /\bpat-[a-z]{2}\d-[\w-]+|(?<=\/(?:access|refresh)-tokens\/)[^/?]+/g

/** A text without the token of its request, and without what looks like one. */
export function redactText(text: string, token: string | undefined): string {
  const rest = text.replace(knownSecrets, redacted)
  if (token === undefined || token.length < shortestSecret) return rest
  return rest.replaceAll(token, redacted).replaceAll(encodeURIComponent(token), redacted)
}

/** The members of a form, or of JSON, whose values are secrets of OAuth. */
const secretMembers = /((?:^|[&"])(?:client_secret|refresh_token|access_token|code|id_token)(?:=|"\s*:\s*"))[^&"]*/g

/** The body of a request or a response without the secrets of OAuth in it. */
export function redactBody(body: string): string {
  return body.replace(secretMembers, `$1${redacted}`)
}

/** The token in an `Authorization`, whatever its scheme; what stands behind a `~` is none. */
export function tokenIn(authorization = ''): string | undefined {
  return /^(?:\S+ +)?([^\s~]+)/.exec(authorization)?.[1]
}

const secretHeaders = /authorization|cookie|token|secret|api-?key|private-app/i

/** `Bearer [REDACTED]`: the scheme of a credential stays, for it is often what is wrong. */
export function redactHeader(name: string, value: string): string {
  return secretHeaders.test(name) ? value.replace(/^(Bearer |Basic )?.*$/is, `$1${redacted}`) : value
}

/** HubSpot's older clients send their key in the query. */
export function redactQuery(query: string): string {
  return query.replace(/((?:^|&)[^=&]*(?:key|token|secret)[^=&]*=)[^&]*/gi, `$1${redacted}`)
}
