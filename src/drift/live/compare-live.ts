import { guesses } from '../../contract/evidence/guesses.ts'
import type { Fidelity } from '../../contract/fidelity.ts'
import type { OperationName } from '../../contract/operations.ts'
import type { Fixture } from '../../public/fixture.ts'
import { Account } from './account.ts'
import { compareResponses, type ResponseDifferences } from './compare-responses.ts'
import type { LiveRequest, LiveResponse, Send } from './live-call.ts'
import type { GuessId, Probe, Verdict } from './probe.ts'
import { caseProbes, type LivePeriod, readingProbes } from './probes.ts'
import { unseenGuesses } from './unseen-guesses.ts'

/** One request and where its two responses differ. */
export interface ProbeResult extends ResponseDifferences {
  readonly id: string
  readonly operation: OperationName
  /** HubSpot's status; null if the request was not sent. */
  readonly status: number | null
  /** Why there is nothing to compare; undefined if there is. */
  readonly skipped: string | undefined
}

export interface GuessResult {
  readonly id: GuessId
  readonly verdict: Verdict
}

/** The result of a comparison, without a value of the account. */
export interface LiveReport {
  /** The fidelity in which the mock differs least from HubSpot. */
  readonly fidelity: Fidelity
  readonly probes: readonly ProbeResult[]
  readonly guesses: readonly GuessResult[]
}

/** Creates a mock with the data of the account. @returns a function that sends requests to it */
export type MockFor = (fixture: Fixture, fidelity: Fidelity, rateLimit: 'off' | 'oauth') => Promise<Send>

/** A request that was sent to HubSpot, or why it was not. */
interface SentProbe {
  readonly probe: Probe
  readonly sent: { readonly request: LiveRequest; readonly theirs: LiveResponse } | string
}

/**
 * Sends the same requests to HubSpot and to a mock with the data of the account, and compares the responses.
 * @param send sends a request to HubSpot, at a pace that its limits allow
 * @throws {RefusedToken} if the token is not valid
 */
export async function compareLive(send: Send, mockFor: MockFor, period: LivePeriod): Promise<LiveReport> {
  const account = new Account()
  const read = await sendAll(readingProbes(period), account, send)
  if (read.every(isUnauthorized)) throw new RefusedToken('every request was refused with 401: the token is not valid')
  const all = [...read, ...(await sendAll(caseProbes(period), account, send))]
  const fixture = account.toFixture()
  const rateLimit = hasDailyLimit(all) ? 'off' : 'oauth'
  const reports = []
  for (const fidelity of ['observed', 'documented'] as const) {
    const mock = await mockFor(fixture, fidelity, rateLimit)
    const replays: Replay[] = []
    for (const one of all) replays.push(await replay(one, account, mock))
    const probes = replays.map(({ result }) => result)
    reports.push({ fidelity, probes, guesses: guessResults(replays, account) })
  }
  return reports.reduce((best, one) => (differenceCount(one) < differenceCount(best) ? one : best))
}

/** Thrown if HubSpot refuses the token. */
export class RefusedToken extends Error {
  override readonly name = 'RefusedToken'
}

const ok = 200
const forbidden = 403
const serverErrors = 500
const unauthorized = 401

function isUnauthorized({ sent }: SentProbe): boolean {
  return typeof sent === 'string' || sent.theirs.status === unauthorized
}

async function sendAll(probes: readonly Probe[], account: Account, send: Send): Promise<SentProbe[]> {
  const all: SentProbe[] = []
  for (const probe of probes) {
    const request = probe.request(account)
    if (typeof request === 'string') {
      all.push({ probe, sent: request })
      continue
    }
    const theirs = await send(request)
    if (theirs.status === ok) probe.learn?.(account, theirs.body)
    all.push({ probe, sent: { request, theirs } })
  }
  return all
}

/** Whether HubSpot sent a daily limit. OAuth apps have none. */
function hasDailyLimit(all: readonly SentProbe[]): boolean {
  return all.some(({ sent }) => typeof sent !== 'string' && sent.theirs.headers.has('x-hubspot-ratelimit-daily'))
}

/** HubSpot's response to a request, and that of the mock. */
interface Responses {
  readonly theirs: LiveResponse
  readonly ours: LiveResponse
}

/** A request that was sent to both, or why it was not, and how the responses differ. */
interface Replay {
  readonly probe: Probe
  readonly sent: Responses | string
  readonly result: ProbeResult
}

async function replay({ probe, sent }: SentProbe, account: Account, mock: Send): Promise<Replay> {
  const { id, operation } = probe
  const nothing = { id, operation, headers: [], content: [] }
  if (typeof sent === 'string') return { probe, sent, result: { ...nothing, status: null, skipped: sent } }
  const { theirs } = sent
  const [ours, { status }] = [await mock(sent.request), theirs]
  const both = { probe, sent: { theirs, ours } }
  const skipped = reasonToSkip(probe, status, account)
  if (skipped !== undefined) return { ...both, result: { ...nothing, status, skipped } }
  const differences = compareResponses(theirs, ours, account.isComplete)
  return { ...both, result: { id, operation, status, skipped: undefined, ...differences } }
}

/** Why a response shows nothing of what its request is about; undefined if it does. */
function reasonToSkip(probe: Probe, status: number, account: Account): string | undefined {
  if (status >= serverErrors) return `HubSpot responded ${status}`
  return (probe.isComparable?.(account) ?? true) ? undefined : 'not all campaigns of the account were read'
}

function differenceCount({ probes }: { probes: readonly ProbeResult[] }): number {
  return probes.reduce((sum, { headers, content }) => sum + headers.length + content.length, 0)
}

function guessResults(replays: readonly Replay[], account: Account): GuessResult[] {
  return (Object.keys(guesses) as GuessId[]).map((id) => {
    const verdicts = replays.flatMap((one) => verdictsOf(id, one, account))
    return { id, verdict: combine(verdicts) ?? { unseen: unseenGuesses[id] ?? 'no request shows it' } }
  })
}

/** The verdicts of one request on a guess; none if the request does not test the guess. */
function verdictsOf(id: GuessId, { probe, sent }: Replay, account: Account): Verdict[] {
  const judge = judgeOf(id, probe, account)
  if (judge === undefined) return []
  if (typeof sent === 'string') return [{ unseen: sent }]
  const { status } = sent.theirs
  if (status === forbidden || status >= serverErrors) return [{ unseen: `HubSpot responded ${status}` }]
  return [judge(sent)]
}

/** How a request shows a guess; undefined if it is not about it. */
function judgeOf(id: GuessId, probe: Probe, account: Account): ((responses: Responses) => Verdict) | undefined {
  const [judge, aspect] = [probe.judges?.[id], probe.guesses?.[id]]
  if (judge !== undefined) return ({ theirs }) => judge(theirs.body)
  if (aspect === undefined) return undefined
  return ({ theirs, ours }) => {
    if (JSON.stringify(aspect(theirs)) !== JSON.stringify(aspect(ours))) return 'different'
    const unseen = probe.whyUnseen?.(account, theirs.body)
    return unseen === undefined ? 'same' : { unseen }
  }
}

function combine(verdicts: readonly Verdict[]): Verdict | undefined {
  return (
    ['different', 'same'].find((one): one is 'different' | 'same' => verdicts.some((verdict) => verdict === one)) ??
    verdicts[0]
  )
}
