import timers from 'node:timers'
import { deserialize, serialize } from 'node:v8'

/**
 * What the bundle uses instead of the globals of the same names, in its libraries as well (see bundle.js). A test runner
 * replaces the globals with fake ones, and a browser-like test environment lacks some of them: a mock in the same process
 * must respond all the same. All are taken when this module loads.
 */
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = timers

const { process: system, structuredClone: clone, queueMicrotask: queue } = globalThis
const { nextTick } = system

/** In the place of `process.nextTick`. */
export const systemNextTick: typeof nextTick = nextTick.bind(system)
export const queueMicrotask: typeof queue = queue.bind(globalThis)
export const structuredClone: typeof clone = clone ?? ((value: unknown) => deserialize(serialize(value)))
