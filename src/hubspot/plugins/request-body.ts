import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { maximumBodyBytes } from '../../contract/schemas/batch.ts'
import { clearTimeout, nextTick, setTimeout } from '../../text/system-timers.ts'
import { Refusal } from '../../world/refusal.ts'
import { sendContinue } from './expect-continue.ts'

const byteOrderMark = '\ufeff'

/**
 * Reads the body of a request as text, whatever its type, so that the journal has it also when the call is refused. A
 * body that has already arrived is read at once. One that is too large is not read; one that never ends is recorded
 * as far as it came.
 */
export function readBody(request: FastifyRequest, payload: IncomingMessage, done: (error: null) => void): void {
  const { exchange } = request
  const length = Number(request.headers['content-length'])
  const finish = (text: string) => {
    exchange.record.body = text.startsWith(byteOrderMark) ? text.slice(1) : text
    done(null)
  }
  if (length > maximumBodyBytes) {
    exchange.refusal ??= tooLarge()
    finish('')
  } else {
    sendContinue(request.raw)
    // By then the parser has handed over everything that came in the same packet as the headers.
    nextTick(() => {
      const first: Buffer | null = payload.read()
      if (first !== null && first.length === length) finish(first.toString())
      else readRest(request, payload, first, finish)
    })
  }
}

/** How long a body is awaited whose connection is about to be broken anyway. */
const brokenBodyMs = 100

function readRest(
  { exchange }: FastifyRequest,
  payload: IncomingMessage,
  first: Buffer | null,
  finish: (text: string) => void,
): void {
  const chunks = first === null ? [] : [first]
  let bytes = first?.length ?? 0
  const stop = () => {
    clearTimeout(timer)
    payload.off('data', onData).off('end', onEnd).off('close', onClose).resume()
    return Buffer.concat(chunks).toString()
  }
  const onData = (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes <= maximumBodyBytes) return
    stop()
    exchange.refusal ??= tooLarge()
    finish('')
  }
  const onEnd = () => finish(stop())
  const onClose = () => {
    exchange.record.body = stop()
  }
  payload.on('data', onData).on('end', onEnd).on('close', onClose)
  const fault = exchange.played?.step.fault
  const timer = fault === 'reset' || fault === 'empty' ? setTimeout(onEnd, brokenBodyMs) : undefined
}

function tooLarge(): Refusal {
  return new Refusal(
    'payload-too-large',
    {},
    `send at most ${maximumBodyBytes} bytes: 50 ids are far smaller than this`,
  )
}
