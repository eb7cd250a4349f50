import type { IncomingMessage, ServerResponse } from 'node:http'
import fp from 'fastify-plugin'
import { answerHeaders, correlationIdHeader, jsonContentType } from './contract/answer-headers.ts'
import {
  BatchInputPublicCampaignReadInput,
  type BatchReadQuery,
  maximumBodyBytes,
  readScope,
} from './contract/batch.ts'
import { batchReadPaths } from './contract/paths.ts'
import { rateLimitHeaders, windowMs } from './contract/rate-limit.ts'
import { whenGone } from './gone.ts'
import { compiled, isPlainJson, withoutMark } from './plugins/json-body.ts'
import { logRequest, logsRequests } from './plugins/request-log.ts'
import {
  type BatchAnswer,
  type BatchReader,
  parseQuery,
  takeQueryApart,
  viewOf,
} from './world/campaigns/batch-reader.ts'
import type { View } from './world/campaigns/campaign.ts'
import type { Clock } from './world/clock.ts'
import type { Recorded } from './world/exchange.ts'
import type { Portal } from './world/portal.ts'
import type { Allowance } from './world/rate-limit.ts'
import { readAuthorization } from './world/tokens.ts'
import type { World } from './world/world.ts'

interface Options {
  world: World
  reader: BatchReader
  version: string
  /** Where the `date` comes from, if it is not to be the real one. */
  clock?: Clock | undefined
}

/** What a URL asks for. */
interface Target {
  readonly url: string
  readonly partialFailure: 200 | 207
  readonly query: BatchReadQuery
  readonly view: View
}

/** A call that this lane can answer, and with what. */
interface Settled {
  readonly portal: Portal
  readonly text: string
  readonly target: Target
  readonly answer: BatchAnswer
}

/**
 * The fast way for what most calls are: a batch that comes in one piece, with a good token, to a portal where nothing
 * plays, and that is answered. It takes a call from the server before Fastify has it, and hands it on untouched if it
 * is any other; what it answers, and what stands in the journal then, is the same byte for byte.
 */
export const fastLanePlugin = fp<Options>(
  async (app, { world, reader, version, clock }) => {
    const targets = new Targets()
    const sheets = new Sheets()
    const outbox = new Outbox(sheets)
    const always = [...Object.entries(answerHeaders).flat(), 'x-mock-version', version]
    const bodies = new Bodies()
    const logs = logsRequests(app)

    /** @returns undefined if the call, or what it would be answered with, is not for this lane. Changes nothing. */
    function settle({ headers, url = '' }: IncomingMessage, bytes: Buffer, sheet: Buffer): Settled | undefined {
      const borne = readAuthorization(headers.authorization)
      if (borne === undefined || borne.scenario !== undefined) return undefined
      try {
        world.admit(borne.token, readScope)
        const portal = world.lookAt(borne.token)
        const body = bodies.of(bytes)
        if (portal.plays || body === undefined) return undefined
        const { text, ids } = body
        const target = targets.of(url, headers.host)
        const answer = reader.read({ campaigns: portal.campaigns, ids, step: {}, ...target }, sheet)
        return { portal: world.portal(borne.token), text, target, answer }
      } catch {
        // Whatever is wrong, the other way says it.
        return undefined
      }
    }

    /** @returns whether it was answered */
    function answer(request: IncomingMessage, response: ServerResponse, bytes: Buffer): boolean {
      const { method = '', headers } = request
      const begun = performance.now()
      const sheet = sheets.take()
      const settled = settle(request, bytes, sheet)
      const allowance = settled?.portal.takeCall()
      if (settled === undefined || allowance === undefined || allowance.over !== undefined) {
        sheets.giveBack(sheet)
        return false
      }
      const { portal, text, target, answer } = settled
      const correlationId = world.newCorrelationId()
      const recorded: Recorded = {
        correlationId,
        at: world.clock.now(),
        method,
        // Not the request's own text, which is a new one each time.
        url: target.url,
        headers,
        portal: portal.name,
        body: text,
        scenario: null,
        status: answer.statusCode,
        answer: answer.text,
        ms: null,
      }
      world.journal.file(recorded, world.journal.open())
      if (logs) logOnceGone(response, headers.authorization, recorded, answer, begun)
      response.writeHead(answer.statusCode, headersOf(correlationId, allowance, answer.body.length))
      outbox.send({ response, body: answer.body, sheet, recorded, begun })
      return true
    }

    function logOnceGone(
      response: ServerResponse,
      authorization: string | undefined,
      { correlationId: id, method, url, portal }: Recorded,
      lookup: BatchAnswer,
      begun: number,
    ): void {
      const status = lookup.statusCode
      whenGone(response, () => {
        logRequest(app.log, { id, method, url, authorization, status, lookup, portal: portal ?? undefined, begun })
      })
    }

    /** A flat list, names and values in turn: the cheapest that Node takes. */
    function headersOf(
      correlationId: string,
      { limit, remaining, dailyRemaining }: Allowance,
      bytes: number,
    ): string[] {
      const headers = ['content-type', jsonContentType, correlationIdHeader, correlationId, ...always]
      if (clock !== undefined) headers.push('date', new Date(clock.now()).toUTCString())
      headers.push(names.max, String(limit.perTenSeconds), names.remaining, String(remaining))
      headers.push(names.interval, String(windowMs))
      if (dailyRemaining !== undefined) {
        headers.push(names.daily, String(limit.daily), names.dailyRemaining, String(dailyRemaining))
      }
      headers.push('content-length', String(bytes))
      return headers
    }

    const [serve] = app.server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[]
    if (serve === undefined) return
    app.server.off('request', serve)
    app.server.on('request', (request, response) => {
      if (app.closing.aborted || !isForTheLane(request, targets)) return serve(request, response)
      const handOn = () => {
        // Node throws away what nobody reads of a body, but not where somebody has begun to.
        whenGone(response, () => request.resume())
        serve(request, response)
      }
      offerWhole(request, (bytes) => answer(request, response, bytes), handOn)
    })
  },
  { name: 'fast-lane', fastify: '5.x', dependencies: ['drain'] },
)

const names = {
  max: rateLimitHeaders.max.toLowerCase(),
  remaining: rateLimitHeaders.remaining.toLowerCase(),
  interval: rateLimitHeaders.interval.toLowerCase(),
  daily: rateLimitHeaders.daily.toLowerCase(),
  dailyRemaining: rateLimitHeaders.dailyRemaining.toLowerCase(),
}

/** Whether what stands above the body is what most calls have there. */
function isForTheLane({ method, url = '', headers }: IncomingMessage, targets: Targets): boolean {
  const length = Number(headers['content-length'])
  return (
    method === 'POST' &&
    length > 0 &&
    length <= maximumBodyBytes &&
    headers['x-mock-scenario'] === undefined &&
    headers.host !== undefined &&
    isPlainJson(headers) &&
    targets.has(url)
  )
}

/**
 * Offers the body if it is here already, in what came with the headers. If it is not, or the offer is turned down, the
 * request is handed on as if nobody had looked at it.
 */
function offerWhole(request: IncomingMessage, offer: (bytes: Buffer) => boolean, handOn: () => void): void {
  const length = Number(request.headers['content-length'])
  // By then all has been parsed that came in one go.
  process.nextTick(() => {
    const come: Buffer | null = request.read()
    if (come?.length === length && offer(come)) return
    if (come !== null) request.unshift(come)
    handOn()
  })
}

const mostTargets = 1000

/** What URLs ask for, each worked out once. */
class Targets {
  readonly #partialFailures = new Map(batchReadPaths.map(({ url, partialFailure }) => [url, partialFailure]))
  readonly #known = new Map<string, Target>()

  has(url: string): boolean {
    return this.#partialFailures.has(pathOf(url))
  }

  /** @throws {InvalidRequest} if a date in the query is none */
  of(url: string, host: string | undefined): Target {
    const key = `${host}${url}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const query = takeQueryApart(parseQuery(url.slice(pathOf(url).length + 1)))
    const view = viewOf(query, `http://${host}`)
    const target = { url, partialFailure: this.#partialFailures.get(pathOf(url)) ?? 200, query, view }
    if (this.#known.size >= mostTargets) this.#known.clear()
    this.#known.set(key, target)
    return target
  }
}

function pathOf(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0 ? url : url.slice(0, mark)
}

/** What a body asks for. */
interface Body {
  readonly text: string
  readonly ids: readonly string[]
}

/** What bytes that are no UTF-8 become; how many there were cannot be told any more. */
const undecodable = '\ufffd'

/** So many characters of bodies are kept. */
const mostBodyChars = 1024 * 1024

/** What bodies ask for, each read once: who polls, or puts a load on, asks the same again and again. */
class Bodies {
  readonly #schema = compiled(BatchInputPublicCampaignReadInput)
  readonly #known = new Map<string, Body>()
  #chars = 0

  /**
   * @returns undefined if it is not what the contract asks for
   * @throws {SyntaxError} if it is no JSON
   */
  of(bytes: Buffer): Body | undefined {
    const text = withoutMark(bytes.toString())
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const asked: unknown = JSON.parse(text)
    if (!this.#schema.Check(asked) || text.includes(undecodable)) return undefined
    const body = { text, ids: asked.inputs.map(({ id }) => id) }
    this.#keep(body)
    return body
  }

  #keep(body: Body): void {
    this.#chars += body.text.length
    if (this.#chars > mostBodyChars) {
      this.#known.clear()
      this.#chars = body.text.length
    }
    this.#known.set(body.text, body)
  }
}

const sheetBytes = 64 * 1024
const mostSheets = 64

/** Memory for bodies, used again and again: fresh memory is cold, and has to be collected. */
class Sheets {
  readonly #free: Buffer[] = []

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(sheetBytes)
  }

  giveBack(sheet: Buffer): void {
    if (this.#free.length < mostSheets) this.#free.push(sheet)
  }
}

/** An answer that is ready to leave. */
interface Leaving {
  readonly response: ServerResponse
  readonly body: Buffer
  /** The memory the body was written into, to be used again when it is out. */
  readonly sheet: Buffer
  readonly recorded: Recorded
  readonly begun: number
}

/** A body up to here is sent with its headers in one piece. */
const smallBytes = 8 * 1024

/** Sends answers: large ones of one turn of the loop together, so that a client that sleeps is woken once for all. */
class Outbox {
  readonly #sheets: Sheets
  #waiting: Leaving[] = []

  constructor(sheets: Sheets) {
    this.#sheets = sheets
  }

  send(leaving: Leaving): void {
    const { response, body, sheet } = leaving
    if (body.length <= smallBytes) {
      response.end(body.toString('latin1'), 'latin1')
      this.#sheets.giveBack(sheet)
      noteTime(leaving)
    } else if (this.#waiting.push(leaving) === 1) setImmediate(() => this.#empty())
  }

  #empty(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const leaving of waiting) {
      leaving.response.end(leaving.body, () => this.#sheets.giveBack(leaving.sheet))
      noteTime(leaving)
    }
  }
}

function noteTime({ recorded, begun }: Leaving): void {
  recorded.ms = Math.round((performance.now() - begun) * 10) / 10
}
