import type { OperationName } from '../../contract/operations.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'
import { type RecordedExchange, whyUnusable } from '../recording/recorded-exchange.ts'
import { isError, operationsOfBody, routeOf } from '../recording/recorded-operation.ts'

/** A recorded call of an operation. */
export interface RecordedCall {
  readonly place: string
  readonly operation: OperationName
  /** The parameters of the path; empty where the request was not recorded. */
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Whether the request was recorded. If not, the query and the parameters are empty. */
  readonly hasRequest: boolean
  /** The body of the request. */
  readonly sent: string
  readonly status: number | undefined
  readonly isError: boolean
  readonly body: Json
}

/** The call of an exchange, or the reason why it cannot be used. */
export function readCall(exchange: RecordedExchange): RecordedCall | string {
  const { place, request, status, body } = exchange
  const reason = whyUnusable(exchange)
  if (reason !== undefined) return reason
  const common = { place, status, body, isError: isError(exchange), sent: request?.body ?? '' }
  if (request !== undefined) {
    const recorded = routeOf(request.method, request.url)
    if (recorded === undefined) return 'not a call of an operation that the mock serves'
    const query = new URLSearchParams(request.url.split('?')[1]?.split('#')[0])
    return { ...common, operation: recorded.route.name, parameters: recorded.parameters, query, hasRequest: true }
  }
  const [operation, ...others] = common.isError ? [] : operationsOfBody(body).filter((name) => !isWrite(name))
  if (operation === undefined) return common.isError ? errorReason(status) : 'the response shows no operation'
  if (others.length > 0) return `${needsRequest}: it could be of ${[operation, ...others].join(' or ')}`
  return { ...common, operation, parameters: {}, query: new URLSearchParams(), hasRequest: false }
}

const needsRequest = 'the request is needed, as in a HAR file'

/** Whether an operation is a write whose response has the same form as that of a read. */
function isWrite(name: OperationName): boolean {
  return /\.(?:create|update)$/.test(name)
}

export function errorReason(status: number | undefined): string {
  return `${status === undefined ? 'an error' : `status ${status}`}: use a scenario for it`
}

/** A parameter of the path. @throws {UnusableCall} if the request was not recorded */
export function parameterOf({ parameters }: RecordedCall, name: string): string {
  const value = parameters[name]
  if (value === undefined) throw new UnusableCall(`${needsRequest}: its path has the ${name}`)
  return value
}

/** Thrown for a call that cannot be used; the message is the reason. */
export class UnusableCall extends Error {
  override readonly name = 'UnusableCall'
}

/** A member that is text; undefined for any other value. */
export function textIn(value: Json | undefined, name: string): string | undefined {
  const text = member(value, name)
  return typeof text === 'string' ? text : undefined
}

/** A member that is a number; undefined for any other value. */
export function numberIn(value: Json | undefined, name: string): number | undefined {
  const number = member(value, name)
  return typeof number === 'number' ? number : undefined
}

/** The members of an object that are numbers. */
export function numbersIn(value: Json | undefined): Record<string, number> {
  return Object.fromEntries(
    Object.entries(objectOf(value)).filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
  )
}

/** The items of a list that have an id, as text. */
export function itemsIn(value: Json | undefined): { readonly id: string; readonly item: Json }[] {
  return listOf(value).flatMap((item) => {
    const id = textIn(item, 'id')
    return id === undefined ? [] : [{ id, item }]
  })
}

/** The cursor of the next page of a body. */
export function nextCursorIn(body: Json | undefined): string | undefined {
  return textIn(member(member(body, 'paging'), 'next'), 'after')
}
