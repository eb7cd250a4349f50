/** The hosts of HubSpot's API, as in a certificate: `api.hubapi.com`, and `api-<region>.hubapi.com`. */
export const hubspotHostPatterns = ['api.hubapi.com', '*.hubapi.com'] as const

/** Whether a host is one of HubSpot's API. @param host with or without a port */
export function isHubspotHost(host: string): boolean {
  return /^api(-[a-z0-9]+)?\.hubapi\.com\.?(:\d+)?$/i.test(host)
}

/** The header by which an intercepted process says which of HubSpot's hosts its client called, so that links lead back to it. */
export const originHeader = 'x-mock-origin'
