import { deepFreeze } from '../../text/deep-freeze.ts'
import type { Steps } from './step.ts'

/** The scenarios that come with the mock. A fixture's own of the same name win over these. */
export const shippedScenarios = deepFreeze({
  // The batch waits, is worked on, was called off: until further notice.
  pending: [{ status: 'PENDING' }],
  processing: [{ status: 'PROCESSING' }],
  canceled: [{ status: 'CANCELED' }],
  // What polling a slow batch looks like: two calls waiting, one at work, then done.
  backlog: [{ status: 'PENDING', times: 2 }, { status: 'PROCESSING', times: 1 }, { status: 'COMPLETE' }],

  // The token is not good, not good any more, or not good for this.
  unauthorized: [{ error: 'unauthorized' }],
  'expired-token': [{ error: 'expired-token' }],
  'missing-scopes': [{ error: 'missing-scopes' }],

  // The portal has called too often: in ten seconds, today.
  'rate-limited': [{ error: 'rate-limited' }],
  'daily-limit': [{ error: 'daily-limit' }],

  // The account is locked (423), or on its way to another data centre (477, with Retry-After).
  locked: [{ error: 'locked' }],
  migrating: [{ error: 'migrating' }],

  // 500, 502, 503, 504
  'server-error': [{ error: 'server-error' }],
  'bad-gateway': [{ error: 'bad-gateway' }],
  unavailable: [{ error: 'unavailable' }],
  'gateway-timeout': [{ error: 'gateway-timeout' }],

  // The right answer, two seconds late.
  slow: [{ delay: 2000 }],

  // The connection breaks: before an answer, without a byte of one, in the middle; or the answer trickles in.
  reset: [{ fault: 'reset' }],
  empty: [{ fault: 'empty' }],
  truncated: [{ fault: 'truncate' }],
  drip: [{ fault: 'drip', delay: 2000 }],

  // Bad at first, then well: what a retry has to live through.
  flaky: [{ fault: 'reset', times: 2 }],
  recovering: [{ error: 'unavailable', times: 2 }],
} satisfies Record<string, Steps>)
