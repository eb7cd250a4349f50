import { expect, onTestFinished, test } from 'vitest'
import { maximumUrlChars } from '../src/contract/schemas/batch.ts'
import { startMock } from '../src/index.ts'
import { build, spring, v3 } from './build.ts'

const urlOf = (length: number) => `${v3}?properties=${'x'.repeat(length - v3.length - '?properties='.length)}`

test('a URL of the maximum length is served, and a longer one is a 414 that the journal has', async () => {
  const mock = await startMock({ fixtures: { campaigns: [spring] } })
  onTestFinished(() => mock.close())
  const read = (length: number) =>
    fetch(mock.url + urlOf(length), {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: [{ id: spring.id }] }),
    })
  expect((await read(maximumUrlChars)).status).toBe(200)
  const response = await read(maximumUrlChars + 1)
  expect(response.status).toBe(414)
  expect(response.headers.get('x-mock-hint')).toBe('the URL has 16385 characters, and 16384 are the maximum')
  expect(JSON.parse(await response.text())).toMatchObject({ message: 'Request-URI Too Large' })
  expect(mock.portal('any').journal.last()).toMatchObject({ status: 414, ids: [spring.id], operation: 'batch.read' })
})

test('observed sends a page for any token and path', async () => {
  const { send } = await build({ tokens: { one: {} } }, { fidelity: 'observed' })
  const url = `/nowhere?x=${'x'.repeat(maximumUrlChars)}`
  const { statusCode, text } = await send({ method: 'GET', url })
  expect(statusCode).toBe(414)
  expect(text).toContain('<title>414 Request-URI Too Large</title>')
})
