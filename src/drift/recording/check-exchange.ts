import { hasLocation, type OperationRoute, operationRoutes } from '../../contract/operation-routes.ts'
import type { OperationName } from '../../contract/operations.ts'
import { redactText, tokenIn } from '../../text/redact.ts'
import { shorten } from '../../text/shorten.ts'
import { bodyFindings } from './check-body.ts'
import { checkError, type ErrorCheck } from './check-error.ts'
import { headerFindings } from './check-headers.ts'
import { requestFindings } from './check-request.ts'
import { showName } from './describe-value.ts'
import { type Finding, type KnownFinding, mapLine } from './finding.ts'
import { type RecordedExchange, whyUnusable } from './recorded-exchange.ts'
import { isError, operationsOfBody, pathOfUrl, type RecordedRoute, routeOf } from './recorded-operation.ts'

/** The result of checking one recorded response. */
export interface ExchangeReport {
  /** Where the response is, such as `session.har log.entries[3]`. */
  readonly place: string
  /** Which response it is, such as `batch.read on v3, status 200`. */
  readonly title: string
  /** What the mock would never send, a line each, without values of the recording. */
  readonly findings: readonly string[]
  /** The findings that are known differences, with the ids of their evidence. */
  readonly known: readonly KnownFinding[]
}

/** The result of checking a recording. */
export interface RecordingReport {
  readonly responses: readonly ExchangeReport[]
  /** The exchanges that show nothing of what this mock serves, and why. */
  readonly skipped: readonly { readonly place: string; readonly reason: string }[]
}

/** Finds what the mock would never send in recorded responses of any operation. */
export function checkExchanges(exchanges: readonly RecordedExchange[]): RecordingReport {
  const responses: ExchangeReport[] = []
  const skipped: { place: string; reason: string }[] = []
  for (const exchange of exchanges) {
    const reason = whyUnusable(exchange) ?? whyForeign(exchange)
    if (reason === undefined) responses.push(checkExchange(exchange))
    else skipped.push({ place: exchange.place, reason })
  }
  return { responses, skipped }
}

const campaignsPath = /^\/marketing\/(?:v\d+\/)?campaigns(?:\/|$)/

/** The reason to skip a call of another API. An unknown call of the campaigns API is not skipped, but reported. */
function whyForeign({ request }: RecordedExchange): string | undefined {
  if (request === undefined || routeOf(request.method, request.url) !== undefined) return undefined
  return campaignsPath.test(pathOfUrl(request.url)) ? undefined : 'not a call of an operation that the mock serves'
}

const maximumLineChars = 300
const maximumFindings = 100

function checkExchange(exchange: RecordedExchange): ExchangeReport {
  const { place, request, status, body } = exchange
  const recorded = request && routeOf(request.method, request.url)
  const names = recorded === undefined ? operationsOfBody(body) : [recorded.route.name]
  const token = tokenIn(request?.headers.get('authorization'))
  const found = [...findingsIn(exchange, recorded, names)]
  // Redacted before it is shortened, because half a token would not be recognized.
  const all = found.map((one) => mapLine(one, (line) => shorten(redactText(line, token), maximumLineChars)))
  const unknown = all.filter((one) => typeof one === 'string')
  const rest = unknown.length - maximumFindings
  return {
    place,
    title: [titleOf(exchange, recorded, names), ...(status === undefined ? [] : [`status ${status}`])].join(', '),
    findings: rest <= 0 ? unknown : [...unknown.slice(0, maximumFindings), `and ${rest} more`],
    known: all.filter((one) => typeof one !== 'string'),
  }
}

const maximumNames = 3

function titleOf(
  exchange: RecordedExchange,
  recorded: RecordedRoute | undefined,
  names: readonly OperationName[],
): string {
  const { request } = exchange
  if (recorded !== undefined) return `${recorded.route.name} on ${recorded.route.version}`
  if (request !== undefined) return `${request.method} ${pathOfUrl(request.url).split('/').map(showStep).join('/')}`
  if (isError(exchange) || names.length === 0) return 'an error'
  return names.length > maximumNames ? 'a response without a body' : names.join(' or ')
}

/** A segment of a path if it is a word or a version. Any other segment can be an id or a secret, so only its length is shown. */
function showStep(segment: string): string {
  return segment === '' || /^20\d\d-\d\d(?:-beta)?$|^v\d$/.test(segment) ? segment : showName(segment)
}

function* findingsIn(
  exchange: RecordedExchange,
  recorded: RecordedRoute | undefined,
  names: readonly OperationName[],
): Generator<Finding> {
  const { headers, request, body, status } = exchange
  const isUnserved = request !== undefined && recorded === undefined
  if (isUnserved && status !== 404 && status !== 405) {
    yield 'the mock does not serve this call'
    return
  }
  const isFailure = isError(exchange)
  const error: ErrorCheck | undefined = isFailure ? checkError(exchange, recorded?.route) : undefined
  if (error !== undefined) yield* error.findings
  else yield* successFindings(exchange, recorded, names)
  if (headers === undefined) return
  yield* headerFindings(headers, exchange.text === '' ? '' : body, error?.nearest?.headers)
  if (!isFailure && status === 201 && recorded && hasLocation(recorded.route) && !headers.has('location')) {
    yield 'header location: is missing, though the mock sends it with this response'
  }
}

function* successFindings(
  exchange: RecordedExchange,
  recorded: RecordedRoute | undefined,
  names: readonly OperationName[],
): Generator<Finding> {
  const routes = recorded === undefined ? routesOf(names) : [recorded.route]
  const candidates = routes.map((route) => [...bodyFindings(route, exchange)])
  const [fewest = ['a body of no operation of this mock']] = candidates.sort((a, b) => a.length - b.length)
  yield* fewest
  if (recorded !== undefined && exchange.request !== undefined) {
    yield* requestFindings(recorded, exchange.request, exchange.body)
  }
}

function routesOf(names: readonly OperationName[]): OperationRoute[] {
  return operationRoutes.filter(({ name }) => names.includes(name))
}
