import type { IntrospectionForm, TokenForm } from '../../contract/schemas/oauth.ts'
import { portalTokenOf } from '../../world/tokens.ts'
import type { HubspotContext } from '../context.ts'
import type { OpenExchange } from '../open-exchange.ts'
import { grantOf } from '../operations/oauth.ts'
import { parameterOf } from '../paging.ts'
import { parseQuery } from '../query.ts'
import { namedScenario } from './scenario-step.ts'

/** The portal of a call that names no token. */
const portalWithoutToken = 'oauth'

/**
 * Parses the form of an OAuth operation, which has no Bearer token: the token in its path, or the token or grant in its
 * form names the portal. v1 takes secrets in the query as well (documented).
 */
export function readFormBody(exchange: OpenExchange, { world }: HubspotContext): void {
  if (exchange.route?.operation.auth !== 'none') return
  const form = { ...exchange.query, ...parseQuery(exchange.record.body) }
  const body: TokenForm & IntrospectionForm = Object.fromEntries(
    Object.keys(form).map((name) => [name, String(parameterOf(form, name))]),
  )
  exchange.body = body
  const given = exchange.parameters['token'] ?? body.token ?? grantOf(body)
  exchange.portal = world.portal(portalTokenOf(given) || portalWithoutToken)
  exchange.record.portal = exchange.portal.name
  const [, scenario] = /~(\S*)$/.exec(given) ?? []
  exchange.named = namedScenario(exchange, scenario || undefined)
}
