import { describe, expect, test } from 'vitest'
import { batchReadPaths } from './batch-read-paths.ts'
import { build, spring, summer, unknownId } from './build.ts'

describe('which campaigns', () => {
  test('returns campaigns in the order of the request', async () => {
    const { read } = await build()
    const { body } = await read([summer.id, spring.id])
    expect(body.results.map(({ id }: { id: string }) => id)).toEqual([summer.id, spring.id])
  })

  test('returns a campaign once if it is requested twice', async () => {
    const { read } = await build()
    expect((await read([spring.id, summer.id, spring.id])).body.results).toHaveLength(2)
  })

  test('returns one error for an unknown id that is requested twice', async () => {
    const { read } = await build()
    expect((await read([unknownId, unknownId])).body.numErrors).toBe(1)
  })

  test('finds a campaign by a GUID in capital letters, once', async () => {
    const id = 'abcdefab-cdef-4bcd-8fab-cdefabcdefab'
    const { read } = await build({ campaigns: [{ id }] })
    expect((await read([id.toUpperCase(), id])).body.results).toMatchObject([{ id }])
  })

  test('finds a fixture campaign whose id is not a GUID', async () => {
    const { read } = await build({ campaigns: [{ id: 'spring-2026' }] })
    expect((await read(['spring-2026'])).body.results).toMatchObject([{ id: 'spring-2026' }])
  })

  test('returns COMPLETE without results for no inputs', async () => {
    const { read } = await build()
    expect(await read([])).toMatchObject({ statusCode: 200, body: { status: 'COMPLETE', results: [] } })
  })

  test('accepts 50 inputs', async () => {
    const { read } = await build(undefined, { campaigns: 0 })
    const ids = Array.from({ length: 50 }, (_, i) => `no-guid-${i}`)
    expect(await read(ids)).toMatchObject({ statusCode: 207, body: { numErrors: 50 } })
  })

  test('accepts at most 50 inputs, counted with duplicates', async () => {
    const { read } = await build()
    expect((await read(Array(51).fill(spring.id))).statusCode).toBe(400)
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])('does not know an id %j', async (id) => {
    const { read } = await build()
    expect((await read([id])).body).toMatchObject({ results: [], numErrors: 1 })
  })
})

describe('a campaign in a response', () => {
  test('has its members in the recorded order', async () => {
    const { read } = await build()
    const { body } = await read([spring.id])
    expect(Object.keys(body)).toEqual(['completedAt', 'status', 'startedAt', 'results'])
    const members = ['id', 'properties', 'createdAt', 'updatedAt', 'businessUnits', 'assets']
    expect(Object.keys(body.results[0])).toEqual(members)
  })

  test('has defaults: the default business unit, no assets, a fixed creation date', async () => {
    const { read } = await build()
    const { body } = await read([spring.id])
    const createdAt = '2026-01-01T00:00:00.000Z'
    expect(body.results).toMatchObject([
      { businessUnits: [{ id: 0 }], assets: {}, createdAt, updatedAt: createdAt, properties: {} },
    ])
  })

  test('writes moments in UTC with three decimals, however the fixture writes them', async () => {
    const { read } = await build({
      campaigns: [{ id: 'a', createdAt: '2026-05-06T01:00:00+02:00', updatedAt: '2026-06-01' }],
    })
    expect((await read(['a'])).body.results).toMatchObject([
      { createdAt: '2026-05-05T23:00:00.000Z', updatedAt: '2026-06-01T00:00:00.000Z' },
    ])
  })

  test('has the times of the given clock', async () => {
    const { read } = await build(undefined, { clock: { now: () => Date.UTC(2026, 4, 20, 18, 40, 27, 104) } })
    const moment = '2026-05-20T18:40:27.104Z'
    expect((await read([])).body).toMatchObject({ startedAt: moment, completedAt: moment })
  })
})

describe('properties', () => {
  test('has no properties without ?properties or with an empty one', async () => {
    const { read } = await build()
    expect((await read([spring.id])).body.results[0].properties).toEqual({})
    expect((await read([spring.id], { query: 'properties=' })).body.results[0].properties).toEqual({})
  })

  test.each([
    ['joined with commas', 'properties=hs_name,hs_campaign_status'],
    ['joined with encoded commas', 'properties=hs_name%2Chs_campaign_status'],
    ['repeated', 'properties=hs_name&properties=hs_campaign_status'],
    ['joined and repeated', 'properties=hs_name,hs_name&properties=hs_campaign_status,hs_name'],
    ['with spaces around', 'properties=%20hs_name%20,%20hs_campaign_status'],
    ['with empty names between', 'properties=,hs_name,,hs_campaign_status,'],
  ])('takes names %s, and answers them sorted', async (_how, query) => {
    const { read } = await build()
    const { body } = await read([spring.id], { query })
    expect(JSON.stringify(body.results[0].properties)).toBe('{"hs_campaign_status":"active","hs_name":"Spring"}')
  })

  test('leaves out a property without a value, be it empty, null or not there', async () => {
    const { read } = await build()
    const { body } = await read([spring.id], { query: 'properties=hs_notes,hs_goal,hs_utm,nobody_has_this' })
    expect(body.results[0].properties).toEqual({})
  })

  test('never has hs_goal, which HubSpot removed', async () => {
    const { read } = await build({ campaigns: [{ id: 'a', properties: { hs_goal: 'More leads' } }] })
    expect((await read(['a'], { query: 'properties=hs_goal' })).body.results[0].properties).toEqual({})
  })

  test('has a custom property, even one named like a prototype key', async () => {
    const properties = JSON.parse('{"__proto__": "polluted", "constructor": "built"}')
    const { read } = await build({ campaigns: [{ id: 'a', properties }] })
    const { text } = await read(['a'], { query: 'properties=__proto__,constructor,toString' })
    expect(text).toContain('"properties":{"__proto__":"polluted","constructor":"built"}')
  })
})

describe('metrics', () => {
  const assets = {
    MARKETING_EMAIL: [{ id: '1', name: 'Fixed', metrics: { SENT: 1200, OPEN: 480 } }],
    LANDING_PAGE: [
      {
        id: '2',
        daily: { '2026-05-06': { VIEWS: 7 }, '2026-05-07': { VIEWS: 5, CUSTOMERS: 1 }, '2026-06-01': { VIEWS: 1 } },
      },
    ],
    FORM: [
      {
        id: '3',
        daily: {
          '2026-05-06': { VIEWS: 10, SUBMISSIONS: 1, CONVERSION_RATE: 0.1 },
          '2026-05-07': { VIEWS: 30, SUBMISSIONS: 9, CONVERSION_RATE: 0.3 },
        },
      },
    ],
    CTA: [{ id: '4' }],
  }
  const metricsIn = async (query: string) => {
    const { read } = await build({ campaigns: [{ id: 'a', assets }] })
    const { body } = await read(['a'], { query })
    const shown: typeof body = body.results[0].assets
    return Object.fromEntries(Object.entries(assets).map(([type]) => [type, shown[type].results[0].metrics]))
  }

  test.each(['', 'startDate=2026-05-01', 'endDate=2026-05-31'])(
    'are not there without both dates: ?%s',
    async (query) => {
      expect(Object.values(await metricsIn(query))).toEqual([undefined, undefined, undefined, undefined])
    },
  )

  test('are the fixed totals, or the days summed over the period with both its ends', async () => {
    expect(await metricsIn('startDate=2026-05-06&endDate=2026-05-07')).toMatchObject({
      MARKETING_EMAIL: { SENT: 1200, OPEN: 480 },
      LANDING_PAGE: { VIEWS: 12, CUSTOMERS: 1 },
    })
  })

  test('are 0 where a key has no day in the period', async () => {
    expect((await metricsIn('startDate=2026-06-01&endDate=2026-06-01'))['LANDING_PAGE']).toEqual({
      VIEWS: 1,
      CUSTOMERS: 0,
    })
  })

  test('have the rate of the whole period, not a sum of rates', async () => {
    expect((await metricsIn('startDate=2026-05-06&endDate=2026-05-07'))['FORM']).toEqual({
      VIEWS: 40,
      SUBMISSIONS: 10,
      CONVERSION_RATE: 0.25,
    })
    expect((await metricsIn('startDate=2020-01-01&endDate=2020-01-01'))['FORM']).toMatchObject({ CONVERSION_RATE: 0 })
  })

  test('have a summed rate if views or submissions are unknown', async () => {
    const daily = { '2026-05-06': { CONVERSION_RATE: 0.25, VIEWS: 4 } }
    const { read } = await build({ campaigns: [{ id: 'a', assets: { FORM: [{ id: '1', daily }] } }] })
    const { body } = await read(['a'], { query: 'startDate=2026-05-06&endDate=2026-05-06' })
    expect(body.results[0].assets.FORM.results[0].metrics).toEqual({ CONVERSION_RATE: 0.25, VIEWS: 4 })
  })

  test('are empty for an asset without metrics in the fixture', async () => {
    expect((await metricsIn('startDate=2026-05-06&endDate=2026-05-07'))['CTA']).toEqual({})
  })

  test('use the first of two start dates', async () => {
    const twice = 'startDate=2026-06-01&startDate=2020-01-01&endDate=2026-06-30'
    expect((await metricsIn(twice))['LANDING_PAGE']).toEqual({ VIEWS: 1, CUSTOMERS: 0 })
  })
})

describe('assets', () => {
  const emails = (count: number) => Array.from({ length: count }, (_, i) => ({ id: String(1000 + i) }))

  test('are only of the types a campaign has', async () => {
    const { read } = await build({ campaigns: [{ id: 'a', assets: { CTA: [{ id: '1' }], FORM: [] } }] })
    expect((await read(['a'])).body.results[0].assets).toEqual({ CTA: { results: [{ id: '1' }] } })
  })

  test('are all there up to 50 of a type, without paging', async () => {
    const { read } = await build({ campaigns: [{ id: 'a', assets: { EMAIL: emails(50) } }] })
    const { EMAIL } = (await read(['a'])).body.results[0].assets
    expect(EMAIL.results).toHaveLength(50)
    expect(EMAIL).not.toHaveProperty('paging')
  })

  test('are 50 of a type past that, with a cursor from the last and a link back to this mock', async () => {
    const { read } = await build({ campaigns: [{ id: spring.id, assets: { EMAIL: emails(51) } }] })
    const { EMAIL } = (await read([spring.id], { headers: { host: 'mock.test:4010' } })).body.results[0].assets
    const after = encodeURIComponent(Buffer.from('50').toString('base64'))
    expect(EMAIL.results).toHaveLength(50)
    expect(EMAIL.paging.next).toEqual({
      after,
      link: `http://mock.test:4010/marketing/v3/campaigns/${spring.id}/assets/EMAIL?after=${after}`,
    })
    expect(after).toBe('NTA%3D')
  })
})

test('an id of half a character is linked all the same', async () => {
  const id = 'half \ud800'
  const assets = { CTA: Array.from({ length: 51 }, (_, i) => ({ id: String(i) })) }
  const { read } = await build({ campaigns: [{ id, assets }] })
  expect((await read([id])).body.results[0].assets.CTA.paging.next.link).toContain('/half%20%EF%BF%BD/')
})

describe('the request', () => {
  test.each(batchReadPaths)('is served on $url', async ({ url }) => {
    const { read } = await build()
    expect(await read([spring.id], { path: url })).toMatchObject({ statusCode: 200, body: { status: 'COMPLETE' } })
  })

  test.each(['*/*', 'application/json, */*;q=0.8', 'text/html'])('may accept %s', async (accept) => {
    const { read } = await build()
    const { headers } = await read([spring.id], { headers: { accept } })
    expect(headers['content-type']).toBe('application/json;charset=utf-8')
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'may come as %s',
    async (contentType) => {
      const { read } = await build()
      expect((await read([spring.id], { headers: { 'content-type': contentType } })).statusCode).toBe(200)
    },
  )

  test.each(['hapikey', 'archived=false&x=1', 'properties[]=hs_name'])(
    'may carry the unknown query ?%s',
    async (query) => {
      const { read } = await build()
      expect((await read([spring.id], { query })).body.results[0].properties).toEqual({})
    },
  )

  test('may end its body in a newline, and begin it with a byte order mark', async () => {
    const { post } = await build()
    expect((await post(`\ufeff{"inputs":[{"id":"${spring.id}"}]}\n`)).statusCode).toBe(200)
  })

  test('may have unknown members, even __proto__', async () => {
    const { post } = await build()
    const body = `{"__proto__":{"inputs":[]},"more":1,"inputs":[{"id":"${spring.id}","idProperty":"x"}]}`
    expect((await post(body)).body.results).toHaveLength(1)
  })
})

test('every response has the headers of HubSpot and the version of the mock', async () => {
  const { read } = await build()
  const { headers } = await read([spring.id])
  expect(headers).toMatchObject({
    'content-type': 'application/json;charset=utf-8',
    'x-hubspot-correlation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    vary: 'origin',
    'access-control-allow-credentials': 'false',
    'x-content-type-options': 'nosniff',
    'x-mock-version': expect.stringMatching(/^\d+\.\d+\.\d+/),
  })
  expect(headers).not.toHaveProperty('x-mock-scenario')
})
