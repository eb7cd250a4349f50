import type { OperationRoute } from './operation-routes.ts'

/** The suffixes of some operation ids (documented). Operations of different versions can have the same suffix. */
const suffixes: Readonly<Record<string, string>> = {
  'GET /marketing/v3/campaigns': '/marketing/v3/campaigns',
  'POST /marketing/v3/campaigns': '/marketing/v3/campaigns',
  'GET /marketing/campaigns/2025-09': '/marketing/campaigns/2025-09',
  'POST /marketing/campaigns/2025-09': '/marketing/campaigns/2025-09',
  'GET /marketing/campaigns/2026-09': '/marketing/campaigns/2026-09',
  'POST /marketing/campaigns/2026-09': '/marketing/campaigns/2026-09',
  'GET /marketing/campaigns/2026-03': '/marketing/campaigns/v3',
  'POST /marketing/campaigns/2026-03': '/marketing/campaigns/v3',
  'POST /oauth/v1/token': 'create',
  'GET /oauth/v1/access-tokens/{token}': 'get',
  'GET /oauth/v1/refresh-tokens/{token}': 'get',
  'DELETE /oauth/v1/refresh-tokens/{token}': 'archive',
}

/** The operations whose id repeats their path, with v3 for OAuth (documented). */
const repeated = /^(?:clone\.\w+|oauth\.(?:token|introspect|revoke))$/

/** The id of an operation in HubSpot's OpenAPI file, such as `get-/marketing/v3/campaigns_/marketing/v3/campaigns`. */
export function operationIdOf({ name, operation, path }: OperationRoute): string {
  const id = `${operation.method.toLowerCase()}-${path}`
  const repeatedPath = repeated.test(name) ? path.replace(/^\/oauth\/[^/]+/, '/oauth/v3') : undefined
  const suffix = suffixes[`${operation.method} ${path}`] ?? repeatedPath
  return suffix === undefined ? id : `${id}_${suffix}`
}
