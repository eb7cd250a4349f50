import type { ServerResponse } from 'node:http'
import { clearTimeout, monotonicMs, setImmediate, setTimeout } from '../text/system-timers.ts'
import { JournalReader, type JournalSource } from '../world/journal/journal-reader.ts'
import { TooManyAtOnce } from '../world/too-many-at-once.ts'
import { EventTexts } from './event-texts.ts'

/** The maximum number of readers, and of bytes that wait in the sockets of all of them. */
const maximumReaders = 50
const maximumWaitingBytes = 64 * 1024 * 1024

/** How often a comment is sent, so that no proxy closes an idle connection. */
const commentEveryMs = 15_000

/** The minimum pause between two runs. Most exchanges end within it, and then need one event instead of two. */
const shortestPauseMs = 20
/** The longest time in which events are sent without a pause. */
const longestRunMs = 4
/** While requests arrive, each pause is this many times as long as the run before it, so that the mock keeps most of its time. */
const pausePerRun = 29

/** A reader of server-sent events. */
interface EventReader {
  readonly changes: JournalReader
  readonly response: ServerResponse
  /** Whether the socket has taken nothing since the last comment. */
  isStalled: boolean
  /** Since when the socket has not taken everything, by the monotonic clock; undefined if it has. */
  fullSinceMs: number | undefined
}

/**
 * Sends the changes of the journal to all readers of server-sent events, in short runs with pauses, so that a busy mock
 * stays fast. A reader that stops reading is disconnected: after two comments, once it has missed exchanges, or when too many
 * bytes wait and it has waited for the longest time.
 */
export class EventStream {
  readonly #source: JournalSource
  readonly #readers = new Set<EventReader>()
  readonly #texts = new EventTexts()
  #isScheduled = false
  /** Whether the journal has changed since the last run. */
  #isBusy = false
  #isClosed = false
  #pauseEndsMs = 0
  #commentTimer: NodeJS.Timeout | undefined

  constructor(source: JournalSource) {
    this.#source = source
  }

  /** @throws {TooManyAtOnce} if there are as many readers as are allowed */
  refuseIfFull(): void {
    if (this.#readers.size < maximumReaders) return
    const problem = `${maximumReaders} readers of events are connected, which is the maximum for one mock`
    throw new TooManyAtOnce(problem, 'disconnect a reader, or read GET /_mock/requests instead')
  }

  /**
   * Sends events to a response until its connection or the stream is closed.
   * @param portal the portal whose exchanges are sent; undefined for all
   * @param after the id of the event after which to start; undefined for the events from now on
   */
  add(response: ServerResponse, portal: string | undefined, after: number | undefined): void {
    const changes = new JournalReader(this.#source, { portal, after, wake: () => this.#wake() })
    const reader: EventReader = { changes, response, isStalled: false, fullSinceMs: undefined }
    this.#readers.add(reader)
    response.on('drain', () => {
      reader.isStalled = false
      reader.fullSinceMs = undefined
      this.#schedule()
    })
    response.once('close', () => this.#remove(reader))
    response.write('retry: 500\n\n')
    if (this.#isClosed) response.end()
    this.#commentTimer ??= setTimeout(() => this.#comment(), commentEveryMs).unref()
    this.#schedule()
  }

  /** Sends the remaining events to the readers that accept them, and disconnects all readers. */
  close(): void {
    this.#isClosed = true
    this.#send(Number.POSITIVE_INFINITY)
    for (const { response } of this.#readers) {
      if (response.writableNeedDrain) response.destroy()
      else response.end()
    }
  }

  #remove(reader: EventReader): void {
    reader.changes.close()
    this.#readers.delete(reader)
    if (this.#readers.size > 0) return
    this.#texts.clear()
    clearTimeout(this.#commentTimer)
    this.#commentTimer = undefined
  }

  #wake(): void {
    this.#isBusy = true
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    const pauseMs = this.#pauseEndsMs - monotonicMs()
    if (pauseMs > 0) setTimeout(() => this.#run(), pauseMs)
    else setImmediate(() => this.#run())
  }

  #run(): void {
    const startMs = monotonicMs()
    const isDone = this.#send(startMs + longestRunMs)
    const endMs = monotonicMs()
    const pauseMs = this.#isBusy ? (endMs - startMs) * pausePerRun : 0
    this.#pauseEndsMs = endMs + Math.max(shortestPauseMs, pauseMs)
    this.#isScheduled = false
    this.#isBusy = false
    if (!isDone) this.#schedule()
  }

  /** @returns whether every reader that accepts events has received all of them */
  #send(untilMs: number): boolean {
    for (const reader of [...this.#readers]) {
      // Moved to the end, so that the next run begins with the readers that this one does not reach.
      this.#readers.delete(reader)
      this.#readers.add(reader)
      if (!this.#sendTo(reader, untilMs)) return false
    }
    return true
  }

  /** @returns false if the time is up */
  #sendTo(reader: EventReader, untilMs: number): boolean {
    const { response, changes } = reader
    if (response.writableNeedDrain && changes.missed > 0) response.destroy()
    if (response.writableNeedDrain || response.writableEnded || response.destroyed) return true
    for (const change of changes.take()) {
      const isFull = !response.write(this.#texts.textOf(change))
      if (isFull) this.#limitWaiting(reader)
      if (monotonicMs() > untilMs) return false
      if (isFull) return true
    }
    return true
  }

  /** Disconnects the readers that have waited for the longest time while too many bytes wait; never the given one. */
  #limitWaiting(reader: EventReader): void {
    reader.fullSinceMs = monotonicMs()
    const waiting = [...this.#readers].filter(
      ({ fullSinceMs, response }) => fullSinceMs !== undefined && !response.destroyed,
    )
    waiting.sort((a, b) => (a.fullSinceMs ?? 0) - (b.fullSinceMs ?? 0))
    let bytes = waiting.reduce((sum, { response }) => sum + response.writableLength, 0)
    for (const { response } of waiting.filter((one) => one !== reader)) {
      if (bytes <= maximumWaitingBytes) return
      bytes -= response.writableLength
      response.destroy()
    }
  }

  #comment(): void {
    for (const reader of this.#readers) {
      const { response, isStalled } = reader
      if (response.writableNeedDrain && isStalled) response.destroy()
      else if (response.writableNeedDrain) reader.isStalled = true
      else response.write(':\n\n')
    }
    if (this.#readers.size > 0) this.#commentTimer = setTimeout(() => this.#comment(), commentEveryMs).unref()
  }
}
