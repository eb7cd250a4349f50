import type { BuiltInScenario } from '../../public/names.ts'
import { deepFreeze } from '../../text/deep-freeze.ts'
import type { Steps } from './step.ts'

/** The built-in scenarios. A scenario of the same name in a fixture replaces one. */
export const shippedScenarios = deepFreeze({
  // The batch is pending, processing or canceled in every response.
  pending: [{ status: 'PENDING' }],
  processing: [{ status: 'PROCESSING' }],
  canceled: [{ status: 'CANCELED' }],
  // A slow batch that a client polls: pending twice, processing once, then complete.
  backlog: [{ status: 'PENDING', times: 2 }, { status: 'PROCESSING', times: 1 }, { status: 'COMPLETE' }],

  // The token is invalid, has expired, or lacks a scope.
  unauthorized: [{ error: 'unauthorized' }],
  'expired-token': [{ error: 'expired-token' }],
  'missing-scopes': [{ error: 'missing-scopes' }],

  // The portal is over the limit of ten seconds, or over the daily limit.
  'rate-limited': [{ error: 'rate-limited' }],
  'daily-limit': [{ error: 'daily-limit' }],

  // The account is locked (423), or is being moved to another data center (477, with Retry-After).
  locked: [{ error: 'locked' }],
  migrating: [{ error: 'migrating' }],

  // 500, 502, 503, 504
  'server-error': [{ error: 'server-error' }],
  'bad-gateway': [{ error: 'bad-gateway' }],
  unavailable: [{ error: 'unavailable' }],
  'gateway-timeout': [{ error: 'gateway-timeout' }],

  // The normal response, two seconds late.
  slow: [{ delay: 2000 }],

  // The connection is reset, is closed without a response, is closed in the middle of the body, or sends the body slowly.
  reset: [{ fault: 'reset' }],
  empty: [{ fault: 'empty' }],
  truncated: [{ fault: 'truncate' }],
  drip: [{ fault: 'drip', delay: 2000 }],

  // Two failures, then normal responses: for tests of retries.
  flaky: [{ fault: 'reset', times: 2 }],
  recovering: [{ error: 'unavailable', times: 2 }],
} satisfies Record<BuiltInScenario, Steps>)
