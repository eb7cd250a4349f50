import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { ReadyConfig, StartPort } from '../config.ts'
import { readConfig } from './flags.ts'
import type { Terminal } from './terminal.ts'

/** The length of each unit of a time, in milliseconds. */
const unitsMs = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
])
const retryDelayMs = 100
const requestTimeoutMs = 1000

/**
 * Requests the health of a mock. Without `--url` that is the mock which `start` would start with this environment on
 * this machine.
 * @returns once the mock is healthy
 * @throws {Error} if the mock is not healthy; with `--wait`, if it is not healthy before the timeout
 */
export async function ready(args: readonly string[], { env }: Terminal): Promise<void> {
  const { wait, timeout, url } = readConfig(ReadyConfig, args, env)
  const base = url ?? `http://127.0.0.1:${readConfig(StartPort, [], env).port}`
  const health = `${base.replace(/\/+$/, '')}/health`
  const deadline = performance.now() + (wait ? milliseconds(timeout) : 0)
  for (;;) {
    const body = await requestHealth(health)
    if (isHealthy(body)) return
    if (performance.now() + retryDelayMs > deadline) throw new Error(`${health} ${describeFailure(body)}`)
    await pause(retryDelayMs)
  }
}

/** The body of a response with status 200; empty for another status, undefined if there was no response. */
function requestHealth(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: requestTimeoutMs, agent: false }, async (response) => {
      const text = await response.toArray().then(
        (chunks) => chunks.join(''),
        () => undefined,
      )
      resolve(response.statusCode === 200 ? text : '')
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(undefined))
  })
}

function isHealthy(body: string | undefined): boolean {
  return body?.startsWith('{"status":"ok"') ?? false
}

function describeFailure(body: string | undefined): string {
  return body === undefined ? 'does not respond' : 'responded, but is not a healthy mock'
}

function milliseconds(time: string): number {
  return Number.parseInt(time, 10) * (unitsMs.get(time.replace(/^\d+/, '')) ?? 1)
}
