/** What HubSpot writes above every answer, in its own spelling: lower case, no space (observed). */
export const jsonContentType = 'application/json;charset=utf-8'

/** The same for the pages that are not JSON (observed: its 404 and 405, and the gateway's errors). */
export const htmlContentType = 'text/html;charset=utf-8'

/** Equal to `correlationId` in the body of an error (observed). */
export const correlationIdHeader = 'x-hubspot-correlation-id'

/** The headers that are the same on every answer (observed). The CDN's are left out: there is none. */
export const answerHeaders = {
  vary: 'origin',
  'access-control-allow-credentials': 'false',
  'x-content-type-options': 'nosniff',
} as const
