import { type Static, Type } from '@sinclair/typebox'

/** The envelope of a call that failed as a whole. */
export const CallErrorBody = Type.Object({
  status: Type.Literal('error'),
  message: Type.String(),
  correlationId: Type.String({ format: 'uuid' }),
  category: Type.Optional(Type.String()),
  subCategory: Type.Optional(Type.String()),
  context: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        message: Type.String(),
        context: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
      }),
    ),
  ),
  links: Type.Optional(Type.Record(Type.String(), Type.String())),
})
export type CallErrorBody = Static<typeof CallErrorBody>

/** One row of the table below: a status, what stands in the headers beside the usual ones, and the body. */
export interface CallError {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: CallErrorBody
}

const status = 'error'
const correlationId = '{correlationId}'

/**
 * Every way a whole call can fail, under the name by which it can be called up. `{words}` are filled in per call.
 * The members of a body stand in the order they were recorded in.
 */
export const callErrors = {
  /** Observed: no `Authorization`, another scheme, an empty or unknown token; and no `WWW-Authenticate`. */
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
  /** Observed; the unit scales from second to day. */
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
  /** Observed; what follows the position is in this mock's words. */
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
      message:
        'The maximum number of inputs supported in a batch is {maximum}. Please reduce the number of items and try again',
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Observed pattern, with this mock's words inside the quotes. */
  'invalid-request': {
    statusCode: 400,
    body: { status, message: "Invalid request: '{problem}'", correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Observed; sent only where the fidelity minds unknown property names. */
  'forbidden-properties': {
    statusCode: 400,
    body: {
      status,
      message: 'Forbidden properties: [{forbidden}]. Correct ones are [{allowed}]',
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Inferred. HubSpot sends an HTML page, which `observed` does too. */
  'not-found': {
    statusCode: 404,
    body: { status, message: 'resource not found', correlationId, category: 'OBJECT_NOT_FOUND' },
  },
  /** The header is observed, the body inferred. */
  'method-not-allowed': {
    statusCode: 405,
    headers: { allow: 'POST' },
    body: { status, message: 'HTTP 405 Method Not Allowed', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Inferred: a client that stops in the middle of its request. */
  'request-timeout': {
    statusCode: 408,
    body: { status, message: 'The request was not complete in time', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Inferred. */
  'payload-too-large': {
    statusCode: 413,
    body: {
      status,
      message: 'The request body is larger than {maximum} bytes',
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Inferred. */
  'unsupported-media-type': {
    statusCode: 415,
    body: { status, message: 'HTTP 415 Unsupported Media Type', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Inferred: what cannot be read as HTTP at all. */
  'malformed-request': {
    statusCode: 400,
    body: {
      status,
      message: 'The request could not be read as HTTP',
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  /** Inferred. */
  'headers-too-large': {
    statusCode: 431,
    body: { status, message: 'The request headers are too large', correlationId, category: 'VALIDATION_ERROR' },
  },
  /** Observed. It has no category; the fidelity adds one where the spec requires it. */
  'server-error': {
    statusCode: 500,
    body: { correlationId, message: 'internal error', status },
  },
} as const satisfies Record<string, CallError>

export type CallErrorName = keyof typeof callErrors
