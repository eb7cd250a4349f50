#!/usr/bin/env node
import module from 'node:module'
import closeWithGrace from 'close-with-grace'
import { run } from './commands/run.ts'
import type { Mock } from './public/mock.ts'

/** How long requests under way may take to finish after a signal. */
const graceMs = 5000
const parentCheckMs = 200

// Node 22 and later can cache compiled code on disk, which makes the next start about a tenth faster.
const { enableCompileCache }: typeof module & { enableCompileCache?: () => void } = module
enableCompileCache?.()

// The reader of a pipe can close it first, as `head` does.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

process.exitCode = await run(process.argv.slice(2), process, closeOnSignal)

/**
 * Closes the mock on a signal. The handlers are set while the mock is still starting: the first process of a container
 * has no default handler for SIGTERM.
 */
function closeOnSignal(starting: Promise<Mock>): void {
  const { close } = closeWithGrace({ delay: graceMs, logger: false, skip: ['beforeExit'] }, async ({ err }) => {
    if (err !== undefined) process.stderr.write(`hubspot-campaigns-mock: ${err.message}\n`)
    await (await starting).close()
  })
  if (process.env['npm_lifecycle_event'] !== undefined) closeWhenOrphaned(close)
}

/**
 * Closes the mock when its parent process has ended. A signal to `npm start` ends npm and its shell but does not reach
 * this process, which would keep the port open.
 */
function closeWhenOrphaned(close: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    close()
  }, parentCheckMs)
  timer.unref()
}
