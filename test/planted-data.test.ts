import { expect, test } from 'vitest'
import { Controls } from '../src/world/controls/controls.ts'
import { maximumPlantedBytes, TooMuchData } from '../src/world/planted-data.ts'
import { build, spring } from './build.ts'

const mebibyte = 1024 * 1024
const text = 'x'.repeat(8 * mebibyte)
const large = (id: string) => ({ id, properties: { hs_notes: text } })
const steps = [{ error: { status: 500, body: text } }]

test('campaigns of all portals together have a maximum size, and removing one makes space', async () => {
  const { app } = await build()
  const portals = Array.from({ length: 7 }, (_, i) => new Controls(app.world, `portal-${i}`))
  for (const portal of portals) portal.campaigns.put(large('a'))
  const last = new Controls(app.world, 'last')
  expect(() => last.campaigns.put(large('a'))).toThrow(TooMuchData)
  expect(() => last.campaigns.put(large('a'))).toThrow(`the maximum is ${maximumPlantedBytes}`)
  expect(() => last.campaigns.get('a')).toThrow('no campaign')
  portals[0]?.campaigns.put(large('a'))
  portals[0]?.campaigns.remove('a')
  last.campaigns.put(large('a'))
  portals[1]?.reset()
  last.campaigns.put(large('b'))
  app.world.reset()
  for (const portal of portals) portal.campaigns.put(large('a'))
})

test.each([
  ['defined', (controls: Controls, i: number) => controls.scenarios.define(`name-${i}`, steps)],
  ['played', (controls: Controls) => controls.scenarios.play(steps)],
])('scenarios that are %s count, too', async (_how, add) => {
  const { app } = await build()
  for (let i = 0; i < 7; i++) add(new Controls(app.world, `portal-${i}`), i)
  expect(() => add(new Controls(app.world, 'last'), 8)).toThrow(TooMuchData)
  add(new Controls(app.world, 'portal-0'), 0)
})

test('a list of campaigns is added completely or not at all', async () => {
  const { app } = await build({ campaigns: [] })
  const { campaigns } = new Controls(app.world)
  campaigns.putAll(['a', 'b', 'c', 'd', 'e', 'f'].map(large))
  expect(() => campaigns.putAll(['a', 'g', 'h'].map(large))).toThrow(TooMuchData)
  expect(campaigns.list().map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  campaigns.putAll(['a', 'b', 'g'].map(large))
})

test('the control API and the API of HubSpot respond with 413 and the maximum', async () => {
  const { app, send } = await build()
  for (let i = 0; i < 7; i++) new Controls(app.world).campaigns.put(large(`a${i}`))
  const share = 'y'.repeat(900_000)
  const plant = () => send({ method: 'PUT', url: '/_mock/campaigns/b', payload: { properties: { hs_notes: share } } })
  const fill = (i: number) => new Controls(app.world).campaigns.put({ id: `c${i}`, properties: { hs_notes: share } })
  expect(() => {
    for (let i = 0; i < 20; i++) fill(i)
  }).toThrow(TooMuchData)
  const refused = await plant()
  expect([refused.statusCode, refused.body.message]).toEqual([
    413,
    expect.stringContaining(`the maximum is ${maximumPlantedBytes}`),
  ])
  const written = await send({
    method: 'PATCH',
    url: `/marketing/v3/campaigns/${spring.id}`,
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    payload: { properties: { hs_notes: share } },
  })
  expect(written.statusCode).toBe(413)
  expect(written.headers['x-mock-hint']).toContain('no space for')
})

test('a page of large campaigns is cut short, and the next page follows it', async () => {
  const { app, send } = await build({ campaigns: [] })
  for (let i = 0; i < 7; i++) new Controls(app.world).campaigns.put(large(`a${i}`))
  const first = await send({ method: 'GET', url: '/_mock/campaigns' })
  expect(first.body.campaigns.map(({ id }: { id: string }) => id)).toEqual(['a0', 'a1', 'a2'])
  const second = await send({ method: 'GET', url: `/_mock/campaigns?after=${first.body.after}` })
  expect(second.body.campaigns[0].id).toBe('a3')
})

test.each([
  ['{"properties":{"hs_name":"a","hs_name":"b"}}', 'body: line 1, column 30: this name is given twice in one object'],
  ['{"businessUnits":[{"id":9007199254740993}]}', 'body: line 1, column 25: the number 9007199254740993 cannot'],
])('a body that would lose data is refused: %s', async (payload, message) => {
  const { send } = await build()
  const headers = { 'content-type': 'application/json' }
  const response = await send({ method: 'PUT', url: '/_mock/campaigns/a', headers, payload })
  expect([response.statusCode, response.body.message]).toEqual([400, expect.stringContaining(message)])
})

test('a body of the control API that is not UTF-8 is refused', async () => {
  const { send } = await build()
  const headers = { 'content-type': 'application/json' }
  const payload = Buffer.from('{"properties":{"hs_name":"Frühling"}}', 'latin1')
  const response = await send({ method: 'PUT', url: '/_mock/campaigns/a', headers, payload })
  expect([response.statusCode, response.body.message]).toEqual([400, 'body: not valid UTF-8'])
})

test.each([
  [
    'over 200 000 values',
    '413',
    JSON.stringify([{ id: 'a', properties: Array(200_000).fill(0) }]),
    'body: over 200000 values, the maximum of one call is 200000',
  ],
  [
    '20 001 campaigns',
    '413',
    JSON.stringify(Array(20_001).fill(0)),
    'body: 20001 campaigns, the maximum of one call is 20000',
  ],
  ['over 16 MiB', '413', `[${' '.repeat(16 * mebibyte)}]`, 'Request body is too large'],
  ['over 1 MiB that is not JSON', '400', `[${' '.repeat(mebibyte)}`, 'body: not JSON'],
])('a list of campaigns is refused before it is checked: %s', async (_what, status, payload, message) => {
  const { send } = await build()
  const headers = { 'content-type': 'application/json' }
  const response = await send({ method: 'PUT', url: '/_mock/campaigns', headers, payload })
  expect([String(response.statusCode), response.body.message]).toEqual([status, message])
})

test('a list of 20 000 campaigns and of fewer than 200 000 values is stored', async () => {
  const { send } = await build({ campaigns: [] })
  const payload = Array.from({ length: 20_000 }, (_, i) => ({ id: `c${i}`, properties: { hs_name: 'x' } }))
  const { statusCode, body } = await send({ method: 'PUT', url: '/_mock/campaigns', payload })
  expect([statusCode, body.campaigns.length]).toEqual([200, 20_000])
})
