import { describe, expect, test } from 'vitest'
import { assetTypes } from '../src/contract/schemas/asset.ts'
import { campaignStatuses, readableProperties } from '../src/contract/schemas/campaign.ts'
import { isDay } from '../src/text/dates.ts'
import { CampaignGenerator } from '../src/world/campaigns/generator.ts'
import { isGuid } from '../src/world/fixtures/fixture.ts'
import { build } from './build.ts'

const someIndexes = [0, 1, 2, 99, 4_321, 9_999_999]
const size = 10_000_000

/** The functions of a generator, by themselves. */
async function createGenerator(count: number, seed: number) {
  const generator = await CampaignGenerator.create(count, seed)
  return { idAt: (index: number) => generator.idAt(index), find: (id: string) => generator.find(id) }
}

describe('an id', () => {
  test('is a version 4 GUID that no other index has', async () => {
    const { idAt } = await createGenerator(size, 42)
    const ids = Array.from({ length: 10_000 }, (_, i) => idAt(i))
    expect(ids.every((id) => isGuid(id) && id[14] === '4' && '89ab'.includes(id.charAt(19)))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('contains its index, and finds the campaign', async () => {
    const { idAt, find } = await createGenerator(size, 42)
    expect(someIndexes.map((index) => find(idAt(index))?.id)).toEqual(someIndexes.map(idAt))
  })

  test('past the size, of another seed, or with one digit changed finds nothing', async () => {
    const { idAt, find } = await createGenerator(size, 42)
    const other = await createGenerator(size, 43)
    const changed = idAt(5).replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))
    const forged = idAt(5).replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
    expect([idAt(size), other.idAt(5), changed, forged, 'no-guid', ''].map(find)).toEqual(Array(6).fill(undefined))
  })
})

describe('a campaign', () => {
  test('is the same for the same seed and index after any other requests', async () => {
    const one = await createGenerator(size, 42)
    const two = await createGenerator(100, 42)
    for (const index of [7, 3, 99, 3]) one.find(one.idAt(index))
    expect(JSON.stringify(two.find(two.idAt(3)))).toBe(JSON.stringify(one.find(one.idAt(3))))
  })

  test('is another for another seed', async () => {
    const [one, two] = [await createGenerator(10, 1), await createGenerator(10, 2)]
    expect(one.find(one.idAt(0))?.properties).not.toEqual(two.find(two.idAt(0))?.properties)
  })

  test('has the readable properties, with values as HubSpot writes them', async () => {
    const { idAt, find } = await createGenerator(200, 42)
    for (let i = 0; i < 200; i++) {
      const { properties = {} } = find(idAt(i)) ?? {}
      expect(Object.keys(properties).sort()).toEqual([...readableProperties])
      expect(properties).toMatchObject({
        hs_name: expect.stringMatching(/^\S.* \d{4}$/),
        hs_start_date: expect.toSatisfy(isDay),
        hs_end_date: expect.toSatisfy(isDay),
        hs_campaign_status: expect.toBeOneOf([...campaignStatuses]),
        hs_currency_code: expect.stringMatching(/^[A-Z]{3}$/),
        hs_budget_items_sum_amount: expect.stringMatching(/^\d+\.\d{1,2}$/),
        hs_spend_items_sum_amount: expect.stringMatching(/^\d+\.\d{1,2}$/),
        hs_color_hex: expect.stringMatching(/^#[0-9a-f]{6}$/),
        hs_object_id: expect.stringMatching(/^[1-9]\d+$/),
        hs_owner: expect.stringMatching(/^[1-9]\d+$/),
      })
      expect(Number(properties['hs_spend_items_sum_amount'])).toBeLessThanOrEqual(
        Number(properties['hs_budget_items_sum_amount']),
      )
    }
  })

  test('has a name and times of its own, all before today, and the year of its creation in its name', async () => {
    const generator = await CampaignGenerator.create(size, 42)
    const ids = Array.from({ length: 30_000 }, (_, i) => generator.idAt(i * 333))
    const [names, created, updated] = (['hs_name', 'createdAt', 'updatedAt'] as const).map((key) =>
      ids.map((id) => generator.valueOf(id, key) ?? ''),
    )
    for (const values of [names, created, updated]) expect(new Set(values).size).toBe(ids.length)
    const today = Date.parse('2026-07-01T00:00:00Z')
    const neverUpdated = ids.filter((_, i) => updated?.[i] === created?.[i])
    for (const [i, name] of names?.entries() ?? []) {
      const [from, to] = [Number(created?.[i]), Number(updated?.[i])]
      if (from > to || to >= today) throw new Error(`${name} was created at ${from} and updated at ${to}`)
      expect(name).toMatch(new RegExp(`\\b${new Date(from).getUTCFullYear()}( #\\d+)?$`))
    }
    expect(neverUpdated.length / ids.length).toBeCloseTo(1 / 8, 1)
  })

  test('lies ahead of today if it is planned, behind it if it is completed, else around it', async () => {
    const { idAt, find } = await createGenerator(300, 42)
    const statuses = new Set<string | null | undefined>()
    for (let i = 0; i < 300; i++) {
      const { hs_start_date: start, hs_end_date: end, hs_campaign_status: status } = find(idAt(i))?.properties ?? {}
      const isAhead = `${start}` > '2026-07-01'
      const isOver = `${end}` < '2026-07-01'
      expect([isAhead, isOver]).toEqual([status === 'planned', status === 'completed'])
      statuses.add(status)
    }
    expect(statuses).toEqual(new Set(campaignStatuses))
  })

  test('was created before it starts, and updated after it was created', async () => {
    const { idAt, find } = await createGenerator(200, 42)
    for (let i = 0; i < 200; i++) {
      const { createdAt = '', updatedAt = '', properties = {} } = find(idAt(i)) ?? {}
      expect(createdAt <= updatedAt).toBe(true)
      expect(createdAt.slice(0, 10) <= `${properties['hs_start_date']}`).toBe(true)
      expect(`${properties['hs_start_date']}` < `${properties['hs_end_date']}`).toBe(true)
    }
  })

  test('has assets of several types, whose ids and metrics are of their type', async () => {
    const { idAt, find } = await createGenerator(200, 42)
    const seen = new Set<string>()
    for (let i = 0; i < 200; i++) {
      for (const [type, assets] of Object.entries(find(idAt(i))?.assets ?? {})) {
        seen.add(type)
        for (const { id, daily = {} } of assets) {
          expect(type === 'FORM' ? isGuid(id) : /^[1-9]\d+$/.test(id)).toBe(true)
          for (const metrics of Object.values(daily)) {
            expect(Object.keys(metrics)).toEqual([...assetTypes[type as keyof typeof assetTypes]])
          }
        }
      }
    }
    expect(seen.size).toBeGreaterThan(8)
  })
})

describe('generated campaigns are served', () => {
  test('are added to those of the fixture, by the fixture or by an option, which wins', async () => {
    const generate = { campaigns: 5, seed: 7 }
    expect((await build({ generate })).app.world.campaigns.size).toBe(5)
    expect((await build({ generate, campaigns: [{ id: 'a' }] }, { campaigns: 9 })).app.world.campaigns.size).toBe(10)
  })

  test('have metrics by day, in responses that match the contract', async () => {
    const { idAt } = await createGenerator(size, 7)
    const { read } = await build({ generate: { campaigns: size, seed: 7 } })
    const ids = Array.from({ length: 50 }, (_, i) => idAt(i * 190_000))
    const answer = await read(ids, { query: 'properties=hs_name&startDate=2024-01-01&endDate=2026-12-31' })
    expect(answer).toMatchObject({ statusCode: 200 })
    expect(answer.body.results.map(({ id }: { id: string }) => id)).toEqual(ids)
    expect(answer.text).toMatch(/"metrics":\{"SENT":\d+,"OPEN":\d+,"CLICKS":\d+\}/)
  })

  test('use the seed of the option, else of the fixture, else 1', async () => {
    const first = async (seed: number) => (await createGenerator(1, seed)).idAt(0)
    const generate = { campaigns: 1, seed: 2 }
    expect((await build({ generate }, { seed: 3 })).app.world.campaigns.list().next().value?.id).toBe(await first(3))
    expect((await build({ generate })).app.world.campaigns.list().next().value?.id).toBe(await first(2))
    expect((await build({}, { campaigns: 1 })).app.world.campaigns.list().next().value?.id).toBe(await first(1))
    expect((await build({})).app.world.campaigns.list().next().value?.id).toBeUndefined()
  })
})

test('the faker that tests of the same process use is not touched', async () => {
  const { faker } = await import('@faker-js/faker/locale/en')
  faker.seed(5)
  const expected = faker.number.int()
  faker.seed(5)
  const { idAt, find } = await createGenerator(10, 42)
  find(idAt(0))
  expect(faker.number.int()).toBe(expected)
})
