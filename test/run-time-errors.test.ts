import { expect, test } from 'vitest'
import { Controls } from '../src/world/controls/controls.ts'
import { TooMuchData } from '../src/world/planted-data.ts'
import { build, spring, summer, unknownId } from './build.ts'

const forbidden = { id: spring.id, category: 'PERMISSION_DENIED', message: 'You may not see this campaign' }

/** An app with the controls of the mock and of two portals, and the outcome of a batch read as a text. */
async function controlled(fixture: Parameters<typeof build>[0] = { campaigns: [spring, summer] }) {
  const built = await build(fixture)
  const controls = (token?: string) => new Controls(built.app.world, token)
  const outcome = async (id = spring.id, token = 'one') => {
    const { body } = await built.read([id], { token })
    return body.errors?.[0]?.category ?? body.results[0].id
  }
  return { ...built, mock: controls(), one: controls('one'), outcome }
}

test('an id that a portal lets fail fails there, in batches and alone, and nowhere else', async () => {
  const { one, outcome, get } = await controlled()
  expect(one.errors.put({ ...forbidden, context: { campaignGuid: [spring.id] } })).toMatchObject(forbidden)
  expect([await outcome(), await outcome(spring.id, 'two')]).toEqual(['PERMISSION_DENIED', spring.id])
  const alone = await get(`/marketing/v3/campaigns/${spring.id}`, 'one')
  expect([alone.statusCode, alone.body.message]).toEqual([403, forbidden.message])
  expect(alone.headers['x-mock-hint']).toContain('errors.put')
})

test('an error of the mock applies to every portal, and one of a portal wins', async () => {
  const { mock, one, outcome } = await controlled()
  mock.errors.put(forbidden)
  one.errors.put({ ...forbidden, category: 'LOCKED' })
  expect([await outcome(), await outcome(spring.id, 'two')]).toEqual(['LOCKED', 'PERMISSION_DENIED'])
  one.errors.remove(spring.id)
  expect([await outcome(), await outcome(spring.id, 'two')]).toEqual([spring.id, 'PERMISSION_DENIED'])
})

test('a campaign that an error hides is found again when the error is removed, also one that was put or removed', async () => {
  const { one, outcome } = await controlled()
  one.campaigns.put({ id: unknownId })
  one.campaigns.remove(summer.id)
  for (const id of [unknownId, summer.id, spring.id]) {
    const before = await outcome(id)
    one.errors.put({ ...forbidden, id })
    one.errors.put({ ...forbidden, id: id.toUpperCase(), category: 'LOCKED' })
    expect(await outcome(id)).toBe('LOCKED')
    one.errors.remove(id)
    expect(await outcome(id)).toBe(before)
  }
})

test('a campaign that the mock was given is found again when a portal removes the error over it', async () => {
  const { mock, one, outcome } = await controlled()
  mock.campaigns.put({ id: unknownId })
  mock.errors.put({ ...forbidden, id: unknownId })
  expect(await outcome(unknownId)).toBe('PERMISSION_DENIED')
  one.errors.remove(unknownId)
  expect(await outcome(unknownId)).toBe(unknownId)
})

test('an error of one campaign has its subCategory', async () => {
  const { one, get } = await controlled()
  one.errors.put({ ...forbidden, subCategory: 'campaigns.hidden' })
  expect((await get(`/marketing/v3/campaigns/${spring.id}`, 'one')).body.subCategory).toBe('campaigns.hidden')
})

test('an error that is not there, or cannot be sent as JSON, is refused', async () => {
  const { one } = await controlled()
  expect(() => one.errors.get('nowhere')).toThrow('no error for the id "nowhere"')
  expect(() => one.errors.get(Object(undefined))).toThrow('id: expected text, got an object')
  const big = { ...forbidden, context: { a: [1n, 2n] } }
  expect(() => one.errors.put(Object(big))).toThrow('context.a[0]: expected a number or text, got the BigInt 1n')
})

test('a campaign that is put takes the place of the error of its id', async () => {
  const { one, outcome } = await controlled()
  one.errors.put(forbidden)
  one.campaigns.put(spring)
  expect(await outcome()).toBe(spring.id)
  expect(one.errors.list()).toEqual([])
})

test('errors of the fixture are listed, and can be removed until a reset', async () => {
  const { mock, one, outcome } = await controlled({ campaigns: [summer], errors: [forbidden] })
  expect(mock.errors.list()).toEqual([forbidden])
  mock.errors.remove(spring.id)
  expect([mock.errors.list(), await outcome()]).toEqual([[], 'OBJECT_NOT_FOUND'])
  mock.reset()
  one.errors.put({ ...forbidden, message: 'Other' })
  expect(one.errors.get(spring.id).message).toBe('Other')
  one.reset()
  expect(one.errors.get(spring.id)).toEqual(forbidden)
})

test('an error hides its campaign from lists and counts', async () => {
  const { one, get } = await controlled()
  one.errors.put(forbidden)
  expect((await get('/marketing/v3/campaigns', 'one')).body.total).toBe(1)
  expect(() => one.campaigns.get(spring.id)).toThrow('no campaign')
  one.errors.remove(spring.id)
  expect((await get('/marketing/v3/campaigns', 'one')).body.total).toBe(2)
})

test('the control API has the same calls', async () => {
  const { send } = await build({ campaigns: [spring] })
  const call = (method: 'GET' | 'PUT' | 'DELETE', path: string, payload?: object) =>
    send({ method, url: `/_mock/errors${path}`, ...(payload && { payload }) })
  const { id, ...rest } = forbidden
  expect((await call('PUT', `/${id}`, rest)).body).toEqual(forbidden)
  expect((await call('GET', '')).body).toEqual({ errors: [forbidden] })
  expect((await call('GET', `/${id}`)).body).toEqual(forbidden)
  expect((await call('DELETE', `/${id}`)).body).toEqual({ removed: true })
  expect(await call('DELETE', `/${id}`)).toMatchObject({
    statusCode: 404,
    body: { message: `no error for the id "${id}"`, hint: 'GET /_mock/errors lists the ids that fail' },
  })
  expect((await call('PUT', `/${id}`, { ...rest, categroy: 'X' })).body.message).toBe(
    'body categroy: unknown key "categroy": did you mean "category"?',
  )
})

test.each([
  [{ id: 'a', message: 'm' }, 'category: "category" is missing'],
  [{ ...forbidden, context: { a: 'b' } }, 'context.a: expected an array, got "b"'],
])('the error %j is refused, and nothing changes', async (error, message) => {
  const { one } = await controlled()
  expect(() => one.errors.put(Object(error))).toThrow(message)
  expect(one.errors.list()).toEqual([])
})

test('errors count as planted data', async () => {
  const { one } = await controlled()
  const large = (id: string) => ({ ...forbidden, id, message: 'x'.repeat(16 * 1024 * 1024) })
  for (const id of ['a', 'b', 'c']) one.errors.put(large(id))
  expect(() => one.errors.put(large('d'))).toThrow(TooMuchData)
  one.errors.remove('a')
  one.errors.put(large('d'))
  one.campaigns.put({ id: 'b' })
  one.errors.put(large('e'))
})
