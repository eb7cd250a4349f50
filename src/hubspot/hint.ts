import { Refusal } from '../world/refusal.ts'
import type { OpenExchange } from './open-exchange.ts'

const maximumChars = 300

/** The header with a hint for the developer of a client. HubSpot does not send it. */
export function hintHeader(hint: string | undefined): Record<string, string> {
  if (hint === undefined) return {}
  return { 'x-mock-hint': hint.slice(0, maximumChars).replace(/[^\x20-\x7e]/g, '?') }
}

/**
 * Adds a hint to a request that HubSpot would refuse, or of which it would ignore a part.
 * @throws {Refusal} in strict mode
 */
export function addHint(exchange: OpenExchange, { strict }: { readonly strict: boolean }, hint: string): void {
  if (strict) throw new Refusal('invalid-request', { problem: hint }, hint)
  if (!exchange.hints.includes(hint)) exchange.hints.push(hint)
}

/** The hint of a response: why the request was refused, or what should be corrected in it; undefined if there is none. */
export function hintOf({ refusal, hints }: OpenExchange): string | undefined {
  if (refusal?.hint !== undefined) return refusal.hint
  return hints.length === 0 ? undefined : hints.join('; ')
}
