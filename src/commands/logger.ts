import { type Logger, pino } from 'pino'
import type { Terminal } from './terminal.ts'

/** The log waits for a reader up to this size. Lines beyond it are dropped and counted. */
const maximumWaitingBytes = 1024 * 1024

/** The logger of a mock. The log goes to stderr, formatted for people on a terminal, otherwise as JSON lines. */
export async function loggerFor(level: string, stderr: Terminal['stderr']): Promise<Logger | false> {
  if (level === 'silent') return false
  if (!stderr.isTTY) return createLogger(level, boundedStream(stderr))
  const { default: pretty } = await import('pino-pretty')
  const ignore = 'pid,hostname,reqId,method,path,status,found,failed,scenario,error,portal,hint,ms'
  return createLogger(level, pretty({ destination: stderr, ignore }))
}

function createLogger(level: string, stream: { write(line: string): unknown }): Logger {
  const timestamp = pino.stdTimeFunctions.isoTime
  const formatters = { level: (label: string) => ({ level: label }) }
  return pino({ level, timestamp, formatters }, stream)
}

/** A stream whose memory is bounded while nobody reads it. Afterwards it says how many lines were dropped. */
function boundedStream(target: NodeJS.WritableStream & { readonly writableLength?: number }) {
  let dropped = 0
  return {
    write(line: string): void {
      if ((target.writableLength ?? 0) > maximumWaitingBytes) {
        dropped += 1
        return
      }
      if (dropped > 0) {
        const time = new Date().toISOString()
        const msg = `${dropped} log lines were dropped, because nobody read the log`
        dropped = 0
        target.write(`${JSON.stringify({ level: 'warn', time, msg })}\n`)
      }
      target.write(line)
    },
  }
}
