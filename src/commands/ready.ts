import { setTimeout as pause } from 'node:timers/promises'
import { ReadyConfig, readConfig } from '../config.ts'
import type { Terminal } from './terminal.ts'

const unitsMs = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
])
const betweenTriesMs = 100
const oneTryMs = 1000

/** Asks a mock's health: returns when it answers, throws when it does not, with `--wait` only after the timeout. */
export async function ready(args: readonly string[], { env }: Terminal): Promise<void> {
  const config = readConfig(ReadyConfig, args, env)
  const url = `${(config.url ?? `http://127.0.0.1:${config.port}`).replace(/\/+$/, '')}/health`
  const deadline = performance.now() + (config.wait ? milliseconds(config.timeout) : 0)
  for (;;) {
    if (await answers(url)) return
    if (performance.now() + betweenTriesMs > deadline) throw new Error(`${url} does not answer`)
    await pause(betweenTriesMs)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(url, { signal: AbortSignal.timeout(oneTryMs) })
    return ok
  } catch {
    return false
  }
}

function milliseconds(time: string): number {
  return Number.parseInt(time, 10) * (unitsMs.get(time.replace(/^\d+/, '')) ?? 1)
}
