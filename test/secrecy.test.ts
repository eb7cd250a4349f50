import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { v3 } from './build.ts'
import { commandHere, started } from './command.ts'
import { folder } from './folder.ts'

const marked = 'pat-na1-0000-marked-0000'

/** A preload that throws, as a bug of our own would, when the process is told to. */
const bug = "process.on('SIGUSR2', () => { throw new Error('a bug of our own') })"

/** The events of all requests that the journal has. */
async function replayedEvents(url: string, headers: Record<string, string>): Promise<string> {
  const { body } = await fetch(url, { headers })
  let text = ''
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.split('event: exchange').length > 20) break
  }
  return text
}

test('a token is in no log line, journal entry, error or crash, wherever the client puts it', async () => {
  const { url, child, ended } = await started(['--log-level', 'trace', '--tokens', marked, '--control-token', marked], {
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(bug)}`,
  })
  const seen: string[] = []
  const send = async (path: string, method: string, headers: Record<string, string> = {}, body?: string) => {
    const json = { 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method, headers: { ...json, ...headers }, ...(body ? { body } : {}) })
    seen.push(await answer.text(), JSON.stringify([...answer.headers]))
  }
  const control = { 'x-mock-control-token': marked }
  for (const authorization of [
    `Bearer ${marked}`,
    `Bearer ${marked}~backlog`,
    `Bearer x${marked}`,
    `Basic ${marked}`,
    marked,
  ]) {
    await send(v3, 'POST', { authorization }, '{"inputs":[]}')
    await send(`${v3}?hapikey=${marked}&access_token=${marked}`, 'POST', { authorization }, '{"inputs":[')
    await send('/_mock/scenario', 'GET', { authorization, ...control })
    await send('/nowhere', 'GET', { authorization, cookie: `session=${marked}` })
    // The response names the token, as HubSpot's does; journal and log must not.
    await (await fetch(`${url}/oauth/v1/access-tokens/${marked}`)).text()
    await send(`/oauth/v9/access-tokens/${marked}`, 'GET')
    await send(`/${marked}`, 'GET', { authorization })
  }
  await send(
    v3,
    'POST',
    { authorization: `Bearer ${marked}`, 'private-app': marked, 'x-api-key': marked },
    '{"inputs":[]}',
  )
  await send('/_mock/scenario', 'GET', { 'x-mock-control-token': `not ${marked}` })
  await send('/_mock/requests', 'GET', control)
  await send('/_mock/requests', 'GET', { ...control, authorization: `Bearer ${marked}` })
  await send('/_mock/requests/verify', 'POST', control, '{"where":{"status":1}}')
  await send('/_mock/requests?format=har', 'GET', control)
  await send('/_mock/requests/wait?operation=campaigns.list&timeoutMs=0', 'GET', control)
  seen.push(await replayedEvents(`${url}/_mock/requests/events?after=0`, control))
  await send('/_mock/openapi.json', 'GET', control)
  expect(seen.join()).toContain('[REDACTED]')
  expect(seen.join()).not.toContain('marked')

  child.kill('SIGUSR2')
  const { code, stdout, stderr } = await ended
  expect(code).toBe(1)
  expect(stderr).toMatch(/\nhubspot-campaigns-mock: a bug of our own\n$/)
  expect(stderr.split('\n').length).toBeGreaterThan(20)
  expect(stdout + stderr).not.toContain('marked')
})

test('a token in the query is found in any spelling', async () => {
  const { url } = await started(['--log-level', 'silent'])
  const token = 'abcdefghij/klmn+opqrst='
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  await fetch(`${url}${v3}?x=${encodeURIComponent(token)}`, { method: 'POST', headers, body: '{"inputs":[]}' })
  const { requests } = JSON.parse(await (await fetch(`${url}/_mock/requests`)).text())
  expect(requests).toMatchObject([{ query: 'x=[REDACTED]' }])
})

test('a token that looks like a piece of the record breaks nothing', async () => {
  const { url } = await started(['--log-level', 'silent'])
  const token = '"properties":[],"scenario":null'
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  await fetch(url + v3, { method: 'POST', headers, body: JSON.stringify({ inputs: [{ id: token }] }) })
  const { requests } = JSON.parse(await (await fetch(`${url}/_mock/requests`)).text())
  expect(requests).toMatchObject([{ status: 207, ids: ['[REDACTED]'] }])
})

test('a token is in no complaint about a fixture or a flag', async () => {
  const file = join(await folder(), 'my.yaml')
  const fixtures = [
    `tokens: { ${marked}: { scopez: [] } }`,
    `tokens: { ${marked}: ${marked} }`,
    `tokens: ${marked}`,
    `tokens: [${marked}]`,
    `tokens: { ${marked}: { expiresAt: ${marked} } }`,
    `tokens: { ${marked}: {}, ${marked}: {} }`,
    `tokens: { ${marked}: *${marked} }`,
    `tokens: { ${marked}: {`,
  ]
  const complaints: string[] = []
  for (const fixture of fixtures) {
    await writeFile(file, fixture)
    const { code, stderr } = await commandHere(['--port', '0', '--fixtures', file])
    expect({ code, stderr }).toMatchObject({ code: 2 })
    complaints.push(stderr)
  }
  for (const flags of [['--tokens', marked, marked], ['--tokens', `${marked},`], [marked], ['--control-token', '']]) {
    const { code, stderr } = await commandHere(['--port', '0', ...flags])
    expect({ code, stderr }).toMatchObject({ code: 2 })
    complaints.push(stderr)
  }
  expect(complaints.join()).not.toContain('marked')
})

test('a body that holds the token of its request is kept without it', async () => {
  const { url } = await started(['--log-level', 'silent'])
  const headers = { authorization: `Bearer ${marked}`, 'content-type': 'application/json' }
  await fetch(url + v3, { method: 'POST', headers, body: JSON.stringify({ inputs: [{ id: marked }] }) })
  const journal = await (await fetch(`${url}/_mock/requests`)).text()
  expect(JSON.parse(journal).requests).toMatchObject([{ status: 207, ids: ['[REDACTED]'] }])
  expect(journal).not.toContain('marked')
})

test('a secret at an unusual place is in neither journal, archive nor debug log', async () => {
  const { url, child, ended } = await started(['--log-level', 'trace'])
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const json = { 'content-type': 'application/json' }
  const send = async (path: string, headers: Record<string, string>, body?: string | FormData) =>
    (await fetch(url + path, body === undefined ? { headers } : { method: 'POST', headers, body })).text()
  const multipart = new FormData()
  multipart.set('refresh_token', 'marked')
  for (const path of ['/oauth/v1/token', '/x/oauth/v1/token']) {
    await send(path, json, '{"refresh_token":["marked"],"client_secret":{"v":"marked"}}')
    await send(path, json, '["marked"]')
    await send(path, {}, multipart)
    await send(path, form, 'grant_type=refresh_token\nrefresh_token=marked')
    await send(path, form, 'redirect_uri=http://x/?code=marked&client_secret=marked')
  }
  await send('/login', form, 'client_secret=marked')
  for (const rest of ['//marked', '%2Fmarked', '/a/marked', ';x=1/marked']) {
    await send(`/oauth/v1/access-tokens${rest}`, {})
    await send(`/oauth/v1/refresh-tokens${rest}`, {})
  }
  const headers = { 'x-original-uri': '/a?hapikey=marked', 'x-session': 'marked', referer: `${url}/?code=marked` }
  await send('/marketing/v3/campaigns?pwd=marked&sig=marked&jwt=marked', headers)
  const grant = 'marked-refresh-token'
  const issued = { authorization: `Bearer ${grant}.access-1790000000000` }
  await send(`/marketing/v3/campaigns?properties=${grant}&x=${grant}`, issued)
  await send(`/_mock/campaigns/${grant}`, issued)
  const step = { Authorization: 'marked', 'X-Api-Key': 'marked', Location: '/cb?code=marked' }
  await fetch(`${url}/_mock/scenario`, {
    method: 'PUT',
    headers: json,
    body: JSON.stringify({ steps: [{ headers: step }] }),
  })
  const stepped = await fetch(`${url}/marketing/v3/campaigns`, { headers: { authorization: 'Bearer any' } })
  expect(stepped.headers.get('x-api-key')).toBe('marked')
  const journal = await (await fetch(`${url}/_mock/requests`)).text()
  const archive = await (await fetch(`${url}/_mock/requests?format=har`)).text()
  expect(JSON.parse(journal).requests).toHaveLength(22)
  child.kill('SIGTERM')
  const { stdout, stderr } = await ended
  expect(stdout + stderr).toContain('[REDACTED]')
  for (const text of [journal, archive, stdout, stderr]) expect(text).not.toContain('marked')
})
