import type { OperationRoute } from './operation-routes.ts'

/** What HubSpot adds to the ids of some operations (documented). Two operations of different versions can share it. */
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

/** The operations whose id has their path twice, or that of v3 for OAuth (documented). */
const repeated = /^(?:clone\.\w+|oauth\.(?:token|introspect|revoke))$/

/** The id of an operation in HubSpot's OpenAPI file, such as `get-/marketing/v3/campaigns_/marketing/v3/campaigns`. */
export function operationIdOf({ name, operation, path }: OperationRoute): string {
  const id = `${operation.method.toLowerCase()}-${path}`
  const repeatedPath = repeated.test(name) ? path.replace(/^\/oauth\/[^/]+/, '/oauth/v3') : undefined
  const suffix = suffixes[`${operation.method} ${path}`] ?? repeatedPath
  return suffix === undefined ? id : `${id}_${suffix}`
}
