import type { Portal } from '../../world/portal.ts'
import { Unauthorized } from '../../world/refusal.ts'
import type { HubspotContext } from '../context.ts'
import type { OpenExchange } from '../open-exchange.ts'

/**
 * Finds the portal of the Bearer token and takes the request's step of the scenario that is active there.
 * @throws {Unauthorized | ExpiredToken | MissingScope} · {InvalidRequest} if the request names an unknown scenario
 */
export function authenticate(exchange: OpenExchange, { world }: HubspotContext): void {
  const { route, credentials } = exchange
  if (route === undefined || route.operation.auth === 'none') return
  if (credentials === undefined) throw new Unauthorized('send Authorization: Bearer <token>')
  world.admit(credentials, route.scopes)
  exchange.portal = world.portal(credentials.token)
  takeStep(exchange, exchange.portal, credentials.scenario)
}

/**
 * Takes the request's step of the scenario that its header names, else of that behind its token, else of the active one.
 * @throws {InvalidRequest} for an unknown scenario
 */
export function takeStep(exchange: OpenExchange, portal: Portal, scenarioOfToken: string | undefined): void {
  const { route, record } = exchange
  if (route === undefined) return
  const header = [record.headers['x-mock-scenario']].flat()[0]
  const named =
    header !== undefined
      ? { name: header, place: 'X-Mock-Scenario' }
      : scenarioOfToken !== undefined
        ? { name: scenarioOfToken, place: 'the scenario after ~ in the token' }
        : undefined
  exchange.played = portal.takeStep(named, route.name)
  record.scenario = exchange.played?.scenario ?? null
}
