import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { Client } from '@hubspot/api-client'
import { expect, onTestFinished, test } from 'vitest'
import { type Mock, startMock } from '../src/index.ts'
import {
  batchReads,
  type CorpusRequest,
  corpusCampaigns,
  mistakes,
  otherCalls,
  secondPages,
  tokenRequests,
} from './corpus.ts'

async function started(): Promise<Mock> {
  const mock = await startMock({ fixtures: { campaigns: corpusCampaigns } })
  onTestFinished(() => mock.close())
  return mock
}

/** Sends a request as the client does, and returns the response. */
async function sendRaw(mock: Mock, { head, body = '' }: CorpusRequest) {
  const { port, host } = new URL(mock.url)
  const [requestLine, ...headers] = head.split('\n')
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const lines = [`${requestLine} HTTP/1.1`, `Host: ${host}`, ...headers, ...length]
  const socket = connect(Number(port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
  let text = ''
  for await (const chunk of socket) {
    text += chunk
    const end = text.indexOf('\r\n\r\n')
    const [, bytes = '0'] = /^content-length: (\d+)/im.exec(text.slice(0, end)) ?? []
    if (end >= 0 && Buffer.byteLength(text.slice(end + '\r\n\r\n'.length)) >= Number(bytes)) break
  }
  const [answered = '', json = ''] = text.split('\r\n\r\n')
  const [, hint = null] = /^x-mock-hint: (.+)$/im.exec(answered) ?? []
  return { status: Number(answered.split(' ')[1]), hint, body: json === '' ? undefined : JSON.parse(json) }
}

const [first, , third] = corpusCampaigns

test.each(batchReads)('a batch read of $client is read', async (request) => {
  const { status, hint, body } = await sendRaw(await started(), request)
  expect({ status, hint }).toEqual({ status: 200, hint: null })
  expect(body.results).toMatchObject([{ id: first?.id, properties: first?.properties }])
})

test.each(secondPages)('a cursor of $client leads to the second page', async (request) => {
  const { status, hint, body } = await sendRaw(await started(), request)
  expect({ status, hint }).toEqual({ status: 200, hint: null })
  expect(body.results).toMatchObject([{ id: third?.id }])
  expect(body.paging).toBe(undefined)
})

test.each(tokenRequests)('a refresh token of $client is exchanged', async (request) => {
  const { status, hint, body } = await sendRaw(await started(), request)
  expect({ status, hint }).toEqual({ status: 200, hint: null })
  expect(body).toMatchObject({ token_type: 'bearer', refresh_token: 'spring', expires_in: 1800 })
})

test.each(otherCalls)('$client gets a $status', async ({ status, ...request }) => {
  const answer = await sendRaw(await started(), request)
  expect(answer).toMatchObject({ status, hint: null })
})

test.each(mistakes)('$client gets a response, and a hint at what is ignored', async ({ hint, ...request }) => {
  const answer = await sendRaw(await started(), request)
  expect(answer.status).toBe(200)
  expect(answer.hint).toContain(hint)
})

test('the requests of the installed @hubspot/api-client are those of the corpus', async () => {
  const seen: string[] = []
  const server = createServer((socket) => {
    socket.on('data', (chunk) => {
      seen.push(String(chunk))
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const basePath = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = new Client({ basePath, accessToken: 'tok' })
  const path = '/marketing/v3/campaigns'
  const inputs = [{ id: first?.id }]
  await client.apiRequest({
    method: 'POST',
    path: `${path}/batch/read`,
    qs: { properties: ['hs_name', 'hs_notes'] },
    body: { inputs },
  })
  await client.apiRequest({ path, qs: { limit: 2, sort: 'hs_name', after: 'Mg%3D%3D' } })
  expect(seen.map(headOf)).toEqual([batchReads[0], secondPages[0]].map((request) => linesOf(request?.head)))
  expect(batchReads[0]?.client).toBe(secondPages[0]?.client)
})

/** The request line and the headers of a request, without those that differ from call to call. */
function headOf(text: string): string[] {
  const [head = ''] = text.split('\r\n\r\n')
  return linesOf(
    head
      .replaceAll('\r\n', '\n')
      .replace(' HTTP/1.1', '')
      .replaceAll(/\n(Host|Content-Length): .*/g, ''),
  )
}

function linesOf(head = ''): string[] {
  return head.split('\n').sort()
}
