import { rateLimitHeaders, windowMs } from '../../contract/rate-limits.ts'
import { correlationIdHeader } from '../../contract/response-headers.ts'
import { type Json, objectOf } from '../json.ts'
import { isUuid } from '../recording/check-error.ts'
import { secondlyHeaders } from '../recording/check-headers.ts'
import { describeValue, showName } from '../recording/describe-value.ts'
import type { LiveResponse } from './live-call.ts'

/** Where HubSpot's response differs from that of the mock, in lines without values of the account. */
export interface ResponseDifferences {
  readonly headers: readonly string[]
  /** Of the status and the body. */
  readonly content: readonly string[]
}

/** @param isTotalKnown whether the mock has all campaigns of the account */
export function compareResponses(theirs: LiveResponse, ours: LiveResponse, isTotalKnown: boolean): ResponseDifferences {
  const status = theirs.status === ours.status ? [] : [`status ${theirs.status}, the mock sends ${ours.status}`]
  const content = [...status, ...valueDifferences(theirs.body, ours.body, '', isTotalKnown)]
  return { headers: [...headerDifferences(theirs, ours)], content: content.slice(0, maximumLines) }
}

const maximumLines = 20

/** Headers that must have the same value in both responses. */
const fixedHeaders = [
  'content-type',
  'access-control-allow-credentials',
  'x-content-type-options',
  'x-hubspot-auth-failure',
  'www-authenticate',
  'retry-after',
  'allow',
]
const limitHeaders = Object.values(rateLimitHeaders).map((name) => name.toLowerCase())

function* headerDifferences(theirs: LiveResponse, ours: LiveResponse): Generator<string> {
  for (const name of fixedHeaders) {
    const [their, our] = [theirs.headers.get(name), ours.headers.get(name)]
    if (their !== our) yield `header ${name}: ${presence(their)}, the mock sends ${presence(our)}`
  }
  if (!/^origin(?:, ?accept-encoding)?$/i.test(theirs.headers.get('vary') ?? '')) yield 'header vary: is not origin'
  for (const name of limitHeaders) {
    const [their, our] = [theirs.headers.get(name), ours.headers.get(name)]
    const isValid = their === undefined || /^\d+$/.test(their)
    if ((their === undefined) !== (our === undefined)) {
      yield `header ${name}: ${presence(their)}, the mock sends ${presence(our)}`
    } else if (!isValid || (name.includes('interval') && their !== undefined && their !== String(windowMs))) {
      yield `header ${name}: another form than that of the mock`
    }
  }
  yield* correlationDifferences(theirs)
  for (const name of theirs.headers.keys()) {
    const isKnown = ours.headers.has(name) || limitHeaders.includes(name) || secondlyHeaders.includes(name)
    if (name.startsWith('x-hubspot-') && !isKnown && !fixedHeaders.includes(name)) {
      yield `header ${showName(name)}: the mock does not send it`
    }
  }
}

function presence(value: string | undefined): string {
  return value === undefined ? 'none' : `one of ${value.length} characters`
}

function* correlationDifferences({ headers, body }: LiveResponse): Generator<string> {
  const id = headers.get(correlationIdHeader)
  const { correlationId } = objectOf(body)
  if (id === undefined || !isUuid(id)) yield `header ${correlationIdHeader}: is not a UUID`
  if (correlationId !== undefined && correlationId !== id) yield 'correlationId: differs from the header'
}

/** Where two bodies differ. Values that are new in each response, such as times of the call, only need the same format. */
function* valueDifferences(
  theirs: Json | undefined,
  ours: Json | undefined,
  at: string,
  isTotalKnown: boolean,
): Generator<string> {
  if (theirs === ours) return
  if (
    typeof theirs !== typeof ours ||
    Array.isArray(theirs) !== Array.isArray(ours) ||
    theirs === null ||
    ours === null
  ) {
    yield `${placeOf(at)}${describeValue(theirs)}, the mock sends ${describeValue(ours)}`
  } else if (Array.isArray(theirs) && Array.isArray(ours)) {
    if (theirs.length !== ours.length) yield `${placeOf(at)}${theirs.length} items, the mock sends ${ours.length}`
    for (const [i, item] of theirs.entries()) {
      if (i < ours.length) yield* valueDifferences(item, ours[i], `${at}[${i}]`, isTotalKnown)
    }
  } else if (typeof theirs === 'object') {
    yield* memberDifferences(objectOf(theirs), objectOf(ours), at, isTotalKnown)
  } else if (!isSameValue(theirs, ours, at, isTotalKnown)) {
    yield `${placeOf(at)}another ${typeof theirs === 'string' ? 'text' : 'value'} than that of the mock`
  }
}

function* memberDifferences(
  theirs: Record<string, Json>,
  ours: Record<string, Json>,
  at: string,
  isTotalKnown: boolean,
): Generator<string> {
  const names = [Object.keys(theirs), Object.keys(ours)].map((all) => all.filter((name) => !/^\d+$/.test(name)))
  const all = new Set([...Object.keys(theirs), ...Object.keys(ours)])
  for (const name of all) {
    const below = at === '' ? showName(name) : `${at}.${showName(name)}`
    yield* valueDifferences(own(theirs, name), own(ours, name), below, isTotalKnown)
  }
  const isSameSet = all.size === Object.keys(theirs).length && all.size === Object.keys(ours).length
  if (isSameSet && names[0]?.join() !== names[1]?.join()) yield `${placeOf(at)}the members are in another order`
}

function own(members: Record<string, Json>, name: string): Json | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}

function placeOf(at: string): string {
  return at === '' ? 'body: ' : `${at}: `
}

const momentForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Whether two texts, numbers or booleans that differ are the same, as far as two responses can be. */
function isSameValue(theirs: Json | undefined, ours: Json | undefined, at: string, isTotalKnown: boolean): boolean {
  const name = at.split('.').at(-1)
  if (name === 'total') return !isTotalKnown
  if (typeof theirs !== 'string' || typeof ours !== 'string') return false
  if (name === 'correlationId') return isUuid(theirs)
  if (name === 'completedAt' || name === 'startedAt') return momentForm.test(theirs)
  return comparableText(theirs) === comparableText(ours)
}

/** A text without the origin of a link, and without the list of properties, some of which the mock cannot know. */
function comparableText(text: string): string {
  return text.replace(/^https?:\/\/[^/]+(?=\/)/, '').replace(/(Correct ones are \[)[^\]]*/, '$1')
}
