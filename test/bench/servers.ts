import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export const v3 = '/marketing/v3/campaigns/batch/read'

/** One request, as a load generator sends it again and again. */
export interface Ask {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How a server is started on a port. */
export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

export interface Running {
  readonly port: number
  readonly child: ChildProcess
  /** From when it was spawned to its first good answer. */
  readonly startMs: number
  stop(): Promise<void>
}

/** A million campaigns take a while to read. */
const startTimeoutMs = 120_000
const betweenTriesMs = 2

export async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts a server, and gives it back when it answers with a status under 500. */
export async function start(commandOn: (port: number) => Command, ask: Ask): Promise<Running> {
  const port = await freePort()
  const { command, args, env = {}, cwd } = commandOn(port)
  const begun = performance.now()
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env }, ...(cwd ? { cwd } : {}) })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'close')
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), 2000)
    await ended
    clearTimeout(patience)
  }
  for (;;) {
    const answer = await send(port, ask).catch(() => undefined)
    if (answer !== undefined && answer.status < 500) return { port, child, startMs: performance.now() - begun, stop }
    if (child.exitCode !== null || performance.now() - begun > startTimeoutMs) {
      await stop()
      throw new Error(`${command} ${args.join(' ')} did not answer`)
    }
    await pause(betweenTriesMs)
  }
}

export function send(port: number, { method, path, headers, body }: Ask): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString()
      resolve({ status: answer.statusCode ?? 0, text })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const mebibyte = 1024 * 1024

/** The memory a process has in use, in MiB: its resident set, as Linux tells it. */
export function residentMiB({ pid }: ChildProcess): number {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return (Number(kib) * 1024) / mebibyte
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
