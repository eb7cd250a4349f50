import { readFile } from 'node:fs/promises'
import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { Type } from '@sinclair/typebox'
import { ReadyConfig, StartConfig } from '../config.ts'
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
 * Requests the health of a mock. Without `--url` that is the mock that `start` starts with the same flags and environment
 * on this machine. In a container whose first process is `start`, the arguments of that process count as flags, too.
 * @returns once the mock is healthy
 * @throws {Error} if the mock is not healthy; with `--wait`, if it is not healthy before the timeout
 */
export async function ready(args: readonly string[], { env }: Terminal): Promise<void> {
  const { wait, timeout, url, ...flags } = readConfig(ReadyFlags, args, env)
  const hasOwnFlags = args.some((arg) => /^--(port|host)\b/.test(arg))
  const base = url ?? addressOf(hasOwnFlags ? flags : readConfig(StartConfig, await firstProcessArgs(), env))
  const health = `${base.replace(/\/+$/, '')}/health`
  const deadline = performance.now() + (wait ? milliseconds(timeout) : 0)
  for (;;) {
    const body = await requestHealth(health)
    if (isHealthy(body)) return
    if (performance.now() + retryDelayMs > deadline) throw new Error(`${health} ${describeFailure(body)}`)
    await pause(retryDelayMs)
  }
}

/** The flags of `ready` and those of `start`, so that both can be called with the same ones. */
const ReadyFlags = Type.Object({ ...StartConfig.properties, ...ReadyConfig.properties })

function addressOf({ host, port }: { readonly host: string; readonly port: number }): string {
  const wildcards: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]', '[::]': '[::1]' }
  const name = wildcards[host] ?? (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)
  return `http://${name}:${port}`
}

/** The arguments of `start` in the first process of a container; none outside of one. */
async function firstProcessArgs(): Promise<string[]> {
  const commandLine = await readFile('/proc/1/cmdline', 'utf8').catch(() => '')
  return startArgsIn(commandLine, process.argv[1])
}

/**
 * The arguments of `start` in the command line of a process.
 * @param commandLine its words, each with a NUL character after it, as Linux has them
 * @param script the path of this command
 * @returns none if the process is another program, or another command
 */
export function startArgsIn(commandLine: string, script = ''): string[] {
  const words = commandLine.split('\0').slice(0, -1)
  const at = words.indexOf(script)
  const [first = '', ...rest] = at < 0 ? [] : words.slice(at + 1)
  if (first === 'start') return rest
  return first.startsWith('-') ? [first, ...rest] : []
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
  return Number.parseInt(time, 10) * Number(unitsMs.get(time.replace(/^\d+/, '')))
}
