import type { TokenForm } from '../../contract/schemas/oauth.ts'
import { portalTokenOf } from '../../world/tokens.ts'
import type { HubspotContext } from '../context.ts'
import type { OpenExchange } from '../open-exchange.ts'
import { grantOf } from '../operations/oauth.ts'
import { parameterOf } from '../paging.ts'
import { parseQuery } from '../query.ts'

/** Parses the form of an OAuth operation, which has no Bearer token: its grant names the portal. */
export function readFormBody(exchange: OpenExchange, { world }: HubspotContext): void {
  if (exchange.route?.operation.auth !== 'none') return
  const form = parseQuery(exchange.record.body)
  const body: TokenForm = Object.fromEntries(Object.keys(form).map((name) => [name, parameterOf(form, name) ?? '']))
  exchange.body = body
  const token = portalTokenOf(grantOf(body))
  // A call without a valid grant is refused; it still needs a portal to be recorded in.
  exchange.portal = world.portal(token === '' ? 'oauth' : token)
  exchange.record.portal = exchange.portal.name
}
