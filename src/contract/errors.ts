import { type Static, Type } from '@sinclair/typebox'
import type { CallErrorName } from '../public/names.ts'
import { AnyName } from './schemas/any-name.ts'
import { ErrorDetail, maximumBodyBytes, maximumInputs } from './schemas/batch.ts'

/** The envelope of a call that failed as a whole. */
export const CallErrorBody = Type.Object(
  {
    status: Type.Literal('error'),
    message: Type.String(),
    errorType: Type.Optional(Type.String()),
    correlationId: Type.String({ format: 'uuid' }),
    policyName: Type.Optional(Type.String()),
    groupName: Type.Optional(Type.String()),
    category: Type.Optional(Type.String()),
    subCategory: Type.Optional(Type.String()),
    context: Type.Optional(Type.Record(AnyName, Type.Array(Type.String()))),
    errors: Type.Optional(Type.Array(ErrorDetail)),
    links: Type.Optional(Type.Record(AnyName, Type.String())),
  },
  { title: 'Error' },
)
export type CallErrorBody = Static<typeof CallErrorBody>

/** An error response: its status, the headers that it adds, and its body. */
export interface CallError {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: CallErrorBody
}

const status = 'error'
const correlationId = '{correlationId}'

/**
 * Every error of a whole call, by the name that steps use. `{words}` are replaced in each response. The members of a
 * body are in the order in which they were recorded.
 */
export const callErrors = {
  /** Observed: no `Authorization` header, another scheme, an empty or unknown token. HubSpot sends no `WWW-Authenticate`. */
  unauthorized: {
    statusCode: 401,
    headers: { 'x-hubspot-auth-failure': '401 Unauthorized' },
    body: {
      status,
      message:
        'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
      correlationId,
      category: 'INVALID_AUTHENTICATION',
    },
  },
  /** Observed; the unit is from seconds to days. */
  'expired-token': {
    statusCode: 401,
    body: {
      status,
      message: 'The OAuth token used to make this call expired {ago} ago.',
      correlationId,
      category: 'EXPIRED_AUTHENTICATION',
      context: { 'expire time': ['{expireTime}'] },
    },
  },
  /** Documented. */
  'missing-scopes': {
    statusCode: 403,
    body: {
      status,
      message:
        "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
      correlationId,
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: ['{scope}'] },
        },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
      category: 'MISSING_SCOPES',
    },
  },
  /** Observed, except for the words after the position. */
  'invalid-json': {
    statusCode: 400,
    body: {
      status,
      message: 'Invalid input JSON on line {line}, column {column}: {problem}',
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Observed pattern. */
  'missing-fields': {
    statusCode: 400,
    body: {
      status,
      message: 'Invalid input JSON on line {line}, column {column}. Some required fields were not set: [{fields}]',
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Observed on a sibling endpoint. */
  'too-many-inputs': {
    statusCode: 400,
    body: {
      status,
      message: `The maximum number of inputs supported in a batch is ${maximumInputs}. Please reduce the number of items and try again`,
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Observed pattern; the words inside the quotes are the mock's own. */
  'invalid-request': {
    statusCode: 400,
    body: { status, message: "Invalid request: '{problem}'", correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Observed; sent only where the fidelity forbids unknown property names. */
  'forbidden-properties': {
    statusCode: 400,
    body: {
      status,
      message: 'Forbidden properties: [{forbidden}]. Correct ones are [{allowed}]',
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Observed: a write of properties that clients cannot write. */
  'forbidden-write': {
    statusCode: 400,
    body: {
      status,
      message: 'Forbidden properties: [{forbidden}]. Correct ones are [{allowed}]',
      correlationId,
      category: 'VALIDATION_ERROR',
      subCategory: 'CampaignApiError.PROPERTY_SET_CONTAINS_VALUES_FORBIDDEN_FOR_WRITE',
    },
  },
  /** Observed sub-category, inferred message: a date of a campaign that is not YYYY-MM-DD. */
  'invalid-date-property': {
    statusCode: 400,
    body: {
      status,
      message: "Invalid request: '{problem}'",
      correlationId,
      category: 'VALIDATION_ERROR',
      subCategory: 'CampaignValidationError.INVALID_DATE_PROPERTY',
    },
  },
  /** Inferred. HubSpot sends an HTML page, and so does the fidelity `observed`. */
  'not-found': {
    statusCode: 404,
    body: { status, message: 'resource not found', correlationId, category: 'OBJECT_NOT_FOUND' },
  },
  /** Observed status, message as in a batch entry (inferred): the id in the path is not a GUID. */
  'invalid-campaign-id': {
    statusCode: 400,
    body: {
      status,
      message: "Invalid request: 'Invalid campaign GUID format: {id}'",
      correlationId,
      category: 'VALIDATION_ERROR',
      subCategory: 'CampaignApiError.INVALID_REQUEST',
      context: { message: ['Invalid campaign GUID format: {id}'] },
    },
  },
  /** Inferred, message as in a batch entry: the path names an unknown campaign. */
  'campaign-not-found': {
    statusCode: 404,
    body: {
      status,
      message: 'Campaign not found: {id}',
      correlationId,
      category: 'OBJECT_NOT_FOUND',
      context: { campaignGuid: ['{id}'] },
    },
  },
  /** Inferred: the path names an unknown budget or spend item of a campaign. */
  'item-not-found': {
    statusCode: 404,
    body: { status, message: 'Item not found: {id}', correlationId, category: 'OBJECT_NOT_FOUND' },
  },
  /** Inferred: the path names a campaign that is not a clone. */
  'clone-not-found': {
    statusCode: 404,
    body: {
      status,
      message: 'Clone not found: {id}',
      correlationId,
      category: 'OBJECT_NOT_FOUND',
      context: { campaignGuid: ['{id}'] },
    },
  },
  /** Inferred: a token that is unknown, expired or revoked. */
  'token-not-found': {
    statusCode: 404,
    body: { status, message: 'The token is unknown, expired or revoked', correlationId, category: 'OBJECT_NOT_FOUND' },
  },
  /** Inferred: a call for one campaign that the fixture lists under `errors`. Its message and category replace these. */
  'campaign-error': {
    statusCode: 400,
    body: { status, message: 'The campaign cannot be read', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** The header is observed, the body inferred. */
  'method-not-allowed': {
    statusCode: 405,
    headers: { allow: '{allow}' },
    body: { status, message: 'HTTP 405 Method Not Allowed', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Inferred: the client stopped in the middle of its request. */
  'request-timeout': {
    statusCode: 408,
    body: { status, message: 'The request was not complete in time', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Inferred. */
  'payload-too-large': {
    statusCode: 413,
    headers: { connection: 'close' },
    body: {
      status,
      message: `The request body is larger than ${maximumBodyBytes} bytes`,
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Inferred. */
  'unsupported-media-type': {
    statusCode: 415,
    body: { status, message: 'HTTP 415 Unsupported Media Type', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Inferred: the bytes are not HTTP. */
  'malformed-request': {
    statusCode: 400,
    body: {
      status,
      message: 'The request could not be read as HTTP',
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Observed as an HTML page, which `observed` sends; documented as a status. */
  'uri-too-long': {
    statusCode: 414,
    body: { status, message: 'Request-URI Too Large', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Inferred. */
  'headers-too-large': {
    statusCode: 431,
    body: { status, message: 'The request headers are too large', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Documented. */
  locked: {
    statusCode: 423,
    body: { status, message: 'This resource is locked. Try again in a moment', correlationId, category: 'LOCKED' },
  },
  /** Observed. It has no category; the fidelity adds one where the spec requires it. */
  'rate-limited': {
    statusCode: 429,
    body: {
      status,
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      correlationId,
      policyName: 'TEN_SECONDLY_ROLLING',
      groupName: 'publicapi:private_app-api-calls-ten-secondly:{app}:{portal}',
    },
  },
  /** The message is the one that HubSpot's Node client retries on; the rest follows `rate-limited`. */
  'secondly-limit': {
    statusCode: 429,
    // Sent, deprecated and not enforced (documented and observed); the limit is inferred.
    headers: { 'x-hubspot-ratelimit-secondly': '19', 'x-hubspot-ratelimit-secondly-remaining': '0' },
    body: {
      status,
      message: 'You have reached your secondly limit.',
      errorType: 'RATE_LIMIT',
      correlationId,
      policyName: 'SECONDLY',
      groupName: 'publicapi:private_app-api-calls-secondly:{app}:{portal}',
    },
  },
  /** Documented. */
  'daily-limit': {
    statusCode: 429,
    body: {
      status,
      message: 'You have reached your daily limit.',
      errorType: 'RATE_LIMIT',
      correlationId,
      policyName: 'DAILY',
      groupName: 'publicapi:private_app-api-calls-daily:{app}:{portal}',
    },
  },
  /** Documented, with the header in seconds; the number is inferred. */
  migrating: {
    statusCode: 477,
    headers: { 'retry-after': '1' },
    body: { status, message: 'Migration in progress', correlationId, category: 'MIGRATION_IN_PROGRESS' },
  },
  /** Observed. It has no category; the fidelity adds one where the spec requires it. */
  'server-error': {
    statusCode: 500,
    body: { correlationId, message: 'internal error', status },
  },
  /** This status and those below are documented, their bodies inferred. HubSpot sends HTML pages (observed). */
  'bad-gateway': {
    statusCode: 502,
    body: { status, message: 'Bad Gateway', correlationId, category: 'BAD_GATEWAY' },
  },
  unavailable: {
    statusCode: 503,
    body: { status, message: 'Service Unavailable', correlationId, category: 'SERVICE_UNAVAILABLE' },
  },
  'gateway-timeout': {
    statusCode: 504,
    body: { status, message: 'Gateway Timeout', correlationId, category: 'GATEWAY_TIMEOUT' },
  },
  'server-down': {
    statusCode: 521,
    body: { status, message: 'Web server is down', correlationId, category: 'BAD_GATEWAY' },
  },
  'connection-timeout': {
    statusCode: 522,
    body: { status, message: 'Connection timed out', correlationId, category: 'GATEWAY_TIMEOUT' },
  },
  'origin-unreachable': {
    statusCode: 523,
    body: { status, message: 'Origin is unreachable', correlationId, category: 'BAD_GATEWAY' },
  },
  'origin-timeout': {
    statusCode: 524,
    body: { status, message: 'A timeout occurred', correlationId, category: 'GATEWAY_TIMEOUT' },
  },
} as const satisfies Record<CallErrorName, CallError>

export type { CallErrorName } from '../public/names.ts'

/** The `{words}` of an error that a scenario returns, where no faulty request supplies them. */
export const sampleWords: Readonly<Record<string, string>> = {
  ago: '5 hour(s)',
  scope: 'marketing.campaigns.read',
  line: '1',
  column: '2',
  fields: 'inputs',
  forbidden: 'hs_unknown',
  allowed: 'hs_name',
  problem: 'requested by a scenario',
  id: '00000000-0000-4000-8000-000000000404',
  allow: 'POST',
}
