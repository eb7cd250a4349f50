import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { Controls } from '../src/world/controls/controls.ts'
import { build, type Step, spring, summer, v3 } from './build.ts'

const v3Campaigns = '/marketing/v3/campaigns'

/** An app in which the portal `any` plays steps. */
async function playing(...steps: Step[]) {
  const built = await build({ campaigns: [spring, summer] })
  const controls = new Controls(built.app.world, 'any')
  controls.scenarios.play(steps)
  return { ...built, controls }
}

test('a step with ids is taken by batches that name all of them, and other calls pass', async () => {
  const { read, controls } = await playing({ when: { ids: [spring.id, summer.id] }, error: 'locked', times: 2 })
  const statuses = []
  for (const ids of [[spring.id], [summer.id, 'other', spring.id.toUpperCase()], [], [spring.id, summer.id]]) {
    statuses.push((await read(ids)).statusCode)
  }
  expect(statuses).toEqual([200, 423, 200, 423])
  expect(controls.journal.list().map(({ scenario }) => scenario)).toEqual([null, 'unnamed', null, 'unnamed'])
  expect(controls.scenarios.playing).toMatchObject({ step: null })
})

test('a call that passes takes nothing of a step with times', async () => {
  const { read, controls } = await playing({ when: { ids: [spring.id] }, error: 'locked', times: 2 })
  await read([summer.id])
  expect(controls.scenarios.playing).toEqual({ name: 'unnamed', step: 1, left: 2 })
})

test('an id in the path counts, in every operation of the campaign', async () => {
  const { get, send } = await playing({ when: { ids: [spring.id] }, error: 'locked' })
  for (const part of ['', '/assets/FORM', '/budget/totals']) {
    expect((await get(`${v3Campaigns}/${spring.id}${part}`)).statusCode).toBe(423)
    expect((await get(`${v3Campaigns}/${summer.id}${part}`)).statusCode).toBe(200)
  }
  const headers = { authorization: 'Bearer any' }
  const remove = (id: string) => send({ method: 'DELETE', url: `${v3Campaigns}/${id}`, headers })
  expect([(await remove(spring.id)).statusCode, (await remove(summer.id)).statusCode]).toEqual([423, 204])
})

test('the source of a clone counts as an id, as it does in the journal', async () => {
  const { post, controls } = await playing({ when: { ids: [spring.id] }, error: 'locked' })
  const path = '/marketing/campaigns/2026-09-beta/clone'
  expect((await post(JSON.stringify({ sourceCampaignGuid: spring.id }), { path })).statusCode).toBe(423)
  expect(controls.journal.last()?.ids).toEqual([spring.id])
})

test('a step with properties is taken by calls that name them in the query', async () => {
  const { read, get } = await playing({ when: { properties: ['hs_name', 'hs_goal'] }, error: 'locked' })
  expect((await read([], { query: 'properties=hs_goal,hs_notes&properties=hs_name' })).statusCode).toBe(423)
  expect((await read([], { query: 'properties=hs_goal' })).statusCode).toBe(200)
  expect((await get(`${v3Campaigns}?properties=hs_name,hs_goal`)).statusCode).toBe(423)
})

test('both conditions have to be met, and on and chance as well', async () => {
  const when = { ids: [spring.id], properties: ['hs_name'] }
  const { read, get } = await playing({ when, on: 'batch.read', chance: 1, error: 'locked' })
  const query = 'properties=hs_name'
  expect((await read([spring.id], { query })).statusCode).toBe(423)
  expect((await read([spring.id])).statusCode).toBe(200)
  expect((await read([summer.id], { query })).statusCode).toBe(200)
  expect((await get(`${v3Campaigns}/${spring.id}?${query}`)).statusCode).toBe(200)
})

test('a chance is drawn only for the calls that meet the condition', async () => {
  const draw = async (others: number) => {
    const { read } = await playing({ when: { ids: [spring.id] }, chance: 0.5, error: 'locked' })
    const statuses = []
    for (let i = 0; i < 20; i++) {
      for (let j = 0; j < others; j++) await read([summer.id])
      statuses.push((await read([spring.id])).statusCode)
    }
    return statuses
  }
  const statuses = await draw(0)
  expect(new Set(statuses)).toEqual(new Set([200, 423]))
  expect(await draw(2)).toEqual(statuses)
})

test.each(['{"inputs":', '{"inputs":[{"id":7}]}', '[]', ''])('a body that names no id passes: %s', async (body) => {
  const { post } = await playing({ when: { ids: [spring.id] }, error: 'locked' })
  expect((await post(body)).statusCode).toBe(400)
})

test('a request that is refused before its body is read takes no such step', async () => {
  const { read, controls, post } = await playing({ when: { ids: [spring.id] }, error: 'locked', times: 1 })
  expect((await read([spring.id], { token: '' })).statusCode).toBe(401)
  expect((await post('x'.repeat(1024 * 1024 + 1))).statusCode).toBe(413)
  expect(controls.scenarios.playing).toMatchObject({ step: 1, left: 1 })
})

test('an unknown scenario is a 400, with a step that has a condition as well', async () => {
  const { read } = await playing({ when: { ids: [spring.id] }, error: 'locked' })
  expect((await read([spring.id], { token: 'any~nothing' })).body.message).toContain('unknown scenario "nothing"')
})

test('a step with ids can hold, delay and break a connection, and come after a step without', async () => {
  const mock = await startMock({ fixtures: { campaigns: [spring] } })
  onTestFinished(() => mock.close())
  const read = (...ids: string[]) =>
    fetch(`${mock.url}${v3}`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: ids.map((id) => ({ id })) }),
    })
  const when = { ids: [spring.id] }
  mock.scenarios.play([
    { error: 'locked', times: 1 },
    { when, hold: true, times: 1 },
    { when, fault: 'reset' },
  ])
  expect([(await read()).status, (await read()).status]).toEqual([423, 200])
  const held = read(spring.id)
  await expect.poll(() => mock.journal.count({ id: spring.id })).toBe(1)
  expect(mock.scenarios.release()).toBe(1)
  expect((await held).status).toBe(200)
  expect((await read()).status).toBe(200)
  await expect(read(spring.id)).rejects.toThrow('fetch failed')
})

test('a client that waits for 100 Continue can send the body that decides', async () => {
  const mock = await startMock({ fixtures: { campaigns: [spring] } })
  onTestFinished(() => mock.close())
  mock.scenarios.play([{ when: { ids: [spring.id] }, error: 'locked' }])
  const body = JSON.stringify({ inputs: [{ id: spring.id }] })
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
  const head = [
    'Host: localhost',
    'Authorization: Bearer any',
    'Content-Type: application/json',
    'Expect: 100-continue',
  ]
  socket.write(
    [`POST ${v3} HTTP/1.1`, ...head, `Content-Length: ${body.length}`, 'Connection: close', '', ''].join('\r\n'),
  )
  let text = ''
  for await (const chunk of socket) {
    text += chunk
    if (text.endsWith('100 Continue\r\n\r\n')) socket.write(body)
  }
  expect(text.match(/HTTP\/1.1 (\d+)/g)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 423'])
})

test('an OAuth call can have a condition that it never meets', async () => {
  const { send, controls } = await playing({ on: 'oauth.token', when: { ids: [spring.id] }, error: 'bad-client-id' })
  const payload = 'grant_type=refresh_token&refresh_token=any&client_id=a&client_secret=b'
  expect((await send({ method: 'POST', url: '/oauth/v1/token', payload })).statusCode).toBe(200)
  expect(controls.scenarios.playing).toMatchObject({ step: 1 })
})

test('a call that names many properties is compared with many names at once', async () => {
  const names = Array.from({ length: 1000 }, (_, i) => `p${i}`)
  const { read } = await playing({ when: { properties: names }, error: 'locked' })
  expect((await read([], { query: `properties=${names.toReversed()}` })).statusCode).toBe(423)
  expect((await read([], { query: `properties=${names.slice(1)}` })).statusCode).toBe(200)
})

test.each(['ids', 'properties'])('a condition has at most 1000 %s', async (member) => {
  const when = { [member]: Array.from({ length: 1001 }, (_, i) => `n${i}`) }
  await expect(playing({ when, error: 'locked' })).rejects.toThrow(
    `when.${member}: expected at most 1000 items, got 1001`,
  )
})
