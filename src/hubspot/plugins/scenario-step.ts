import { namesIn } from '../../world/journal/exchange.ts'
import type { Play } from '../../world/scenarios/scenario-player.ts'
import type { OpenExchange } from '../open-exchange.ts'

/** The scenario that a request names: in its header, else behind its token; undefined if the active one applies. */
export function namedScenario({ record }: OpenExchange, scenarioOfToken: string | undefined): Play | undefined {
  const header = [record.headers['x-mock-scenario']].flat()[0]
  if (header !== undefined) return { name: header, place: 'X-Mock-Scenario' }
  if (scenarioOfToken === undefined) return undefined
  return { name: scenarioOfToken, place: 'the scenario after ~ in the token' }
}

/**
 * Takes the step of a request before its body is read, so that a step can break the connection first. A step that depends
 * on the body is left to `takeStep`.
 * @throws {InvalidRequest} for an unknown scenario
 */
export function takeEarlyStep(exchange: OpenExchange): void {
  const { route, portal, named } = exchange
  if (route !== undefined && !portal?.stepDependsOnBody(named, route.name)) takeStep(exchange)
}

/**
 * Takes the step of a request, unless it has been taken before.
 * @throws {InvalidRequest} for an unknown scenario
 */
export function takeStep(exchange: OpenExchange): void {
  const { route, portal, named, record, refusal } = exchange
  if (route === undefined || portal === undefined || refusal !== undefined || exchange.hasTakenStep) return
  exchange.hasTakenStep = true
  exchange.played = portal.takeStep(named, { operation: route.name, names: () => namesIn(record) })
  record.scenario = exchange.played?.scenario ?? null
}
