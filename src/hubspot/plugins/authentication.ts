import { Unauthorized } from '../../world/refusal.ts'
import type { HubspotContext } from '../context.ts'
import type { OpenExchange } from '../open-exchange.ts'
import { namedScenario, takeEarlyStep } from './scenario-step.ts'

/**
 * Finds the portal of the Bearer token, and takes the request's step of the scenario that is active there, unless the step
 * depends on the body.
 * @throws {Unauthorized | ExpiredToken | MissingScope} · {InvalidRequest} if the request names an unknown scenario
 */
export function authenticate(exchange: OpenExchange, { world }: HubspotContext): void {
  const { route, credentials } = exchange
  if (route === undefined || route.operation.auth === 'none') return
  if (credentials === undefined) throw new Unauthorized('send Authorization: Bearer <token>')
  world.admit(credentials, route.scopes)
  exchange.portal = world.portal(credentials.token)
  exchange.named = namedScenario(exchange, credentials.scenario)
  takeEarlyStep(exchange)
}
