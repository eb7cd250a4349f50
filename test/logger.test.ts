import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { loggerFor } from '../src/commands/logger.ts'

/** A stream that nobody reads until it is released. */
function unreadStream() {
  const lines: string[] = []
  const waiting: (() => void)[] = []
  let isRead = false
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      if (isRead) done()
      else waiting.push(done)
    },
  })
  const release = () => {
    isRead = true
    for (const done of waiting.splice(0)) done()
  }
  return { stream, lines, release }
}

test('a log that nobody reads takes a bounded amount of memory, and says what was dropped', async () => {
  const { stream, lines, release } = unreadStream()
  const logger = await loggerFor('info', stream)
  if (logger === false) throw new Error('no logger')
  const message = 'x'.repeat(1000)
  for (let i = 0; i < 10_000; i++) logger.info(message as never)
  expect(stream.writableLength).toBeLessThan(1_100_000)
  release()
  await expect.poll(() => stream.writableLength).toBe(0)
  logger.info('next' as never)
  await expect.poll(() => lines.at(-1)).toContain('"next"')
  const [, dropped] = /(\d+) log lines were dropped, because nobody read the log/.exec(lines.join('')) ?? []
  expect(lines.filter((line) => line.includes(message)).length + Number(dropped)).toBe(10_000)
})

test('a line of the log has an ISO time and the name of its level', async () => {
  const { stream, lines, release } = unreadStream()
  release()
  const logger = await loggerFor('info', stream)
  if (logger !== false) logger.warn('careful' as never)
  await expect.poll(() => lines.length).toBe(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    msg: 'careful',
  })
})
