import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assetTypes } from '../src/contract/schemas/asset.ts'
import { inputErrors } from '../src/contract/schemas/batch.ts'
import { fill } from '../src/text/template.ts'
import { type Campaign, fromFixture, present, type View } from '../src/world/campaigns/campaign.ts'
import { ErrorRenderings, joinList, Renderings } from '../src/world/campaigns/rendering.ts'

const names = ['hs_name', 'hs_notes', 'hs_goal', 'mine', '__proto__', 'ünï']
const text = fc.string({ unit: 'binary' })
const metrics = fc.dictionary(fc.constantFrom('SENT', 'VIEWS', 'SUBMISSIONS', 'CONVERSION_RATE'), fc.nat())
const day = fc.constantFrom('2026-05-01', '2026-05-02', '2026-06-01')
const asset = fc.oneof(
  fc.record({ id: text, name: text, metrics }, { requiredKeys: ['id'] }),
  fc.record({ id: text, daily: fc.dictionary(day, metrics) }),
)
const campaign: fc.Arbitrary<Campaign> = fc
  .record({
    id: text,
    properties: fc.dictionary(fc.constantFrom(...names), fc.option(text)),
    assets: fc.dictionary(
      fc.constantFrom(...(Object.keys(assetTypes) as (keyof typeof assetTypes)[])),
      fc.array(asset, { maxLength: 60 }),
      { maxKeys: 3 },
    ),
  })
  .map(fromFixture)
const view: fc.Arbitrary<View> = fc.record({
  properties: fc.subarray(names).map((some) => some.sort()),
  period: fc.option(fc.constantFrom({ start: '2026-05-01', end: '2026-05-31' }), { nil: undefined }),
  baseUrl: fc.constantFrom('http://127.0.0.1:4010', 'http://mock'),
})

test('a cached rendering equals a new one byte for byte', () => {
  const renderings = new Renderings()
  fc.assert(
    fc.property(fc.array(campaign, { maxLength: 5 }), fc.array(view, { minLength: 1 }), (campaigns, views) => {
      // Each view twice: once made, once copied.
      for (const view of [...views, ...views]) {
        const joined = joinList('{"results":[', renderings.render(campaigns, view), ']}')
        const results = campaigns.map((campaign) => present(campaign, view))
        expect(joined.toString()).toBe(JSON.stringify({ results }))
      }
    }),
    { numRuns: 200 },
  )
})

test('more than is kept is rendered all the same', () => {
  const renderings = new Renderings()
  const large = fromFixture({ id: 'large', properties: { mine: 'x'.repeat(1024 * 1024) } })
  for (let i = 0; i < 40; i++) {
    const view = { properties: ['mine', `other-${i}`], baseUrl: '' }
    const [json] = renderings.render([large], view)
    expect(json?.toString()).toBe(JSON.stringify(present(large, view)))
  }
})

test('a campaign that is replaced is rendered again', () => {
  const renderings = new Renderings()
  const view = { properties: ['hs_name'], baseUrl: '' }
  const said = (name: string) =>
    renderings.render([fromFixture({ id: 'a', properties: { hs_name: name } })], view).join()
  expect([said('old'), said('new')].map((json) => JSON.parse(json).properties.hs_name)).toEqual(['old', 'new'])
})

test('an error is its template with the id in each place, for any id', () => {
  const errors = new ErrorRenderings((error) => error)
  fc.assert(
    fc.property(text, fc.constantFrom(...Object.values(inputErrors)), (id, error) => {
      const [json = ''] = errors.render([{ error, id }])
      expect(json).toBe(JSON.stringify(fill(error, { id })))
    }),
  )
})

test('an error of a fixture is unchanged, with its braces', () => {
  const error = { status: 'error', category: 'FORBIDDEN', message: 'not {id}', context: { '{id}': ['{id}'] } }
  const [json = ''] = new ErrorRenderings((error) => error).render([{ error, id: undefined }])
  expect(JSON.parse(json)).toEqual(error)
})
