import { Type } from '@sinclair/typebox'
import type { CallErrorName, Fidelity as FidelityName } from '../public/names.ts'

/** Whether to follow HubSpot's spec or HubSpot's recorded responses, where the two differ. */
export const Fidelity = Type.Union([Type.Literal('documented'), Type.Literal('observed')], {
  description: 'documented or observed',
})
export type Fidelity = FidelityName

/** Everything in which the two fidelities differ. */
export interface FidelityRules {
  /** An entry of `errors`: `StandardError` as in the spec, or `RecordedError` as it was seen. */
  readonly batchErrors: 'StandardError' | 'RecordedError'
  /** The status of a partial failure: the one in the spec of the path, or always 207. */
  readonly partialFailure: 'as the path says' | 207
  /** A name in `properties` that no campaign has, and `properties=` without any. */
  readonly unknownProperties: 'ignored' | 'forbidden'
  /** Whether an error of an OAuth operation has the `category` and `correlationId` that the spec requires. */
  readonly completesOAuthErrors: boolean
  /** The errors that are HTML pages instead of JSON. */
  readonly htmlErrors: readonly CallErrorName[]
  /** The `category` of a call error whose recorded body has none: the spec requires one. */
  readonly addedCategories: Readonly<Partial<Record<CallErrorName, string>>>
}

export const fidelities: Readonly<Record<Fidelity, FidelityRules>> = {
  documented: {
    batchErrors: 'StandardError',
    partialFailure: 'as the path says',
    unknownProperties: 'ignored',
    completesOAuthErrors: true,
    htmlErrors: [],
    addedCategories: {
      'rate-limited': 'RATE_LIMITS',
      'secondly-limit': 'RATE_LIMITS',
      'daily-limit': 'RATE_LIMITS',
      'server-error': 'INTERNAL_ERROR',
    },
  },
  observed: {
    batchErrors: 'RecordedError',
    partialFailure: 207,
    unknownProperties: 'forbidden',
    completesOAuthErrors: false,
    htmlErrors: [
      'not-found',
      'method-not-allowed',
      'uri-too-long',
      'bad-gateway',
      'unavailable',
      'gateway-timeout',
      'server-down',
      'connection-timeout',
      'origin-unreachable',
      'origin-timeout',
    ],
    addedCategories: {},
  },
}
