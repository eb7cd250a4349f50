import { clearTimeout, monotonicMs, setTimeout } from '../text/system-timers.ts'
import type { Clock } from './clock.ts'

/**
 * A clock that a test can move and stop. It runs with another clock, its base; one base can have several such clocks over
 * it, which follow its moves.
 */
export class AdjustableClock implements Clock {
  readonly #base: Clock
  readonly #listeners = new Set<() => void>()
  /** By how many milliseconds this clock is ahead of its base. */
  #offsetMs = 0
  /** The time that it shows while it is stopped. */
  #stoppedAt: number | undefined
  /** By how many milliseconds it was moved in all. */
  #movedMs = 0

  constructor(base: Clock) {
    this.#base = base
  }

  now(): number {
    return this.#stoppedAt ?? this.#base.now() + this.#offsetMs
  }

  get isRunning(): boolean {
    return this.#stoppedAt === undefined && (!(this.#base instanceof AdjustableClock) || this.#base.isRunning)
  }

  /** Moves the clock to a time. @param milliseconds since the epoch */
  set(milliseconds: number): void {
    this.#move(milliseconds - this.now())
  }

  /** Moves the clock forward. */
  advance(milliseconds: number): void {
    this.#move(milliseconds)
  }

  stop(): void {
    this.#change(() => {
      this.#stoppedAt ??= this.now()
    })
  }

  /** Lets the clock run again, from the time that it shows. */
  start(): void {
    if (this.#stoppedAt === undefined) return
    const shown = this.#stoppedAt
    this.#change(() => {
      this.#stoppedAt = undefined
      this.#offsetMs = shown - this.#base.now()
    })
  }

  /**
   * Waits by this clock: a move shortens the wait, and while the clock is stopped only a move can end it. The clock of a
   * frozen mock shows one time, but waits take as long as they say.
   * @param listen receives a function that ends the wait early, and returns how to stop listening for the reason
   */
  wait(milliseconds: number, listen: (end: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
      const cancels: (() => void)[] = []
      const wait = new Wait(this, milliseconds, () => {
        for (const cancel of cancels) cancel()
        resolve()
      })
      cancels.push(this.#onChange(() => wait.follow()))
      cancels.push(listen(() => wait.end()))
      wait.follow()
    })
  }

  /** By how many milliseconds this clock and its bases were moved in all. */
  get movedMs(): number {
    return this.#movedMs + (this.#base instanceof AdjustableClock ? this.#base.movedMs : 0)
  }

  #move(milliseconds: number): void {
    this.#change(() => {
      this.#movedMs += milliseconds
      if (this.#stoppedAt === undefined) this.#offsetMs += milliseconds
      else this.#stoppedAt += milliseconds
    })
  }

  #change(change: () => void): void {
    change()
    for (const listener of [...this.#listeners]) listener()
  }

  /** Calls a function when this clock or one of its bases is moved, stopped or started. */
  #onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    const stopFollowingBase = this.#base instanceof AdjustableClock ? this.#base.#onChange(listener) : undefined
    return () => {
      this.#listeners.delete(listener)
      stopFollowingBase?.()
    }
  }
}

/** One wait by a clock. */
class Wait {
  readonly #clock: AdjustableClock
  readonly #done: () => void
  #leftMs: number
  #movedMs: number
  #since = monotonicMs()
  #wasRunning = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOver = false

  constructor(clock: AdjustableClock, milliseconds: number, done: () => void) {
    this.#clock = clock
    this.#leftMs = milliseconds
    this.#movedMs = clock.movedMs
    this.#done = done
  }

  /** Counts what has passed, and waits for the rest. */
  follow(): void {
    clearTimeout(this.#timer)
    const [now, movedMs] = [monotonicMs(), this.#clock.movedMs]
    this.#leftMs -= movedMs - this.#movedMs + (this.#wasRunning ? now - this.#since : 0)
    this.#movedMs = movedMs
    this.#since = now
    this.#wasRunning = this.#clock.isRunning
    if (this.#leftMs <= 0) this.end()
    else if (this.#wasRunning) this.#timer = setTimeout(() => this.end(), this.#leftMs)
  }

  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#done()
  }
}
