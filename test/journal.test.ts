import { expect, test } from 'vitest'
import type { ExchangeRecord } from '../src/world/journal/exchange.ts'
import { Journal } from '../src/world/journal/journal.ts'

const exchange = (portal: string | null, text = ''): ExchangeRecord => ({
  operation: null,
  campaignId: undefined,
  correlationId: '00000000-0000-4000-8000-000000000001',
  at: 0,
  portal,
  method: 'POST',
  url: '/',
  headers: {},
  body: text,
  scenario: null,
  status: 200,
  answer: '',
  ms: null,
})

test('is in the order in which requests came, not in which they were answered', () => {
  const journal = new Journal()
  const [first, second] = [journal.open(), journal.open()]
  journal.file(exchange('late'), second)
  journal.file(exchange('early'), first)
  expect(journal.list().map(({ portal }) => portal)).toEqual(['early', 'late'])
})

test('counts bytes, not characters: 32 MiB of three-byte ones are a third as many', () => {
  const journal = new Journal()
  const mebibyte = '\u20ac'.repeat((1024 * 1024) / 3)
  for (let i = 0; i < 40; i++) journal.file(exchange('one', mebibyte), journal.open())
  expect(journal.list().length).toBeLessThan(33)
  expect(journal.list().length + journal.dropped('one')).toBe(40)
})

test('an exchange too large to be kept at all is dropped, and counted', () => {
  const journal = new Journal()
  journal.file(exchange('one', 'x'.repeat(33 * 1024 * 1024)), journal.open())
  expect([journal.list().length, journal.dropped(), journal.dropped('one')]).toEqual([0, 1, 1])
})

test('remembers of 2000 portals that they were cleared, and no more', () => {
  const journal = new Journal()
  const underWay = journal.open()
  for (let i = 0; i <= 2000; i++) journal.clear(`portal-${i}`)
  journal.file(exchange('portal-2000'), underWay)
  expect(journal.list()).toEqual([])
  journal.file(exchange('portal-0'), underWay)
  expect(journal.list()).toHaveLength(1)
})
