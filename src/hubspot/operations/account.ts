import { defaultAccount, type PortalInformationResponse } from '../../contract/schemas/account.ts'
import type { HubspotContext } from '../context.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'

/** GET /account-info/v3/details: the account of the token. */
export function getAccountDetails(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  return { status: 200, body: JSON.stringify(accountOf(exchange, context)) }
}

/** GET /integrations/v1/me: the same account in HubSpot's older form. */
export function getIntegrationAccount(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { portalId, timeZone, companyCurrency, utcOffsetMilliseconds, utcOffset } = accountOf(exchange, context)
  const body = { portalId, timeZone, currency: companyCurrency, utcOffsetMilliseconds, utcOffset }
  return { status: 200, body: JSON.stringify(body) }
}

/** What the fixture says of the account, its gaps filled. The members are in the order of HubSpot's reference. */
function accountOf({ portal }: AdmittedExchange, { world }: HubspotContext): PortalInformationResponse {
  return { portalId: world.hubIdOf(portal), ...defaultAccount, ...world.account }
}
