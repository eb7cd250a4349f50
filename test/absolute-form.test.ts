import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { v3 } from './build.ts'

async function running() {
  const mock = await startMock({ fixtures: {}, campaigns: 3 })
  onTestFinished(() => mock.close())
  return mock
}

/** Sends bytes, and reads the response until the connection ends. */
async function send(url: string, ...lines: string[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(`${lines.join('\r\n')}`)
  return text(socket)
}

const headers = ['Authorization: Bearer any', 'Connection: close', '', '']

test.each(['http://api.hubapi.com', 'https://api.hubapi.com', 'HTTP://127.0.0.1:4010', 'http://user:secret@a.example'])(
  'a request in absolute form to %s is like one to the path',
  async (origin) => {
    const mock = await running()
    const response = await send(
      mock.url,
      `GET ${origin}/marketing/v3/campaigns?limit=1 HTTP/1.1`,
      'Host: proxy',
      ...headers,
    )
    expect(response).toMatch(/^HTTP\/1\.1 200 /)
    expect(mock.journal.list()).toMatchObject([
      { path: '/marketing/v3/campaigns', query: 'limit=1', operation: 'campaigns.list', status: 200 },
    ])
    mock.journal.expect({ path: '/marketing/v3/campaigns' }, 1)
    expect(JSON.stringify(mock.journal.list())).not.toContain('secret')
  },
)

test.each(['http', 'https'])('its links lead to the host of the URL by %s', async (scheme) => {
  const mock = await running()
  const line = `GET ${scheme}://api.hubapi.com/marketing/v3/campaigns?limit=1 HTTP/1.1`
  const response = await send(mock.url, line, 'Host: proxy', ...headers)
  expect(response).toContain(`"link":"${scheme}://api.hubapi.com/marketing/v3/campaigns?limit=1&after=`)
})

test('a wrong method in absolute form is a 405, and a URL without a path is one that is not served', async () => {
  const mock = await running()
  expect(await send(mock.url, `GET http://api.hubapi.com${v3} HTTP/1.1`, 'Host: a', ...headers)).toMatch(
    /^HTTP\/1\.1 405 /,
  )
  expect(await send(mock.url, 'GET http://api.hubapi.com?a=b HTTP/1.1', 'Host: a', ...headers)).toMatch(
    /^HTTP\/1\.1 404 /,
  )
})

test('a request before bytes that are not HTTP gets its response, which the journal has', async () => {
  const mock = await running()
  const body = '{"inputs":[]}'
  const response = await send(
    mock.url,
    `POST ${v3} HTTP/1.1`,
    'Host: a',
    'Authorization: Bearer any',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    '',
    `${body}\u0001\u0002 garbage`,
    '',
    '',
  )
  expect(response).toMatch(/^HTTP\/1\.1 200 .*"results":\[\]\}$/s)
  expect(response).not.toContain('400 Bad Request')
  expect(mock.journal.list()).toMatchObject([{ status: 200, operation: 'batch.read' }])
})
