import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Campaign } from '../src/world/campaigns/campaign.ts'
import { Campaigns } from '../src/world/campaigns/campaigns.ts'
import { CampaignGenerator } from '../src/world/campaigns/generator.ts'
import { PackedCampaigns } from '../src/world/campaigns/packed-campaigns.ts'
import { type CampaignSort, isCampaignSort, parseSort, sortKeys } from '../src/world/campaigns/sort.ts'
import { canonicalId, type FixtureCampaign } from '../src/world/fixtures/fixture.ts'

const sorts: readonly CampaignSort[] = [...sortKeys, '-hs_name', '-createdAt', '-updatedAt']

function pack(fixtures: readonly FixtureCampaign[]): PackedCampaigns {
  const packed = new PackedCampaigns()
  for (const fixture of fixtures) if (!packed.has(canonicalId(fixture.id))) packed.add(fixture)
  return packed
}

/** A layer over generated campaigns only. */
async function generated(size: number, seed = 42) {
  const generator = await CampaignGenerator.create(size, seed)
  return { generator, campaigns: Campaigns.of(pack([]), [], generator).layer() }
}

const order = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0)

describe('a page equals that part of all campaigns, sorted', () => {
  /** A placeholder for the id of a generated campaign. */
  const placeholder = 'generated'
  const guid = 'ABCDEF00-0000-4000-8000-000000000001'
  const names = ['', 'Spring', 'spring', 'Spring 2', 'Über', '"hs_name":"x', 'back\\slash\\"', '\ud800', '\ue000', '😀']
  const parts = ['', 's', 'SPRING', '2', '2026', ' 2', 'ü', '\ud83d']

  const properties = fc.record(
    {
      createdAt: fc.constant('"updatedAt":"1"'),
      hs_name: fc.oneof(fc.constantFrom(...names, null), fc.string({ unit: 'binary', maxLength: 3 })),
      hs_notes: fc.constantFrom('"hs_name":"other"', '\\'),
    },
    { requiredKeys: [] },
  )

  const campaignWith = (...ids: readonly string[]): fc.Arbitrary<FixtureCampaign> =>
    fc.record(
      {
        id: fc.constantFrom(...ids, placeholder),
        properties,
        createdAt: fc.constantFrom('2025-01-01', '2026-03-04T05:06:07.008+02:00', '0000-01-01T00:00:00+01:00'),
        updatedAt: fc.constantFrom('2026-05-01', '2025-12-31T23:59:59.999Z', '9999-12-31T23:59:59-01:00'),
        assets: fc.constant({ FORM: [{ id: '1', metrics: { hs_name: 1 } }] }),
      },
      { requiredKeys: ['id'] },
    )

  const change = fc.record({
    isPortal: fc.boolean(),
    put: fc.option(campaignWith('a', 'c', 'd', guid.toLowerCase())),
    remove: fc.constantFrom('a', 'b', guid, placeholder),
  })

  const world = fc.record({
    size: fc.oneof(fc.constant(0), fc.nat(150)),
    index: fc.nat(),
    fixtures: fc.array(campaignWith('a', 'b', 'c', guid), { maxLength: 12 }),
    hasError: fc.boolean(),
    changes: fc.array(change, { maxLength: 8 }),
  })

  const query = fc.record({
    sort: fc.constantFrom(...sorts),
    name: fc.option(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 2 })), { nil: undefined }),
    offset: fc.nat(170),
    limit: fc.nat(20),
  })

  /** The ids of all campaigns that match, in order. */
  function sortAll(campaigns: Iterable<Campaign>, sort: CampaignSort, part = ''): string[] {
    const { key, isDescending } = parseSort(sort)
    const nameOf = (campaign: Campaign) => campaign.properties['hs_name'] ?? ''
    const sortValue = (campaign: Campaign) => (key === 'hs_name' ? nameOf(campaign) : Date.parse(campaign[key]))
    const ids = [...campaigns]
      .filter((campaign) => nameOf(campaign).toLowerCase().includes(part.toLowerCase()))
      .sort((a, b) => order(sortValue(a), sortValue(b)) || order(canonicalId(a.id), canonicalId(b.id)))
      .map(({ id }) => id)
    return isDescending ? ids.reverse() : ids
  }

  test('for any fixture, generator and two layers of changes', async () => {
    await fc.assert(
      fc.asyncProperty(world, query, async ({ size, index, fixtures, hasError, changes }, query) => {
        const generator = await CampaignGenerator.create(size, 42)
        const id = size === 0 ? placeholder : generator.idAt(index % size)
        const replaceId = <T extends FixtureCampaign>(given: T) => (given.id === placeholder ? { ...given, id } : given)
        const packed = pack(fixtures.map(replaceId))
        const error = { id, category: 'PERMISSION_DENIED', message: 'You may not see this campaign' }
        const errors = hasError && !packed.has(id) ? [error] : []
        const mock = Campaigns.of(packed, errors, size === 0 ? undefined : generator).layer()
        const portal = mock.layer()
        for (const { isPortal, put, remove } of [undefined, ...changes].map((one) => one ?? { ...noChange })) {
          const layer = isPortal ? portal : mock
          if (put !== null) layer.put(replaceId(put))
          else layer.remove(remove === placeholder ? id : remove)
          // Also makes sure that nothing of before a change is shown after it.
          expectPages(mock, query)
          expectPages(portal, query)
        }
      }),
      { numRuns: 100 },
    )
  })

  const noChange = { isPortal: false, put: null, remove: 'none' }

  function expectPages(layer: Campaigns, query: Parameters<Campaigns['page']>[0]): void {
    const all = [...layer.list()]
    const expected = sortAll(all, query.sort, query.name)
    const { total, campaigns } = layer.page(query)
    expect(layer.size).toBe(all.length)
    expect(total).toBe(expected.length)
    expect(campaigns.map(({ id }) => id)).toEqual(expected.slice(query.offset, query.offset + query.limit))
  }

  test.each(sortKeys)('for more generated campaigns than there are names, by %s', async (key) => {
    const size = 2 * 24_000 + 777
    const { generator } = await generated(size)
    const values = Array.from({ length: size }, (_, index) => {
      const id = generator.idAt(index)
      return { id, name: String(generator.valueOf(id, 'hs_name')), value: generator.valueOf(id, key) ?? '' }
    }).sort((a, b) => order(a.value, b.value))
    for (const part of [undefined, 'SPRING', '2026 ', 'travel launch 2025 #', '#2', '3', '2026 #3', '# 3']) {
      const expected = values.filter(({ name }) => name.toLowerCase().includes(part?.toLowerCase() ?? ''))
      const list = generator.list(key, part)
      expect(list.size).toBe(expected.length)
      for (let rank = 0; rank < list.size; rank += 7) {
        expect([list.valueAt(rank), list.idAt(rank)]).toEqual([expected[rank]?.value, expected[rank]?.id])
      }
    }
  })
})

describe('of ten million generated campaigns', () => {
  const size = 10_000_000

  test.each(sorts)('all pages by %s are in order, from the first to the last', async (sort) => {
    const { campaigns } = await generated(size)
    const { key, isDescending } = parseSort(sort)
    const pages = [0, 1, 4_999_999, 5_000_000, 9_999_990].map((offset) => campaigns.page({ sort, offset, limit: 20 }))
    expect(pages.map(({ total }) => total)).toEqual(pages.map(() => size))
    expect(pages.map((page) => page.campaigns.length)).toEqual([20, 20, 20, 20, 10])
    const values = pages
      .flatMap((page) => page.campaigns)
      .map((one) => (key === 'hs_name' ? one.properties[key] : one[key]))
    const distinct = [...new Set(values)]
    expect(distinct).toHaveLength(20 + 1 + 20 + 1 + 10)
    expect(distinct).toEqual(isDescending ? distinct.toSorted().reverse() : distinct.toSorted())
  })

  test.each(sortKeys)('descending order by %s is the exact reverse', async (key) => {
    const { campaigns } = await generated(size)
    const ids = (sort: CampaignSort, offset: number) =>
      campaigns.page({ sort, offset, limit: 10 }).campaigns.map(({ id }) => id)
    for (const offset of [0, 3_333_333, size - 10]) {
      expect(ids(`-${key}`, size - 10 - offset)).toEqual(ids(key, offset).reverse())
    }
  })

  test('consecutive pages have no gap and no duplicate, with a filter too', async () => {
    const { campaigns } = await generated(size)
    const page = (offset: number, limit: number) =>
      campaigns.page({ sort: '-updatedAt', name: 'launch 2026 #17', offset, limit }).campaigns.map(({ id }) => id)
    const whole = page(0, 100)
    expect(new Set(whole).size).toBe(100)
    expect([0, 30, 60, 90].flatMap((offset) => page(offset, 30)).slice(0, 100)).toEqual(whole)
  })

  test('the total of a name is exact: 416 blocks have all 24 000 names, the last has 16 000 of them', async () => {
    const { campaigns } = await generated(size)
    const total = (name: string) => campaigns.page({ sort: 'hs_name', name, offset: 0, limit: 0 }).total
    expect(total('2025') + total('2026')).toBe(size)
    expect(total('#')).toBe(size - 24_000)
    expect(total('#417')).toBe(16_000)
    expect(total('#416')).toBe(24_000)
    expect(total('#41')).toBe(24_000 * 8 + 16_000)
    expect(total('#418')).toBe(0)
    expect(total('Spring Outdoors Launch 2026 #41')).toBeOneOf([8, 9])
    expect(total('no such name')).toBe(0)
  })

  test('only campaigns of the page are generated, and those of an earlier page are not generated again', async () => {
    const { generator, campaigns } = await generated(size)
    const find = vi.spyOn(generator, 'find')
    campaigns.put({ id: 'a', properties: { hs_name: 'Holiday' } })
    campaigns.remove(generator.idAt(0))
    find.mockClear()
    campaigns.page({ sort: '-hs_name', name: 'holiday', offset: 250_000, limit: 50 })
    expect(find).toHaveBeenCalledTimes(50)
    campaigns.page({ sort: '-hs_name', name: 'HOLIDAY', offset: 250_010, limit: 50 })
    expect(find).toHaveBeenCalledTimes(60)
  })
})

test('a sort is one of three keys, with or without a minus', () => {
  expect(sorts.filter(isCampaignSort)).toEqual(sorts)
  expect(['', '-', 'name', '--hs_name', 'hs_name ', '+createdAt'].filter(isCampaignSort)).toEqual([])
  expect(parseSort('-updatedAt')).toEqual({ key: 'updatedAt', isDescending: true })
})

test('a changed campaign is at its new place in the order, and only there', async () => {
  const { generator, campaigns } = await generated(1000)
  const first = campaigns.page({ sort: 'hs_name', offset: 0, limit: 1 }).campaigns[0]
  campaigns.put({ id: first?.id ?? '', properties: { hs_name: 'Zoo' } })
  campaigns.put({ id: 'mine', properties: { hs_name: 'Aardvark' } })
  campaigns.remove(generator.idAt(500))
  const page = (offset: number) => campaigns.page({ sort: 'hs_name', offset, limit: 1 })
  expect(page(0)).toMatchObject({ total: 1000, campaigns: [{ id: 'mine' }] })
  expect(page(999).campaigns[0]?.id).toBe(first?.id)
})

test('a fixture may replace a generated campaign, which then counts once', async () => {
  const generator = await CampaignGenerator.create(10, 42)
  const campaigns = Campaigns.of(
    pack([{ id: generator.idAt(3), properties: { hs_name: 'Mine' } }]),
    [],
    generator,
  ).layer()
  expect(campaigns.size).toBe(10)
  expect(campaigns.page({ sort: '-hs_name', offset: 0, limit: 50 }).campaigns).toHaveLength(10)
  expect(campaigns.page({ sort: 'hs_name', name: 'mine', offset: 0, limit: 50 }).total).toBe(1)
})
