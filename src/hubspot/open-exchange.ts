import type { FastifyRequest } from 'fastify'
import type { OperationRoute } from '../contract/operation-routes.ts'
import { monotonicMs } from '../text/system-timers.ts'
import type { ExchangeRecord } from '../world/journal/exchange.ts'
import type { Journal } from '../world/journal/journal.ts'
import type { JournalEntry } from '../world/journal/journal-entry.ts'
import type { PlayedStep, Portal } from '../world/portal.ts'
import type { Allowance } from '../world/rate-limiter.ts'
import type { Refusal } from '../world/refusal.ts'
import type { Play } from '../world/scenarios/scenario-player.ts'
import { type BearerCredentials, readAuthorization } from '../world/tokens.ts'
import type { World } from '../world/world.ts'
import { baseUrlOf, type LinkOptions } from './base-url.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The exchange of a request to HubSpot's API. */
    exchange: OpenExchange
  }
}

/** Everything about one request in progress. Journal, log, headers and handlers share this object. */
export interface OpenExchange {
  /** The operation and version that the request calls; undefined where this mock serves neither. */
  readonly route: OperationRoute | undefined
  /** The record for the journal. */
  readonly record: ExchangeRecord
  /** The journal at the time of arrival: a reset in between makes a new one, which must not get this exchange. */
  readonly journal: Journal
  /** The place in the order of arrival. */
  readonly order: number
  /** The time of arrival, on the monotonic clock in milliseconds. */
  readonly startedMs: number
  /** The parameters of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | string[] | undefined>>
  /** The base URL under which the client reached this mock, so that links lead back to it. */
  readonly baseUrl: string
  /** The Bearer token of the request, valid or not. */
  readonly credentials: BearerCredentials | undefined
  /** The portal of a valid token. */
  portal: Portal | undefined
  /** The scenario that the request names; undefined if the active one applies. */
  named: Play | undefined
  /** Whether it is decided which step the request takes. */
  hasTakenStep: boolean
  /** The scenario step that this request takes, if a scenario is active. */
  played: PlayedStep | undefined
  allowance: Allowance | undefined
  /** Why the request is refused, once that is known. */
  refusal: Refusal | undefined
  /** Hints for the developer of the client, in a request that is not refused. */
  readonly hints: string[]
  /** The members of the JSON body that its operation does not declare. */
  unreadInBody: readonly string[]
  /** The parsed body, valid for the schema of the operation. Several requests can share it: it must not be changed. */
  body: unknown
  /** How many of the ids in a batch were found. */
  lookup: { readonly found: number; readonly failed: number } | undefined
  /** Its entry in the journal, once the request has been read. */
  entry: JournalEntry | undefined
  /** Whether a response was sent, or the connection was broken on purpose. */
  isFinished: boolean
}

/** An exchange with an operation of this mock and a valid token. */
export interface AdmittedExchange extends OpenExchange {
  readonly route: OperationRoute
  readonly portal: Portal
}

export function isAdmitted(exchange: OpenExchange): exchange is AdmittedExchange {
  return exchange.route !== undefined && exchange.portal !== undefined
}

/** Starts the exchange of a request that has just arrived. */
export function openExchange(
  request: FastifyRequest,
  { world, links }: { readonly world: World; readonly links: LinkOptions },
  route: OperationRoute | undefined,
): OpenExchange {
  const { method, url, headers } = request
  const parameters = Object(request.params)
  const baseUrl = baseUrlOf(request, links)
  const credentials = readAuthorization([headers['authorization']].flat()[0])
  return {
    route,
    record: {
      correlationId: request.id,
      at: world.clock.now(),
      method,
      url,
      headers,
      baseUrl,
      operation: route?.name ?? null,
      campaignId: parameters.campaignGuid,
      portal: credentials === undefined ? null : world.portalName(credentials.token),
      body: '',
      scenario: null,
      status: null,
      responseBody: '',
      responseHeaders: {},
      hint: null,
      unread: [],
      ms: null,
    },
    journal: world.journal,
    order: world.journal.open(),
    startedMs: monotonicMs(),
    parameters,
    query: Object(request.query),
    baseUrl,
    credentials,
    portal: undefined,
    named: undefined,
    hasTakenStep: false,
    played: undefined,
    allowance: undefined,
    refusal: undefined,
    hints: [],
    unreadInBody: [],
    body: undefined,
    lookup: undefined,
    entry: undefined,
    isFinished: false,
  }
}

/** How long an exchange has taken so far, in milliseconds with one decimal. */
function elapsedMs({ startedMs }: OpenExchange): number {
  return Math.round((monotonicMs() - startedMs) * 10) / 10
}

/** Puts an exchange into the journal, or updates it there. */
export function recordExchange(exchange: OpenExchange): void {
  if (exchange.entry === undefined) exchange.entry = exchange.journal.file(exchange.record, exchange.order)
  else exchange.journal.update(exchange.entry)
}

/**
 * Completes an exchange whose response has ended, or whose connection has broken before the request was read.
 * @returns how long it took, in milliseconds
 */
export function completeExchange(exchange: OpenExchange): number {
  const durationMs = elapsedMs(exchange)
  exchange.record.ms = durationMs
  if (exchange.entry === undefined) recordExchange(exchange)
  else exchange.journal.complete(exchange.entry)
  return durationMs
}
