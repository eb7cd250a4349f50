import { isHubspotHost, originHeader } from '../contract/hubspot-hosts.ts'
import { type CurrentBase, replaceMember } from './patch.ts'

/** Leads `fetch` calls to HubSpot's hosts to a mock. @returns a function that undoes it */
export function patchFetch(currentBase: CurrentBase): () => void {
  const { fetch } = globalThis
  // Some test environments have none.
  if (typeof fetch !== 'function') return () => {}
  const patched: typeof fetch = async (input, init) => {
    const base = currentBase()
    const url = hubspotUrlOf(input)
    if (base === undefined || url === undefined) return fetch(input, init)
    return withOriginOf(url, base, await fetch(...redirect(input, init, url, base)))
  }
  return replaceMember(globalThis, 'fetch', patched)
}

function hubspotUrlOf(input: string | URL | Request): URL | undefined {
  const text = input instanceof Request ? input.url : String(input)
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && isHubspotHost(url.host) ? url : undefined
}

function redirect(
  input: string | URL | Request,
  init: RequestInit | undefined,
  url: URL,
  base: URL,
): [URL | Request, RequestInit | undefined] {
  const target = new URL(url.pathname + url.search, base)
  // A dispatcher is for the connection to HubSpot, which is never opened.
  const direct: object = { ...init, dispatcher: undefined }
  if (input instanceof Request) {
    const request = new Request(target, new Request(input, direct))
    request.headers.set(originHeader, url.origin)
    return [request, undefined]
  }
  const headers = new Headers(init?.headers)
  headers.set(originHeader, url.origin)
  return [target, { ...direct, headers }]
}

/** A response under the URL that the client used. */
function withOriginOf({ origin }: URL, base: URL, response: Response): Response {
  const { url } = response
  if (!url.startsWith(base.origin)) return response
  return Object.defineProperty(response, 'url', { value: origin + url.slice(base.origin.length) })
}
