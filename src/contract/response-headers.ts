import { Type } from '@sinclair/typebox'
import { rateLimitHeaders } from './rate-limits.ts'

/** What HubSpot writes above every answer, in its own spelling: lower case, no space (observed). */
export const jsonContentType = 'application/json;charset=utf-8'

/** The same for the pages that are not JSON (observed: its 404 and 405, and the gateway's errors). */
export const htmlContentType = 'text/html;charset=utf-8'

/** Equal to `correlationId` in the body of an error (observed). */
export const correlationIdHeader = 'x-hubspot-correlation-id'

/** The headers that are the same on every answer (observed). The CDN's are left out: there is none. */
export const responseHeaders = {
  vary: 'origin',
  'access-control-allow-credentials': 'false',
  'x-content-type-options': 'nosniff',
} as const

/** The same as schemas, by name: what stands above every answer (observed). */
export const ResponseHeaders = {
  [correlationIdHeader]: Type.String({ format: 'uuid' }),
  ...Object.fromEntries(Object.entries(responseHeaders).map(([name, value]) => [name, Type.String({ enum: [value] })])),
}

/** What stands above an answer to a good token as well (documented); the daily two not for OAuth apps. */
export const AllowanceHeaders = Object.fromEntries(
  Object.values(rateLimitHeaders).map((name) => [name, Type.Integer()]),
)

/** What can stand above an error as well: the first observed with a 401, the second documented with a 477, in seconds. */
export const ErrorHeaders = { 'x-hubspot-auth-failure': Type.String(), 'retry-after': Type.Integer() }
