import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { writeDecimal } from '../src/text/decimal.ts'
import { sumOf } from '../src/world/campaigns/budget-items.ts'

/** A time limit for thousands of requests on a busy machine. */
const patient = { timeout: 600_000 }

const portals = ['one', 'two'] as const
type PortalName = (typeof portals)[number]
const v3 = '/marketing/v3/campaigns'
const fixtureId = '11111111-1111-4111-8111-111111111111'
const generated = 3

interface ModelCampaign {
  properties: Record<string, string>
  assets: string[]
  items: { id: string; amount: number }[]
}

/** The expected campaigns of each portal, by the ids that the mock assigned. */
type Model = Record<PortalName, Map<string, ModelCampaign>>

interface Real {
  call: (
    portal: PortalName,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ) => Promise<Answer>
  reset: (portal: PortalName) => void
  fixture: () => Map<string, ModelCampaign>
}

interface Answer {
  status: number
  body: ReturnType<typeof JSON.parse>
}

const fixtureCampaign = () => ({ properties: { hs_name: 'Fixture' }, assets: ['1'], items: [{ id: '1', amount: 0.1 }] })

/** The properties that the model knows. */
function readable(properties: Readonly<Record<string, string | null>>): Record<string, string> {
  const known = ['hs_name', 'hs_notes'].flatMap((name) => (properties[name] ? [[name, properties[name]] as const] : []))
  return Object.fromEntries(known)
}

async function start(): Promise<{ model: Model; real: Real; close: () => Promise<void> }> {
  const campaign = {
    id: fixtureId,
    properties: { hs_name: 'Fixture' },
    assets: { FORM: [{ id: '1' }] },
    budgetItems: [{ id: '1', name: 'A', amount: 0.1 }],
  }
  const app = await createApp({ fixtures: { campaigns: [campaign], generate: { campaigns: generated, seed: 5 } } })
  const names = [...app.world.campaigns.list(fixtureId)].map(({ id, properties, assets, budgetItems }) => {
    const forms = (assets.FORM ?? []).map((asset) => asset.id)
    return [id, { properties: readable(properties), assets: forms, items: budgetItems }] as const
  })
  const fixture = () =>
    new Map<string, ModelCampaign>(structuredClone([[fixtureId, fixtureCampaign()] as const, ...names]))
  const real: Real = {
    call: async (portal, method, path, body) => {
      const headers = { authorization: `Bearer ${portal}` }
      const url = path === '' || path.startsWith('?') ? v3 + path : `${v3}/${path}`
      const { statusCode, payload } = await app.inject({ method, url, headers, ...(body && { payload: body }) })
      return { status: statusCode, body: payload === '' ? undefined : JSON.parse(payload) }
    },
    reset: (portal) => app.world.resetPortal(portal),
    fixture,
  }
  return { model: { one: fixture(), two: fixture() }, real, close: () => app.close() }
}

type Command = fc.AsyncCommand<Model, Real>

/** A command for the n-th campaign of a portal, if there is one. */
function onCampaign(
  name: string,
  run: (
    target: { portal: PortalName; id: string; campaign: ModelCampaign | undefined },
    model: Model,
    real: Real,
  ) => Promise<void>,
): fc.Arbitrary<Command> {
  return fc.tuple(fc.constantFrom(...portals), fc.nat(6)).map(([portal, n]) => ({
    check: () => true,
    run: async (model, real) => {
      const ids = [...model[portal].keys()]
      const id = ids[n] ?? '00000000-0000-4000-8000-000000000404'
      await run({ portal, id, campaign: model[portal].get(id) }, model, real)
    },
    toString: () => `${name} ${n} in ${portal}`,
  }))
}

const text = fc.constantFrom('', 'a', 'b', 'Ü', '😀', '2026-05-20')
const properties = fc.dictionary(fc.constantFrom('hs_name', 'hs_notes', 'region', '__proto__', 'toString'), text)

const changed = (before: Record<string, string>, changes: Record<string, string>) =>
  Object.fromEntries(
    [...Object.entries(before), ...Object.entries(changes)].reduce((map, [name, value]) => {
      if (value === '') map.delete(name)
      else map.set(name, value)
      return map
    }, new Map<string, string>()),
  )

const create = fc.tuple(fc.constantFrom(...portals), properties, fc.boolean()).map(
  ([portal, given, inBatch]): Command => ({
    check: () => true,
    run: async (model, real) => {
      const { status, body } = inBatch
        ? await real.call(portal, 'POST', 'batch/create', { inputs: [{ properties: given }] })
        : await real.call(portal, 'POST', '', { properties: given })
      if (!given['hs_name']) return expect(status).toBe(inBatch ? 207 : 400)
      expect(status).toBe(201)
      const { id } = inBatch ? body.results[0] : body
      model[portal].set(id, { properties: changed({}, given), assets: [], items: [] })
    },
    toString: () => `create ${JSON.stringify(given)} in ${portal}`,
  }),
)

const update = properties.chain((given) =>
  onCampaign(`update ${JSON.stringify(given)}`, async ({ portal, id, campaign }, _model, real) => {
    const { status, body } = await real.call(portal, 'PATCH', id, { properties: given })
    expect(status).toBe(campaign === undefined ? 404 : 200)
    if (campaign === undefined) return
    campaign.properties = changed(campaign.properties, given)
    expect(body.id).toBe(id)
  }),
)

const remove = fc.boolean().chain((inBatch) =>
  onCampaign('delete', async ({ portal, id }, model, real) => {
    const path = inBatch ? 'batch/archive' : id
    const answer = await real.call(
      portal,
      inBatch ? 'POST' : 'DELETE',
      path,
      inBatch ? { inputs: [{ id }] } : undefined,
    )
    expect(answer.status).toBe(204)
    model[portal].delete(id)
  }),
)

const attach = fc.tuple(fc.constantFrom('1', '2'), fc.boolean()).chain(([asset, isAttached]) =>
  onCampaign(isAttached ? 'attach' : 'detach', async ({ portal, id, campaign }, _model, real) => {
    const { status } = await real.call(portal, isAttached ? 'PUT' : 'DELETE', `${id}/assets/FORM/${asset}`)
    expect(status).toBe(campaign === undefined ? 404 : 204)
    if (campaign === undefined) return
    const others = campaign.assets.filter((one) => one !== asset)
    if (!isAttached) campaign.assets = others
    else if (others.length === campaign.assets.length) campaign.assets.push(asset)
  }),
)

const addItem = fc.constantFrom(0.1, 0.2, 12.34, 0, -5, 1e6).chain((amount) =>
  onCampaign(`add ${amount}`, async ({ portal, id, campaign }, model, real) => {
    const { status, body } = await real.call(portal, 'POST', `${id}/budget`, { name: 'A', amount, order: 0 })
    expect(status).toBe(campaign === undefined ? 404 : 201)
    if (campaign === undefined) return
    expect(campaign.items.map((item) => item.id)).not.toContain(body.id)
    campaign.items.push({ id: body.id, amount })
    expect(model[portal].get(id)).toBe(campaign)
  }),
)

const removeItem = fc.nat(3).chain((n) =>
  onCampaign(`remove item ${n}`, async ({ portal, id, campaign }, _model, real) => {
    const item = campaign?.items[n]
    const { status } = await real.call(portal, 'DELETE', `${id}/budget/${item?.id ?? '999999'}`)
    expect(status).toBe(item === undefined ? 404 : 204)
    if (campaign !== undefined) campaign.items = campaign.items.filter((one) => one !== item)
  }),
)

const look = onCampaign('look at', async ({ portal, id, campaign }, model, real) => {
  const query = 'properties=hs_name,hs_notes,region,__proto__,toString,hs_budget_items_sum_amount'
  const one = await real.call(portal, 'GET', `${id}?${query}`)
  const batch = (await real.call(portal, 'POST', `batch/read?${query}`, { inputs: [{ id }] })).body
  const list = (await real.call(portal, 'GET', '?limit=100')).body
  expect(list.total).toBe(model[portal].size)
  expect(list.results.map((result: { id: string }) => result.id).sort()).toEqual([...model[portal].keys()].sort())
  if (campaign === undefined) {
    expect(one.status).toBe(404)
    expect(batch).toMatchObject({ results: [], numErrors: 1 })
    return
  }
  expect(batch.results).toEqual([one.body])
  const sum = campaign.items.length === 0 ? {} : { hs_budget_items_sum_amount: writeDecimal(sumOf(campaign.items)) }
  expect(new Map(Object.entries(one.body.properties))).toEqual(
    new Map(Object.entries({ ...campaign.properties, ...sum })),
  )
  const forms = one.body.assets.FORM?.results ?? []
  expect(forms.map((asset: { id: string }) => asset.id)).toEqual(campaign.assets)
  const { budgetItems } = (await real.call(portal, 'GET', `${id}/budget/totals`)).body
  expect(budgetItems.map((item: { id: string }) => item.id)).toEqual(campaign.items.map((item) => item.id))
})

const reset = fc.constantFrom(...portals).map(
  (portal): Command => ({
    check: () => true,
    run: async (model, real) => {
      real.reset(portal)
      model[portal] = real.fixture()
    },
    toString: () => `reset ${portal}`,
  }),
)

test('reads agree with a simple model after any sequence of writes, in portals that never cross', patient, async () => {
  const all = [create, update, remove, attach, addItem, removeItem, look, look, look, reset]
  await fc.assert(
    fc.asyncProperty(fc.commands(all, { maxCommands: 40 }), async (commands) => {
      const { model, real, close } = await start()
      await fc.asyncModelRun(() => ({ model, real }), commands)
      await close()
    }),
    { numRuns: 150 },
  )
})
