import { interceptProcess } from './intercept/interception.ts'
import { whenClosed } from './intercept/mock-closing.ts'
import type { Mock } from './public/mock.ts'

/**
 * Leads the calls of this process to HubSpot's hosts, such as `https://api.hubapi.com`, to a mock: those of `fetch`,
 * `node:https`, `node:http` and undici, and so of every client that uses them. Calls to other hosts are not touched. Of
 * several mocks the last one counts.
 * @returns a function that undoes it; closing the mock undoes it as well
 * @example
 * const stop = intercept(mock)
 * const response = await fetch('https://api.hubapi.com/marketing/v3/campaigns', { headers: { authorization: 'Bearer any' } })
 * console.log(response.status)
 * stop()
 */
export function intercept(mock: Pick<Mock, 'url'>): () => void {
  const stop = interceptProcess(mock.url)
  whenClosed(mock, stop)
  return stop
}
