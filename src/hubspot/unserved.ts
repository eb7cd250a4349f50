import { operationRoutes } from '../contract/operation-routes.ts'
import { nearest } from '../text/schema-problems.ts'
import { Refusal } from '../world/refusal.ts'

/**
 * Why this mock does not serve a call: the path has no such method, or there is no such path. The hint does not repeat
 * the path, which can contain a token.
 * @param url the URL of the request with its query
 */
export function unservedRefusal(url: string, method: string): Refusal {
  const path = decodePath(url.split(/[?#]/)[0] ?? '').replace(/(?<=.)\/$/, '')
  const routes = operationRoutes.filter((route) => matches(route.path, path))
  if (routes[0] !== undefined) {
    const allow = routes.map(({ operation }) => operation.method).join(', ')
    const hint = method === 'OPTIONS' ? preflightHint : `${routes[0].path} allows only ${allow}`
    return new Refusal('method-not-allowed', { allow }, hint)
  }
  if (path === '/') return new Refusal('not-found', {}, 'this mock serves no page here: its inspector is at /_mock/')
  const near = nearest(path, [...new Set(operationRoutes.map((route) => route.path))])
  const route = operationRoutes.find((one) => one.path === near)
  const suggestion = route === undefined ? '' : `; the nearest path is ${route.operation.method} ${near}`
  return new Refusal('not-found', {}, `this mock does not serve this path${suggestion}`)
}

const preflightHint =
  'web pages cannot call HubSpot, which has no CORS: let the server of the front-end pass the calls on'

function matches(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, i) => part === given[i] || isFilled(part, given[i]))
}

function isFilled(part: string, given: string | undefined): boolean {
  return part.startsWith('{') && given !== ''
}

function decodePath(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
