import { type CallError, type CallErrorBody, callErrors } from '../../contract/errors.ts'
import { fidelities } from '../../contract/fidelity.ts'
import type { OperationRoute } from '../../contract/operation-routes.ts'
import { oauthErrors } from '../../contract/schemas/oauth.ts'
import { type Json, objectOf } from '../json.ts'
import { describeValue, showName } from './describe-value.ts'
import type { RecordedExchange } from './recorded-exchange.ts'

/** The result of checking an error response. */
export interface ErrorCheck {
  readonly findings: readonly string[]
  /** The error of this mock that the response matches best. */
  readonly nearest: CallError | undefined
}

/** An error with one of the bodies that it can have. */
interface ErrorBody {
  readonly name: string
  readonly error: CallError
  readonly body: object
}

/**
 * Compares an error response with the errors of this mock. A placeholder of an error matches any valid value.
 * @param route of its request, if that is known
 */
export function checkError({ body, status, text }: RecordedExchange, route: OperationRoute | undefined): ErrorCheck {
  if (typeof body === 'string') return checkPage(text, status)
  const ofStatus = errorBodiesOf(route).filter(({ error }) => status === undefined || status === error.statusCode)
  const candidates = ofStatus.map((one) => ({ ...one, lines: [...templateFindings(one.body, body, '')] }))
  const [nearest] = candidates.sort((a, b) => a.lines.length - b.lines.length)
  if (nearest === undefined) return { findings: [`status ${status}: this mock has no error with it`], nearest }
  const findings = nearest.lines.map((line) => `${line} (the nearest error is ${nearest.name})`)
  return { findings, nearest: nearest.error }
}

/** The HTML pages that HubSpot sends instead of JSON (observed). The mock sends them in observed fidelity. */
const pages: readonly CallError[] = fidelities.observed.htmlErrors.map((name) => callErrors[name])

/** Checks an error that has a page instead of JSON, or no body. */
function checkPage(text: string, status: number | undefined): ErrorCheck {
  const nearest = pages.find(({ statusCode }) => statusCode === status)
  if (text === '') return { findings: ['the recording has no body'], nearest }
  return { findings: nearest === undefined ? [`status ${status}: the mock sends JSON with it`] : [], nearest }
}

const callErrorBodies: readonly ErrorBody[] = Object.entries<CallError>(callErrors).flatMap(([name, error]) =>
  bodiesOf(name, error).map((body) => ({ name, error, body })),
)

/** The errors of OAuth, with and without the members that the documented fidelity adds. */
const oauthErrorBodies: readonly ErrorBody[] = Object.entries(oauthErrors).flatMap(([name, words]) => {
  const { error, status, message } = words
  const body = { error, error_description: message, status, message }
  const added = { category: status, correlationId: '{correlationId}' }
  const ofCall: CallError = { statusCode: 400, body: { ...callErrors['invalid-request'].body } }
  return [body, { ...body, ...added }].map((one) => ({ name, error: ofCall, body: one }))
})

function errorBodiesOf(route: OperationRoute | undefined): readonly ErrorBody[] {
  const hasOAuthErrors = route === undefined || route.operation.form !== undefined
  return hasOAuthErrors ? [...callErrorBodies, ...oauthErrorBodies] : callErrorBodies
}

/** An error as it was recorded, and with the category that the documented fidelity adds where there is none. */
function bodiesOf(name: string, { body }: CallError): CallErrorBody[] {
  const added = new Map(Object.entries(fidelities.documented.addedCategories)).get(name)
  return added === undefined ? [body] : [body, { ...body, category: added }]
}

/** Where a value differs from a template. */
function* templateFindings(template: unknown, value: Json | undefined, at: string): Generator<string> {
  if (typeof template === 'string') {
    if (!fits(template, value)) yield `${at}: ${describeValue(value)}, the mock sends ${JSON.stringify(template)}`
    return
  }
  const [known, given] = [Object(template), objectOf(Array.isArray(value) ? { ...value } : value)]
  for (const name of new Set([...Object.keys(known), ...Object.keys(given)])) {
    const isKnown = Object.hasOwn(known, name)
    const below = [...(at === '' ? [] : [at]), isKnown ? name : showName(name)].join('.')
    if (isKnown) yield* templateFindings(known[name], given[name], below)
    else yield `${below}: ${describeValue(given[name])}: the mock does not send this member`
  }
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const wholeUuid = new RegExp(`^${uuid}$`)

/** Whether a text is a UUID in lower case, as correlation ids are. */
export function isUuid(text: string): boolean {
  return wholeUuid.test(text)
}

/** The patterns of placeholders. A placeholder that is not listed matches any text. */
const placeholderPatterns = new Map([
  ['correlationId', uuid],
  ['line', '\\d+'],
  ['column', '\\d+'],
  ['ago', '\\d+ (?:second|minute|hour|day)\\(s\\)'],
  ['expireTime', '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'],
])

/** HubSpot's longest messages have some hundred characters. */
const maximumMessageChars = 5000

/** Whether a value is a template with its placeholders filled in. */
function fits(template: string, value: Json | undefined): boolean {
  if (typeof value !== 'string' || value.length > maximumMessageChars) return false
  const pattern = template
    .split(/\{(\w+)\}/)
    .map((part, i) =>
      i % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : (placeholderPatterns.get(part) ?? '[^]*'),
    )
  return new RegExp(`^${pattern.join('')}$`).test(value)
}
