import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { ReadyConfig, readConfig, StartPort } from '../config.ts'
import type { Terminal } from './terminal.ts'

const unitsMs = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
])
const betweenTriesMs = 100
const oneTryMs = 1000

/**
 * Asks a mock's health: returns when it answers, throws when it does not, with `--wait` only after the timeout.
 * Without `--url` it asks the mock that the same environment would start on this machine.
 */
export async function ready(args: readonly string[], { env }: Terminal): Promise<void> {
  const { wait, timeout, url } = readConfig(ReadyConfig, args, env)
  const base = url ?? `http://127.0.0.1:${readConfig(StartPort, [], env).port}`
  const health = `${base.replace(/\/+$/, '')}/health`
  const deadline = performance.now() + (wait ? milliseconds(timeout) : 0)
  for (;;) {
    const answer = await ask(health)
    if (isHealthy(answer)) return
    if (performance.now() + betweenTriesMs > deadline) throw new Error(`${health} ${sayUnready(answer)}`)
    await pause(betweenTriesMs)
  }
}

/** The body of a 200, an empty one of another status; undefined if nothing came. */
function ask(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = get(url, { timeout: oneTryMs, agent: false }, async (answer) => {
      const text = await answer.toArray().then(
        (pieces) => pieces.join(''),
        () => undefined,
      )
      resolve(answer.statusCode === 200 ? text : '')
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(undefined))
  })
}

function isHealthy(answer: string | undefined): boolean {
  return answer?.startsWith('{"status":"ok"') ?? false
}

function sayUnready(answer: string | undefined): string {
  return answer === undefined ? 'does not answer' : 'answers, but is no mock that is well'
}

function milliseconds(time: string): number {
  return Number.parseInt(time, 10) * (unitsMs.get(time.replace(/^\d+/, '')) ?? 1)
}
