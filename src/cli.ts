#!/usr/bin/env node
import module from 'node:module'
import closeWithGrace from 'close-with-grace'
import { run } from './commands/run.ts'
import type { Mock } from './mock.ts'

/** So long running answers may take to finish after a signal. */
const graceMs = 5000
const lookForParentMs = 200

// Node 22 and later keep what they have compiled for the next start: that is a tenth of one.
const { enableCompileCache }: typeof module & { enableCompileCache?: () => void } = module
enableCompileCache?.()

// Whoever reads may leave first, as head does.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

process.exitCode = await run(process.argv.slice(2), process, closeOnSignal)

/** From when it starts, not from when it answers: a container's first process has no default for SIGTERM. */
function closeOnSignal(starting: Promise<Mock>): void {
  const { close } = closeWithGrace({ delay: graceMs, logger: false, skip: ['beforeExit'] }, async ({ err }) => {
    if (err !== undefined) process.stderr.write(`hubspot-campaigns-mock: ${err.message}\n`)
    await (await starting).close()
  })
  if (process.env['npm_lifecycle_event'] !== undefined) whenOrphaned(close)
}

/**
 * A signal to `npm start` ends npm and the shell it runs scripts in, but never reaches this process,
 * which would keep the port for good.
 */
function whenOrphaned(close: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    close()
  }, lookForParentMs)
  timer.unref()
}
