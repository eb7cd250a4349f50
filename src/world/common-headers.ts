import { correlationIdHeader, jsonContentType, responseHeaders } from '../contract/response-headers.ts'
import type { Clock } from './clock.ts'

/** Makes the headers that every response has, from its correlation id. Names are in lower case. */
export type CommonHeaders = (correlationId: string) => Record<string, string>

/**
 * HubSpot's headers, and which mock the response comes from.
 * @param version the version of this package
 * @param dateClock the clock of the `date` header, if it is not the system's
 */
export function commonHeadersOf(version: string, dateClock: Clock | undefined): CommonHeaders {
  return (correlationId) => {
    const headers: Record<string, string> = {
      'content-type': jsonContentType,
      [correlationIdHeader]: correlationId,
      ...responseHeaders,
      'x-mock-version': version,
    }
    if (dateClock !== undefined) headers['date'] = new Date(dateClock.now()).toUTCString()
    return headers
  }
}
