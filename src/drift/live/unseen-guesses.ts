import type { GuessId } from './probe.ts'

const needsWrite = 'it needs a write, which this command never makes'
const needsFailure = 'HubSpot cannot be made to fail in this way'
const needsMock = 'it concerns only the mock'
const needsToken = 'it needs tokens or OAuth clients that this command does not have'

/** The reasons why no request of `compare` tests a guess. */
export const unseenGuesses: Readonly<Partial<Record<GuessId, string>>> = {
  'conversion-rate': 'it needs the numbers of single days',
  'unfinished-batch': needsFailure,
  'fixture-error': needsMock,
  'unknown-custom-property': needsWrite,
  'write-response': needsWrite,
  'item-description': needsWrite,
  'clone-assets': needsWrite,
  'unknown-v1-token': needsToken,
  'oauth-errors': needsToken,
  'revenue-default': needsMock,
  'gateway-bodies': needsFailure,
  'uncounted-calls': 'it needs more calls than an account may make',
  'numeric-rate-limit': needsMock,
  'server-error-category': needsFailure,
}
