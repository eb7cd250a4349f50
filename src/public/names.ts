/**
 * The operations of HubSpot's API that the mock serves.
 * @example
 * const on: OperationName = 'batch.read'
 */
export type OperationName =
  | 'campaigns.list'
  | 'campaigns.create'
  | 'campaigns.get'
  | 'campaigns.update'
  | 'campaigns.delete'
  | 'batch.read'
  | 'batch.create'
  | 'batch.update'
  | 'batch.archive'
  | 'assets.list'
  | 'assets.add'
  | 'assets.remove'
  | 'budget.totals'
  | 'budget.create'
  | 'budget.get'
  | 'budget.update'
  | 'budget.delete'
  | 'spend.create'
  | 'spend.get'
  | 'spend.update'
  | 'spend.delete'
  | 'reports.metrics'
  | 'reports.revenue'
  | 'reports.contacts'
  | 'assetTypes.list'
  | 'clone.create'
  | 'clone.assetTypes'
  | 'clone.status'
  | 'account.details'
  | 'integrations.me'
  | 'crm.properties'
  | 'crm.schemas'
  | 'oauth.token'
  | 'oauth.accessToken'
  | 'oauth.refreshToken'
  | 'oauth.revokeRefreshToken'
  | 'oauth.introspect'
  | 'oauth.revoke'

/**
 * The errors that a step can cause, except for those of OAuth.
 * @example
 * const error: CallErrorName = 'rate-limited'
 */
export type CallErrorName =
  | 'unauthorized'
  | 'expired-token'
  | 'missing-scopes'
  | 'invalid-json'
  | 'missing-fields'
  | 'too-many-inputs'
  | 'invalid-request'
  | 'forbidden-properties'
  | 'forbidden-write'
  | 'invalid-date-property'
  | 'not-found'
  | 'invalid-campaign-id'
  | 'campaign-not-found'
  | 'item-not-found'
  | 'clone-not-found'
  | 'token-not-found'
  | 'campaign-error'
  | 'method-not-allowed'
  | 'request-timeout'
  | 'payload-too-large'
  | 'unsupported-media-type'
  | 'malformed-request'
  | 'uri-too-long'
  | 'headers-too-large'
  | 'locked'
  | 'rate-limited'
  | 'secondly-limit'
  | 'daily-limit'
  | 'migrating'
  | 'server-error'
  | 'bad-gateway'
  | 'unavailable'
  | 'gateway-timeout'
  | 'server-down'
  | 'connection-timeout'
  | 'origin-unreachable'
  | 'origin-timeout'

/**
 * The errors of OAuth that a step with `on: oauth.token` can cause.
 * @example
 * const error: OAuthErrorName = 'bad-refresh-token'
 */
export type OAuthErrorName =
  | 'bad-refresh-token'
  | 'bad-auth-code'
  | 'bad-client-id'
  | 'bad-client-secret'
  | 'bad-redirect-uri'
  | 'bad-scopes'
  | 'bad-grant-type'

/**
 * The built-in scenarios.
 * @example
 * const scenario: BuiltInScenario = 'backlog'
 */
export type BuiltInScenario =
  | 'pending'
  | 'processing'
  | 'canceled'
  | 'backlog'
  | 'unauthorized'
  | 'expired-token'
  | 'missing-scopes'
  | 'rate-limited'
  | 'daily-limit'
  | 'locked'
  | 'migrating'
  | 'server-error'
  | 'bad-gateway'
  | 'unavailable'
  | 'gateway-timeout'
  | 'slow'
  | 'reset'
  | 'empty'
  | 'truncated'
  | 'drip'
  | 'flaky'
  | 'recovering'

/**
 * HubSpot's asset types.
 * @example
 * const type: AssetType = 'MARKETING_EMAIL'
 */
export type AssetType =
  | 'AD_CAMPAIGN'
  | 'AUTOMATION_PLATFORM_FLOW'
  | 'BLOG_POST'
  | 'CALL'
  | 'CASE_STUDY'
  | 'CTA'
  | 'EMAIL'
  | 'EXTERNAL_WEB_URL'
  | 'FEEDBACK_SURVEY'
  | 'FILE_MANAGER_FILE'
  | 'FORM'
  | 'KNOWLEDGE_ARTICLE'
  | 'LANDING_PAGE'
  | 'MARKETING_EMAIL'
  | 'MARKETING_EVENT'
  | 'MARKETING_SMS'
  | 'MEDIA'
  | 'MEETING_EVENT'
  | 'OBJECT_LIST'
  | 'PLAYBOOK'
  | 'PODCAST_EPISODE'
  | 'SALES_DOCUMENT'
  | 'SEQUENCE'
  | 'SITE_PAGE'
  | 'SOCIAL_BROADCAST'
  | 'WEB_INTERACTIVE'

/**
 * The models by which HubSpot attributes revenue to campaigns.
 * @example
 * const model: AttributionModel = 'LINEAR'
 */
export type AttributionModel =
  | 'LINEAR'
  | 'FIRST_INTERACTION'
  | 'LAST_INTERACTION'
  | 'FULL_PATH'
  | 'U_SHAPED'
  | 'W_SHAPED'
  | 'TIME_DECAY'
  | 'J_SHAPED'
  | 'INVERSE_J_SHAPED'

/**
 * HubSpot's account types.
 * @example
 * const type: AccountType = 'STANDARD'
 */
export type AccountType = 'STANDARD' | 'APP_DEVELOPER' | 'DEVELOPER_TEST' | 'SANDBOX'

/**
 * Whether to follow HubSpot's spec (`documented`) or its recorded responses (`observed`), where the two differ.
 * @example
 * const fidelity: Fidelity = 'observed'
 */
export type Fidelity = 'documented' | 'observed'

/**
 * A rate limit: none, that of a HubSpot plan, or a number of calls per ten seconds.
 * @example
 * const limit: RateLimitName = 'professional'
 */
export type RateLimitName = 'off' | 'free' | 'professional' | 'oauth' | number
