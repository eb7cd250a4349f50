import { interceptProcess } from './intercept/node-preload.ts'
import type { Mock } from './public/mock.ts'

/**
 * Leads the calls of this process to HubSpot's hosts, such as `https://api.hubapi.com`, to a mock: those of `fetch`,
 * `node:https` and `node:http`, and so of every client that uses them. Calls to other hosts are not touched.
 * @returns a function that undoes it
 * @example
 * const stop = intercept(mock)
 * const response = await fetch('https://api.hubapi.com/marketing/v3/campaigns', { headers: { authorization: 'Bearer any' } })
 * console.log(response.status)
 * stop()
 */
export function intercept({ url }: Pick<Mock, 'url'>): () => void {
  return interceptProcess(url)
}
