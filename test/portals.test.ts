import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { type Answer, build, spring } from './build.ts'

/** A function that calls the control API with headers. */
async function controlled(options: Parameters<typeof build>[1] = {}) {
  const built = await build({ campaigns: [spring] }, options)
  const control = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, headers = {}, payload?: object) =>
    built.send({ method, url: `/_mock${path}`, headers, ...(payload && { payload }) })
  return { ...built, control }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const firstName = ({ body }: Answer): string => body.portals[0].name

test('portals are listed with their counts, the most recently used one first, and without their tokens', async () => {
  const { control, read } = await controlled()
  await read([spring.id], { token: 'secret-one' })
  await control('PUT', '/campaigns/mine', bearer('secret-two'), {})
  await control('PUT', '/scenario', bearer('secret-two'), { name: 'backlog' })
  const { body, text } = await control('GET', '/portals')
  const name = expect.stringMatching(/^[0-9a-f]{12}$/)
  expect(body.portals).toEqual([
    { name, label: null, requests: 0, dropped: 0, campaigns: 2, scenario: 'backlog' },
    { name, label: null, requests: 1, dropped: 0, campaigns: 1, scenario: null },
  ])
  expect(text).not.toContain('secret')
})

test('the name of a portal is that of its requests in the journal', async () => {
  const { control, read } = await controlled()
  await read([], { token: 'one' })
  const name = firstName(await control('GET', '/portals'))
  expect((await control('GET', '/requests')).body.requests[0].portal).toBe(name)
})

test('a label is in the list, and stays when its portal is reset', async () => {
  const { control } = await controlled()
  const labelled = await control('PUT', '/portal', bearer('one~pending'), { label: 'retries' })
  expect(labelled).toMatchObject({ statusCode: 200, body: { label: 'retries' } })
  await control('POST', '/reset', bearer('one'))
  expect((await control('GET', '/portals')).body.portals).toMatchObject([{ label: 'retries' }])
  await control('POST', '/reset')
  expect((await control('GET', '/portals')).body.portals).toEqual([])
})

test('a portal that was reset stays in the list, so that its name can be used again', async () => {
  const { control, read } = await controlled()
  await read([], { token: 'one' })
  await control('POST', '/reset', bearer('two'))
  const named = { 'x-mock-portal': firstName(await control('GET', '/portals')) }
  await control('POST', '/reset', named)
  expect((await control('GET', '/portals', named)).body.portals).toMatchObject([{ label: null, requests: 0 }])
})

test.each([
  [{}, 'body label: "label" is missing'],
  [{ label: '' }, 'body label: expected text of 1 to 100 characters, got ""'],
  [{ label: 'x'.repeat(101) }, 'body label: expected text of 1 to 100 characters, got a string of 101 characters'],
  [{ lable: 'x' }, 'body lable: unknown key "lable": did you mean "label"?'],
])('the label %j is refused', async (payload, message) => {
  const { control } = await controlled()
  expect(await control('PUT', '/portal', bearer('one'), payload)).toMatchObject({ statusCode: 400, body: { message } })
})

test('only a portal can have a label', async () => {
  const { control } = await controlled()
  expect(await control('PUT', '/portal', {}, { label: 'all' })).toMatchObject({
    statusCode: 400,
    body: {
      message: 'this call needs a portal',
      hint: 'send Authorization: Bearer <token>, or X-Mock-Portal: <name>',
    },
  })
})

test('X-Mock-Portal takes the place of the token in control calls', async () => {
  const { control, read } = await controlled()
  await read([], { token: 'one' })
  const named = { 'x-mock-portal': firstName(await control('GET', '/portals')) }
  await control('PUT', '/campaigns/mine', named, {})
  await control('PUT', '/scenario', named, { name: 'pending' })
  await control('PUT', '/portal', named, { label: 'first' })
  expect((await read(['mine'], { token: 'one' })).body.status).toBe('PENDING')
  expect((await read(['mine'], { token: 'two' })).body.status).toBe('COMPLETE')
  expect((await control('GET', '/requests', named)).body.total).toBe(2)
  await control('POST', '/reset', named)
  expect((await control('GET', '/requests', named)).body.total).toBe(0)
})

test('X-Mock-Portal with an unknown name is a 404, and with a token a 400', async () => {
  const { control, read } = await controlled()
  await read([], { token: 'one' })
  expect(await control('GET', '/requests', { 'x-mock-portal': 'nobody' })).toMatchObject({
    statusCode: 404,
    body: { message: 'no portal "nobody" in X-Mock-Portal', hint: 'GET /_mock/portals lists the portals' },
  })
  const named = { 'x-mock-portal': firstName(await control('GET', '/portals')) }
  expect((await control('GET', '/requests', { ...named, ...bearer('one') })).statusCode).toBe(400)
})

test('X-Mock-Portal gives no rights: the guards of the control API come first', async () => {
  const { control, read } = await controlled({ controlToken: 'let me in' })
  await read([], { token: 'one' })
  const withToken = { 'x-mock-control-token': 'let me in' }
  const named = { 'x-mock-portal': firstName(await control('GET', '/portals', withToken)) }
  expect((await control('GET', '/requests', named)).statusCode).toBe(403)
  expect(
    (await control('GET', '/requests', { ...withToken, ...named, origin: 'http://evil.example' })).statusCode,
  ).toBe(403)
  expect((await control('GET', '/requests', { ...withToken, ...named })).statusCode).toBe(200)
  expect((await read([], { token: '', headers: named })).statusCode).toBe(401)
})

test('the library lists and labels portals', async () => {
  const mock = await startMock()
  onTestFinished(() => mock.close())
  const portal = mock.portal('one', { label: 'retries' })
  portal.scenarios.play('backlog')
  expect(mock.portals()).toMatchObject([{ label: 'retries', scenario: 'backlog' }])
  mock.portal('one')
  expect(mock.portals()).toMatchObject([{ label: 'retries' }])
  expect(() => mock.portal('one', Object({ lable: 'x' }))).toThrow('unknown key "lable": did you mean "label"?')
})

test('a portal whose scenario has played its last step has no scenario', async () => {
  const { control, read } = await controlled()
  await control('PUT', '/scenario', bearer('one'), { steps: [{ error: 'rate-limited', times: 1 }] })
  expect((await control('GET', '/portals')).body.portals).toMatchObject([{ scenario: 'unnamed' }])
  await read([spring.id], { token: 'one' })
  expect((await control('GET', '/portals')).body.portals).toMatchObject([{ scenario: null }])
})
