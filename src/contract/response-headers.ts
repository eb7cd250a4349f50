import { Type } from '@sinclair/typebox'
import { rateLimitHeaders } from './rate-limits.ts'

/** The content type of HubSpot's JSON responses, in its spelling: lower case, without a space (observed). */
export const jsonContentType = 'application/json;charset=utf-8'

/** The content type of HubSpot's HTML pages (observed: 404, 405 and the errors of the gateway). */
export const htmlContentType = 'text/html;charset=utf-8'

/** Equal to `correlationId` in the body of an error (observed). */
export const correlationIdHeader = 'x-hubspot-correlation-id'

/** The headers that are the same on every response (observed), without those of HubSpot's CDN. */
export const responseHeaders = {
  vary: 'origin',
  'access-control-allow-credentials': 'false',
  'x-content-type-options': 'nosniff',
} as const

/** The schemas of the headers of every response (observed). */
export const ResponseHeaders = {
  [correlationIdHeader]: Type.String({ format: 'uuid' }),
  ...Object.fromEntries(Object.entries(responseHeaders).map(([name, value]) => [name, Type.String({ enum: [value] })])),
}

/** The additional headers of a response to a valid token (documented); OAuth apps get no daily ones. */
export const AllowanceHeaders = Object.fromEntries(
  Object.values(rateLimitHeaders).map((name) => [name, Type.Integer()]),
)

/** The additional headers of errors: the first is observed with a 401, the second documented with a 477, in seconds. */
export const ErrorHeaders = { 'x-hubspot-auth-failure': Type.String(), 'retry-after': Type.Integer() }
