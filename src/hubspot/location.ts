import { hasLocation } from '../contract/operation-routes.ts'
import type { AdmittedExchange } from './open-exchange.ts'

/**
 * The `Location` of what a call has created below its path, on the versions whose spec lists the header
 * [documented].
 * @param path what comes after the path of the call, encoded
 */
export function locationHeader({ route, baseUrl, record }: AdmittedExchange, path: string): Record<string, string> {
  if (!hasLocation(route)) return {}
  const [called = ''] = record.url.split('?')
  return { location: `${baseUrl}${called.replace(/\/$/, '')}/${path}` }
}
