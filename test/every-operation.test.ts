import { describe, expect, test } from 'vitest'
import { hasLocation, operationRoutes, responsesOf } from '../src/contract/operation-routes.ts'
import { build, unknownId } from './build.ts'
import { calledCampaign, callOf } from './calls.ts'

const forbiddenId = '00000000-0000-4000-8000-000000000403'
const fixture = {
  campaigns: [calledCampaign],
  errors: [{ id: forbiddenId, category: 'PERMISSION_DENIED', message: 'You may not see this campaign' }],
}

/** Every route with a Bearer token, but for the status of a clone, which needs one. */
const routes = operationRoutes.filter(({ name, operation }) => operation.auth !== 'none' && name !== 'clone.status')
const ofCampaign = routes.filter(({ path }) => path.includes('{campaignGuid}'))

describe.each(routes)('$name on $version', (route) => {
  const success = Number(Object.keys(responsesOf(route))[0])
  const send = async (bearer: string, options: Parameters<typeof build>[0] = fixture, end = '') => {
    const built = await build(options)
    const { headers, ...call } = callOf(route)
    return built.send({ ...call, url: call.url + end, headers: { ...headers, authorization: `Bearer ${bearer}` } })
  }

  test('responds with its success, also with a slash at the end', async () => {
    expect((await send('any')).statusCode).toBe(success)
    const { statusCode, text } = await send('any', fixture, '/')
    expect(statusCode).toBe(success)
    expect(text === '').toBe(success === 204)
  })

  test('needs a token with one of its scopes', async () => {
    const scopes = route.scopes.slice(-1)
    const tokens = { with: { scopes }, without: { scopes: ['content'] } }
    expect((await send('with', { ...fixture, tokens })).statusCode).toBe(success)
    const refused = await send('without', { ...fixture, tokens })
    if (scopes.length === 0) expect(refused.statusCode).toBe(success)
    else {
      expect(refused).toMatchObject({
        statusCode: 403,
        body: { errors: [{ context: { requiredGranularScopes: [route.scopes.join(', ')] } }] },
      })
    }
    expect((await send('', { ...fixture, tokens })).statusCode).toBe(401)
  })

  test('takes a step of a scenario that names it', async () => {
    const mine = [{ on: route.name, error: 'rate-limited' as const, times: 1 }]
    const { statusCode, headers } = await send('any~mine', { ...fixture, scenarios: { mine } })
    expect(statusCode).toBe(429)
    expect(headers['x-mock-scenario']).toBe('mine')
  })

  test('405 for a method that its path does not have, with those it has', async () => {
    const { send: request } = await build(fixture)
    const answer = await request({
      method: 'OPTIONS',
      url: callOf(route).url,
      headers: { authorization: 'Bearer any' },
    })
    expect(answer).toMatchObject({
      statusCode: 405,
      headers: { allow: expect.stringContaining(route.operation.method) },
    })
  })

  test('names what it created in Location, where HubSpot’s file has the header', async () => {
    const { send: request } = await build(fixture)
    const { headers } = await request(callOf(route))
    if (!hasLocation(route)) expect(headers).not.toHaveProperty('location')
    else {
      const created = await request({
        method: 'GET',
        url: String(headers['location']),
        headers: { authorization: 'Bearer any' },
      })
      expect(created.statusCode).toBe(200)
    }
  })

  if (route.operation.body !== undefined) {
    test('refuses a body that is not JSON, lacks a member or is not announced as JSON', async () => {
      const { send: request } = await build(fixture)
      const call = callOf(route)
      const text = String(call.payload)
      expect((await request({ ...call, payload: text.slice(0, -1) })).body.message).toMatch(
        /^Invalid input JSON on line 1/,
      )
      expect((await request({ ...call, payload: '{}' })).body.message).toContain('Some required fields were not set')
      const { statusCode, headers } = await request({ ...call, headers: { authorization: 'Bearer any' } })
      expect(statusCode).toBe(415)
      expect(headers['x-mock-hint']).toContain(route.operation.sampleBody)
    })
  }
})

describe.each(ofCampaign)('$name on $version', (route) => {
  const sendFor = async (id: string) => (await build(fixture)).send(callOf(route, id))

  test('404 for an unknown campaign; a delete does not mind', async () => {
    const answer = await sendFor(unknownId)
    if (route.name === 'campaigns.delete') expect(answer.statusCode).toBe(204)
    else {
      expect(answer).toMatchObject({
        statusCode: 404,
        body: {
          message: `Campaign not found: ${unknownId}`,
          category: 'OBJECT_NOT_FOUND',
          context: { campaignGuid: [unknownId] },
        },
      })
    }
  })

  test('400 for an id that is not a GUID', async () => {
    expect(await sendFor('spring')).toMatchObject({
      statusCode: 400,
      body: { message: "Invalid request: 'Invalid campaign GUID format: spring'", category: 'VALIDATION_ERROR' },
    })
  })

  test('403 for an id that the fixture forbids', async () => {
    expect(await sendFor(forbiddenId)).toMatchObject({
      statusCode: 403,
      body: { message: 'You may not see this campaign', category: 'PERMISSION_DENIED' },
    })
  })
})
