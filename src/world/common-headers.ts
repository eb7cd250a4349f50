import { correlationIdHeader, jsonContentType, responseHeaders } from '../contract/response-headers.ts'
import type { Clock } from './clock.ts'

/** Returns the headers that every response has. Their names are in lower case. */
export type CommonHeaders = (correlationId: string) => Record<string, string>

/**
 * The headers that HubSpot sends with every response, and the version of this mock.
 * @param version the version of this package
 * @param dateClock the clock of the `date` header; undefined for the system's, which Node uses
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
