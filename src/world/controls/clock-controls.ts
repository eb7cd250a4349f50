import type * as api from '../../public/controls.ts'
import type { ClockState } from '../../public/controls.ts'
import { BadInput } from '../../public/errors.ts'
import { parseMoment } from '../../text/dates.ts'
import { AdjustableClock } from '../adjustable-clock.ts'
import { timestamp } from '../clock.ts'
import type { World } from '../world.ts'

/** Reads and moves the clock of the mock, or of one portal. */
export class ClockControls implements api.ClockControls {
  readonly #world: World
  readonly #token: string | undefined

  constructor(world: World, token: string | undefined) {
    this.#world = world
    this.#token = token
  }

  get state(): ClockState {
    const { clock } = this.#token === undefined ? this.#world : this.#world.lookAt(this.#token)
    return { now: timestamp(clock.now()), running: !(clock instanceof AdjustableClock) || clock.isRunning }
  }

  advance(duration: string | number): ClockState {
    const milliseconds = parseDuration(duration)
    const clock = this.#clock()
    this.#refuseUnreachable(milliseconds)
    clock.advance(milliseconds)
    return this.state
  }

  set(moment: string | number): ClockState {
    const milliseconds = typeof moment === 'string' ? parseMoment(moment) : moment
    if (milliseconds === undefined || !Number.isFinite(milliseconds)) {
      throw new BadInput(`${JSON.stringify(moment)} is not a moment`, 'write it as 2026-05-01T00:00:00Z')
    }
    const clock = this.#clock()
    this.#refuseUnreachable(milliseconds - clock.now())
    clock.set(milliseconds)
    return this.state
  }

  stop(): ClockState {
    this.#clock().stop()
    return this.state
  }

  start(): ClockState {
    this.#clock().start()
    return this.state
  }

  /** @throws {BadInput} if a move would take the clock, or a clock that follows it, out of the years that it can show */
  #refuseUnreachable(moveMs: number): void {
    const portals = this.#token === undefined ? this.#world.portals : []
    for (const clock of [this.#clock(), ...portals.map((portal) => portal.clock)]) {
      const milliseconds = clock.now() + moveMs
      if (milliseconds >= 0 && milliseconds <= lastMs) continue
      throw new BadInput('a clock would be outside of the years 1970 to 2285', 'move it less far')
    }
  }

  #clock(): AdjustableClock {
    this.#world.refuseIfClosed()
    if (this.#world.hasOwnClock) {
      throw new BadInput('the mock was started with a clock of yours', 'move that one, or leave the option `clock` out')
    }
    return this.#token === undefined ? this.#world.clock : this.#world.portal(this.#token).clock
  }
}

const unitsMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

function parseDuration(duration: string | number): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(duration)) ?? []
  const milliseconds = typeof duration === 'number' ? duration : Number(amount) * unitsMs[unit as keyof typeof unitsMs]
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return Math.round(milliseconds)
  throw new BadInput(`${JSON.stringify(duration)} is not a duration`, 'write it as 500ms, 11s, 2m, 1h or 1d')
}

/** Later times have more than the 13 digits that the time of issue of an access token has. */
const lastMs = Date.UTC(2285, 11, 31)
