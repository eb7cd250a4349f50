import { decode } from '../../text/percent-encoding.ts'
import { redactHeader, redactPath, redactQuery, tokenIn } from '../../text/redact.ts'
import { isOAuthPath, redactBody } from '../../text/redact-body.ts'
import type { RecordedExchange } from '../recording/recorded-exchange.ts'

/** The secrets of recorded calls: everything that the journal would redact in them. */
export function findSecrets(exchanges: readonly RecordedExchange[]): string[] {
  const secrets = new Set<string>()
  const add = (secret: string) => {
    for (const spelling of [secret, decode(secret), decode(secret.replaceAll('+', ' '))]) secrets.add(spelling)
    return secret
  }
  for (const exchange of exchanges) readSecrets(exchange, add)
  return [...secrets]
}

function readSecrets({ request, headers, text }: RecordedExchange, add: (secret: string) => string): void {
  const [path = '', query = ''] = (request?.url ?? '').split(/\?(.*)/s)
  const isOAuth = isOAuthPath(path)
  add(tokenIn(request?.headers.get('authorization')) ?? '')
  redactPath(path, undefined, add)
  redactQuery(query, add)
  for (const [name, value] of [...(request?.headers ?? []), ...(headers ?? [])]) redactHeader(name, value, add)
  redactBody(request?.body ?? '', { isOAuth, contentType: request?.headers.get('content-type') }, add)
  redactBody(text, { isOAuth, contentType: undefined }, add)
}
