import type { AccountType, AssetType, AttributionModel } from './names.ts'
import type { Scenario } from './step.ts'

/**
 * The content of a fixture: campaigns, ids that fail, tokens and scenarios. A file has it as YAML or JSON; `startMock`
 * accepts it as an object.
 * @example
 * const fixtures: Fixture = {
 *   campaigns: [{ id: 'spring', properties: { hs_name: 'Spring' } }],
 *   generate: { campaigns: 1000, seed: 42 },
 *   scenario: 'slow-start',
 *   scenarios: { 'slow-start': [{ status: 'PENDING', times: 2 }] },
 * }
 */
export interface Fixture {
  /** The details of the HubSpot account. */
  account?: FixtureAccount
  /** The campaigns. */
  campaigns?: FixtureCampaign[]
  /** The ids of generated campaigns that do not exist. */
  removed?: string[]
  /** The definitions of the properties of campaigns. Default: HubSpot's own, and those that campaigns have. */
  properties?: FixtureProperty[]
  /** Ids that fail. */
  errors?: FixtureError[]
  /** The valid Bearer tokens. Without this member, every token is valid. */
  tokens?: Record<string, FixtureToken>
  /** The valid OAuth clients and refresh tokens. */
  oauth?: FixtureOAuth
  /** Adds generated campaigns. */
  generate?: GeneratedCampaigns
  /** The name of the scenario that is active after start. */
  scenario?: string
  /** Scenarios by name. */
  scenarios?: Record<string, Scenario>
}

/**
 * The state of a mock or a portal as a fixture. It has the number and the seed of generated campaigns instead of each campaign.
 * @example
 * const fixtures: ExportedFixture = portal.fixture()
 * await using copy = await startMock({ fixtures })
 */
export interface ExportedFixture extends Fixture {
  /** The parts of the state that a fixture cannot contain. */
  'x-left-out': LeftOut[]
}

/**
 * A part of the state that an exported fixture does not have: `tokens` and `oauth`, which are secrets, the rate limit, and
 * a clock that was moved or stopped.
 * @example
 * const missing: LeftOut[] = mock.fixture()['x-left-out']
 */
export type LeftOut = 'tokens' | 'oauth' | 'rateLimit' | 'clock'

/**
 * How many campaigns to generate.
 * @example
 * const generate: GeneratedCampaigns = { campaigns: 1000, seed: 42 }
 */
export interface GeneratedCampaigns {
  /** The number of campaigns. */
  campaigns: number
  /** The same seed gives the same campaigns. Default: 1. */
  seed?: number
}

/**
 * A campaign of a fixture. Only the id is required.
 * @example
 * const spring: FixtureCampaign = { id: 'spring', properties: { hs_name: 'Spring', hs_campaign_status: 'active' } }
 */
export interface FixtureCampaign {
  /** The id: a GUID as in HubSpot, or any other text. */
  id: string
  /** Values by the names of properties. A property that is null has no value. */
  properties?: Record<string, string | null>
  /** A moment such as `2026-05-01T00:00:00Z`. Default: 2026-01-01. */
  createdAt?: string
  /** A moment such as `2026-05-01T00:00:00Z`. Default: `createdAt`. */
  updatedAt?: string
  /** The business units. Default: the default business unit, 0. */
  businessUnits?: BusinessUnit[]
  /** The assets by type. */
  assets?: Partial<Record<AssetType, FixtureAsset[]>>
  /** The budget items. If there are any, `hs_budget_items_sum_amount` is the sum of their amounts. */
  budgetItems?: FixtureBudgetItem[]
  /** The spend items. If there are any, `hs_spend_items_sum_amount` is the sum of their amounts. */
  spendItems?: FixtureBudgetItem[]
  /** The numbers of the reports. */
  reports?: FixtureReports
}

/**
 * A business unit (brand) of a campaign.
 * @example
 * const unit: BusinessUnit = { id: 0 }
 */
export interface BusinessUnit {
  /** The id; 0 is the default business unit. */
  id: number
}

/**
 * An asset of a campaign, with fixed totals in `metrics`, or with totals by day in `daily`.
 * @example
 * const email: FixtureAsset = { id: '212476546342', name: 'Newsletter', daily: { '2026-05-06': { SENT: 700, OPEN: 210 } } }
 */
export interface FixtureAsset {
  /** The id of the asset. */
  id: string
  /** The name of the asset. */
  name?: string
  /** Metrics by key, the same for every period. */
  metrics?: Record<string, number>
  /** Metrics by day (YYYY-MM-DD), which are summed over the period of the request. */
  daily?: Record<string, Record<string, number>>
  /** Metrics of single periods, such as `2026-05-01/2026-05-31`, which take precedence. */
  periods?: Record<string, Record<string, number>>
  /** The cursor of the page that begins with this asset, as it was recorded. Default: base64 of its position. */
  cursor?: string
}

/**
 * A budget or spend item of a campaign.
 * @example
 * const flyers: FixtureBudgetItem = { name: 'Flyers', amount: 12.34, order: 0, description: 'Two thousand' }
 */
export interface FixtureBudgetItem {
  /** Decimal digits. Default: the next free id. */
  id?: string
  /** The name of the item. */
  name: string
  /** The amount in the currency of the account. */
  amount: number
  /** The position among the items; 0 is the oldest. Default: the position in the list. */
  order?: number
  /** A description. */
  description?: string
  /** A moment, or milliseconds since the epoch. Default: when the campaign was created. */
  createdAt?: string | number
  /** A moment, or milliseconds since the epoch. Default: `createdAt`. */
  updatedAt?: string | number
}

/**
 * The numbers of the reports of a campaign: fixed totals, or totals by day under `daily`, which are summed over the period
 * of the request. Counts of contacts default to the number of listed contacts, all other numbers to 0.
 * @example
 * const reports: FixtureReports = {
 *   metrics: { daily: { '2026-05-06': { sessions: 812 } } },
 *   revenue: { LINEAR: { revenueAmount: 1200, dealsNumber: 2 } },
 *   contacts: { influencedContacts: ['101', '102'] },
 * }
 */
export interface FixtureReports {
  /** Sessions and contacts. */
  metrics?: MetricsReport
  /** Revenue by attribution model. */
  revenue?: Partial<Record<AttributionModel, RevenueReport>>
  /** The ids of contacts. */
  contacts?: ContactsReport
}

/**
 * The numbers of a metrics report.
 * @example
 * const totals: MetricsTotals = { sessions: 812, influencedContacts: 9 }
 */
export interface MetricsTotals {
  /** The number of sessions. */
  sessions?: number
  /** The number of new contacts, by first touch. */
  newContactsFirstTouch?: number
  /** The number of influenced contacts. */
  influencedContacts?: number
  /** The number of new contacts, by last touch. */
  newContactsLastTouch?: number
}

/**
 * A metrics report: fixed totals, or totals by day.
 * @example
 * const report: MetricsReport = { daily: { '2026-05-06': { sessions: 812 } } }
 */
export interface MetricsReport extends MetricsTotals {
  /** Totals by day (YYYY-MM-DD). */
  daily?: Record<string, MetricsTotals>
  /** Totals of single periods, such as `2026-05-01/2026-05-31`, which take precedence. */
  periods?: Record<string, MetricsTotals>
}

/**
 * The numbers of a revenue report.
 * @example
 * const totals: RevenueTotals = { revenueAmount: 1200, dealsNumber: 2 }
 */
export interface RevenueTotals {
  /** The attributed revenue. */
  revenueAmount?: number
  /** The amount of the deals. */
  dealAmount?: number
  /** The number of contacts. */
  contactsNumber?: number
  /** The number of deals. */
  dealsNumber?: number
}

/**
 * A revenue report: fixed totals, or totals by day.
 * @example
 * const report: RevenueReport = { revenueAmount: 1200, currencyCode: 'EUR' }
 */
export interface RevenueReport extends RevenueTotals {
  /** Totals by day (YYYY-MM-DD). */
  daily?: Record<string, RevenueTotals>
  /** Totals of single periods, such as `2026-05-01/2026-05-31`, which take precedence. */
  periods?: Record<string, RevenueTotals>
  /** The ISO code of the currency. Default: the currency of the account. */
  currencyCode?: string
}

/**
 * The contacts of a campaign, by their ids.
 * @example
 * const contacts: ContactIds = { influencedContacts: ['101', '102'] }
 */
export interface ContactIds {
  /** New contacts, by first touch. */
  contactFirstTouch?: string[]
  /** New contacts, by last touch. */
  contactLastTouch?: string[]
  /** Influenced contacts. */
  influencedContacts?: string[]
}

/**
 * A contacts report: fixed ids, or ids by day.
 * @example
 * const report: ContactsReport = { daily: { '2026-05-06': { influencedContacts: ['101'] } } }
 */
export interface ContactsReport extends ContactIds {
  /** Ids of contacts by day (YYYY-MM-DD). */
  daily?: Record<string, ContactIds>
  /** Ids of contacts of single periods, such as `2026-05-01/2026-05-31`, which take precedence. */
  periods?: Record<string, ContactIds>
}

/**
 * The definition of a property of campaigns, as `GET /crm/v3/properties/campaigns` returns it. Only the name is required.
 * @example
 * const region: FixtureProperty = { name: 'region', label: 'Region', type: 'enumeration', options: [{ label: 'EMEA', value: 'emea' }] }
 */
export interface FixtureProperty {
  /** The name, such as `hs_name`. */
  name: string
  /** The name that people see. Default: made from the name. */
  label?: string
  /** The type of the values, such as `string`, `number`, `date` or `enumeration`. */
  type?: string
  /** The type of the field in forms, such as `text` or `select`. */
  fieldType?: string
  /** A description. */
  description?: string
  /** The name of the group of the property. */
  groupName?: string
  /** The values of an enumeration. */
  options?: PropertyOption[]
  /** The position among the properties. Default: the position in the list. */
  displayOrder?: number
  /** Whether HubSpot computes the value. */
  calculated?: boolean
  /** Whether the values of the enumeration come from elsewhere. */
  externalOptions?: boolean
  /** Whether no two campaigns have the same value. */
  hasUniqueValue?: boolean
  /** Whether HubSpot's app hides the property. */
  hidden?: boolean
  /** Whether HubSpot defines the property. */
  hubspotDefined?: boolean
  /** Whether forms can have the property. */
  formField?: boolean
  /** Whether the property is archived. */
  archived?: boolean
}

/**
 * A value of an enumeration.
 * @example
 * const option: PropertyOption = { label: 'EMEA', value: 'emea' }
 */
export interface PropertyOption {
  /** The name that people see. */
  label: string
  /** The value. */
  value: string
  /** The position among the values. */
  displayOrder?: number
  /** Whether HubSpot's app hides the value. */
  hidden?: boolean
}

/**
 * An id that fails: in a batch with these members, in a call for this campaign with a 403, 404 or 400.
 * @example
 * const secret: FixtureError = { id: 'secret', category: 'PERMISSION_DENIED', message: 'You may not see this campaign' }
 */
export interface FixtureError {
  /** The id that fails. */
  id: string
  /** The category of the error, such as PERMISSION_DENIED. */
  category: string
  /** The message of the error. */
  message: string
  /** The sub-category, which only the fidelity `observed` sends. */
  subCategory?: string
  /** The context of the error, such as `{ campaignGuid: ['…'] }`. */
  context?: Record<string, string[]>
}

/**
 * The scopes and the expiry of a token.
 * @example
 * const reader: FixtureToken = { scopes: ['marketing.campaigns.read'], expiresAt: '2026-12-31' }
 */
export interface FixtureToken {
  /** The scopes of the token. Default: all scopes. */
  scopes?: string[]
  /** The moment from which the token is expired. Default: it does not expire. */
  expiresAt?: string
}

/**
 * The details of the HubSpot account. All members have defaults.
 * @example
 * const account: FixtureAccount = { portalId: 26892217, timeZone: 'US/Eastern', companyCurrency: 'USD' }
 */
export interface FixtureAccount {
  /** The id of the account (hub id). Default: a number derived from the token. */
  portalId?: number
  /** The type of the account. */
  accountType?: AccountType
  /** The time zone, such as US/Eastern. */
  timeZone?: string
  /** The ISO code of the company currency. */
  companyCurrency?: string
  /** The ISO codes of further currencies. */
  additionalCurrencies?: string[]
  /** The offset from UTC, such as "-04:00". */
  utcOffset?: string
  /** The offset from UTC in milliseconds. */
  utcOffsetMilliseconds?: number
  /** The domain of HubSpot's app. */
  uiDomain?: string
  /** The data center, such as na1. */
  dataHostingLocation?: string
}

/**
 * The valid OAuth clients and refresh tokens. Without `clients` every client is valid, without `refreshTokens` every
 * refresh token.
 * @example
 * const oauth: FixtureOAuth = { clients: [{ clientId: 'app', clientSecret: 's' }], refreshTokens: ['spring'] }
 */
export interface FixtureOAuth {
  /** The valid clients. */
  clients?: OAuthClient[]
  /** The valid refresh tokens. */
  refreshTokens?: string[]
}

/**
 * An OAuth client.
 * @example
 * const client: OAuthClient = { clientId: 'app', clientSecret: 's', scopes: ['marketing.campaigns.read'] }
 */
export interface OAuthClient {
  /** The client id. */
  clientId: string
  /** The client secret. */
  clientSecret: string
  /** The valid redirect URIs. Default: every URI. */
  redirectUris?: string[]
  /** The scopes of its access tokens. Default: all scopes. */
  scopes?: string[]
}

/**
 * A campaign with defaults for the members that its fixture leaves out, or a generated campaign.
 * @example
 * const [first]: Campaign[] = mock.campaigns.list({ limit: 1 })
 * console.log(first?.id, first?.createdAt)
 */
export interface Campaign extends Required<Omit<FixtureCampaign, 'budgetItems' | 'spendItems'>> {
  /** The budget items. */
  budgetItems: BudgetItem[]
  /** The spend items. */
  spendItems: BudgetItem[]
}

/**
 * A budget or spend item of a campaign.
 * @example
 * const [item]: BudgetItem[] = portal.campaigns.put({ id: 'a', budgetItems: [{ name: 'Print', amount: 2 }] }).budgetItems
 * console.log(item?.id, item?.createdAt)
 */
export interface BudgetItem {
  /** Decimal digits, unique in the campaign. */
  id: string
  /** The name of the item. */
  name: string
  /** The amount in the currency of the account. */
  amount: number
  /** The position among the items; 0 is the oldest (documented). */
  order: number
  /** A description. */
  description?: string
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Milliseconds since the epoch. */
  updatedAt: number
}
