import timers from 'node:timers'

/**
 * The timers and clocks of the system, taken when this module loads. A test runner that fakes timers replaces the
 * global ones later, and must not stop a mock that runs in the same process.
 */
export const { setTimeout, clearTimeout, setImmediate } = timers
export const nextTick: typeof process.nextTick = process.nextTick.bind(process)

const { performance } = globalThis
const readMonotonic = performance.now.bind(performance)
const readWallClock = Date.now.bind(Date)

/** Milliseconds on a clock that never jumps, for durations. */
export function monotonicMs(): number {
  return readMonotonic()
}

/** Milliseconds since the epoch. */
export function wallClockMs(): number {
  return readWallClock()
}

/**
 * Waits.
 * @param milliseconds at most 2^31 - 1
 * @param listen receives a function that ends the wait early, and returns how to stop listening for the reason
 */
export function pause(milliseconds: number, listen?: (end: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stopListening?.()
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    const stopListening = listen?.(end)
  })
}
