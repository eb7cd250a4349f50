import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { type Fixture, type Steps, startMock } from '../src/index.ts'
import { Controls } from '../src/world/controls/controls.ts'
import { openPortal } from '../src/world/controls/portals.ts'
import { build, spring, summer, unknownId } from './build.ts'

/** A time limit for thousands of requests on a busy machine. */
const patient = { timeout: 600_000 }

const v3 = '/marketing/v3/campaigns'

const start: Fixture = {
  account: { portalId: 7, companyCurrency: 'EUR' },
  campaigns: [
    { ...spring, budgetItems: [{ name: 'Print', amount: 0.1 }], reports: { metrics: { sessions: 3 } } },
    { ...summer, assets: { FORM: [{ id: '1', daily: { '2026-05-06': { VIEWS: 2 } } }] } },
  ],
  errors: [{ id: unknownId, category: 'PERMISSION_DENIED', message: 'No' }],
  generate: { campaigns: 12, seed: 5 },
  scenarios: { mine: [{ status: 'PENDING', times: 1 }] },
}

type App = Awaited<ReturnType<typeof createApp>>

/** Every id that a change can name: of the fixture, generated, with an error, and new. */
const generated = await withApp(start, (app) =>
  Promise.resolve([...app.world.campaigns.list(summer.id)].map((c) => c.id)),
)
const ids = [spring.id, summer.id, unknownId, ...generated.slice(0, 3), '99999999-9999-4999-8999-999999999999', 'plain']

async function withApp<T>(fixtures: Fixture, use: (app: App) => Promise<T>): Promise<T> {
  const app = await createApp({ fixtures, frozen: true })
  try {
    return await use(app)
  } finally {
    await app.close()
  }
}

async function call(app: App, method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) {
  const headers = { authorization: 'Bearer one' }
  const { statusCode, body } = await app.inject({ method, url, headers, ...(payload && { payload }) })
  return { statusCode, body: body.replace(/"correlationId":"[^"]*"/g, '') }
}

/** What a client of the portal `one` sees, without a scenario and then with that of the fixture. */
async function observe(app: App, { scenario, scenarios }: Fixture) {
  const portal = new Controls(app.world, 'one')
  portal.scenarios.stop()
  const query = 'properties=hs_name,hs_notes,hs_budget_items_sum_amount&startDate=2026-05-01&endDate=2026-05-31'
  const responses = [
    await call(app, 'GET', `${v3}?limit=100&sort=-hs_name&properties=hs_name`),
    await call(app, 'GET', `${v3}?limit=3&name=s`),
    await call(app, 'POST', `${v3}/batch/read?${query}`, { inputs: [...ids, ...generated].map((id) => ({ id })) }),
    await call(app, 'GET', '/account-info/v3/details'),
  ]
  for (const id of ids) {
    for (const part of ['', '/assets/FORM', '/budget/totals', '/reports/metrics']) {
      responses.push(await call(app, 'GET', `${v3}/${id}${part}`))
    }
  }
  if (scenario !== undefined) portal.scenarios.play(scenarios?.[scenario] ?? scenario)
  return { campaigns: portal.campaigns.list({ limit: 1000 }), responses, played: await reads(app, 6) }
}

async function reads(app: App, count: number) {
  const all = []
  for (let i = 0; i < count; i++) all.push(await call(app, 'POST', `${v3}/batch/read`, { inputs: [{ id: spring.id }] }))
  return all
}

type Change = (app: App, controls: Controls) => unknown
const id = fc.constantFrom(...ids)
const properties = fc.dictionary(fc.constantFrom('hs_name', 'hs_notes'), fc.constantFrom('', 'a', 'Ü', 'spring'))
const steps = fc.constantFrom<Steps[]>(
  [{ error: 'locked', times: 2 }, { status: 'PENDING' }],
  [{ on: 'batch.read', error: 'rate-limited', times: 1 }],
)
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(id, properties).map(
    ([id, properties]): Change =>
      (_, { campaigns }) =>
        campaigns.put({ id, properties }),
  ),
  id.map(
    (id): Change =>
      (_, { campaigns }) =>
        campaigns.remove(id),
  ),
  id.map(
    (id): Change =>
      (_, { errors }) =>
        errors.put({ id, category: 'LOCKED', message: 'No', context: { a: ['b'] } }),
  ),
  id.map(
    (id): Change =>
      (_, { errors }) =>
        errors.remove(id),
  ),
  fc.constantFrom('mine', 'unnamed', 'pending').chain((name) =>
    steps.map(
      (steps): Change =>
        (_, { scenarios }) =>
          scenarios.define(name, steps),
    ),
  ),
  fc.oneof(steps, fc.constantFrom('mine', 'backlog')).map(
    (what): Change =>
      (_, { scenarios }) =>
        scenarios.play(what),
  ),
  fc.constant<Change>((_, { scenarios }) => scenarios.stop()),
  properties.map(
    (properties): Change =>
      (app) =>
        call(app, 'POST', v3, { properties: { hs_name: 'n', ...properties } }),
  ),
  fc.tuple(id, properties).map(
    ([id, properties]): Change =>
      (app) =>
        call(app, 'PATCH', `${v3}/${id}`, { properties }),
  ),
  id.map(
    (id): Change =>
      (app) =>
        call(app, 'POST', `${v3}/${id}/budget`, { name: 'Radio', amount: 0.2, order: 1 }),
  ),
  id.map(
    (id): Change =>
      (app) =>
        call(app, 'POST', `${v3}/batch/archive`, { inputs: [{ id }] }),
  ),
)
const changes = fc.array(fc.tuple(fc.boolean(), change), { maxLength: 15 })

test('a mock that loads the exported fixture of a portal, or of a mock, responds as that did', patient, async () => {
  await fc.assert(
    fc.asyncProperty(changes, fc.boolean(), async (changes, isPortal) => {
      await withApp(start, async (app) => {
        const [mock, one] = [new Controls(app.world), new Controls(app.world, 'one')]
        for (const [isOfMock, change] of changes) {
          // A change that is refused, such as the removal of what does not exist, changes nothing.
          await Promise.resolve(app)
            .then((app) => change(app, isOfMock ? mock : one))
            .catch(() => {})
        }
        if (!isPortal) one.reset()
        const exported = JSON.parse(JSON.stringify((isPortal ? one : mock).fixture()))
        const before = await observe(app, exported)
        await withApp(exported, async (copy) => {
          expect(new Controls(copy.world).fixture()).toEqual(exported)
          expect(await observe(copy, exported)).toEqual(before)
        })
      })
    }),
    { numRuns: 20 },
  )
})

test('generated campaigns are in an exported fixture by their number, but for those that were changed', async () => {
  const { app } = await build({ campaigns: [spring], generate: { campaigns: 100_000, seed: 7 } })
  const { campaigns, fixture } = bound(new Controls(app.world))
  const [, first, second] = campaigns.list({ limit: 3 }).map(({ id }) => id)
  campaigns.put({ id: String(first), properties: { hs_name: 'Changed' } })
  campaigns.remove(String(second))
  const exported = fixture()
  expect(exported).toMatchObject({ generate: { campaigns: 100_000, seed: 7 }, removed: [second] })
  expect(exported.campaigns?.map(({ id }) => id)).toEqual([spring.id, first])
})

const bound = (controls: Controls) => ({ campaigns: controls.campaigns, fixture: () => controls.fixture() })

test('built-in scenarios are exported by their name, and steps without a name get one', async () => {
  const { app } = await build({ campaigns: [] })
  const one = new Controls(app.world, 'one')
  one.scenarios.play('backlog')
  expect(one.fixture()).toMatchObject({ scenario: 'backlog' })
  expect(one.fixture()).not.toHaveProperty('scenarios')
  const steps = [{ error: 'locked' as const }]
  one.scenarios.define('unnamed', [{ status: 'PENDING' }])
  one.scenarios.play(steps)
  expect(one.fixture()).toMatchObject({ scenario: 'unnamed-2', scenarios: { 'unnamed-2': steps } })
  expect(new Controls(app.world).fixture()).not.toHaveProperty('scenario')
})

test('the properties that a fixture defines are in the fixture that is exported', async () => {
  const properties = [{ name: 'region', label: 'Region', type: 'string' as const }]
  const { app } = await build({ campaigns: [], properties })
  expect(new Controls(app.world).fixture()).toMatchObject({ properties })
})

test('an exported fixture names what it leaves out, and has no secret', async () => {
  const secrets = {
    tokens: { 'secret-token': {} },
    oauth: { clients: [{ clientId: 'app', clientSecret: 'secret-client' }], refreshTokens: ['secret-refresh'] },
  }
  const { app, send } = await build({ campaigns: [spring], ...secrets })
  const portal = openPortal(app.world, 'secret-other')
  portal.rateLimit.set({ limit: 3 })
  portal.clock.stop()
  expect(portal.fixture()['x-left-out']).toEqual(['tokens', 'oauth', 'rateLimit', 'clock'])
  const { body, text } = await send({ method: 'GET', url: '/_mock/fixture' })
  expect(body).toMatchObject({ 'x-left-out': ['tokens', 'oauth'], campaigns: [{ id: spring.id }] })
  expect(text).not.toContain('secret')
})

test('an exported fixture is a copy that starts another mock', async () => {
  const mock = await startMock({ fixtures: { campaigns: [spring] } })
  onTestFinished(() => mock.close())
  const fixture = mock.fixture()
  expect(fixture['x-left-out']).toEqual([])
  Object.assign(fixture.campaigns?.[0] ?? {}, { properties: { hs_name: 'Other' } })
  expect(mock.campaigns.get(spring.id).properties['hs_name']).toBe('Spring')
  const copy = await startMock({ fixtures: fixture })
  onTestFinished(() => copy.close())
  expect(copy.campaigns.get(spring.id).properties).toEqual({ hs_name: 'Other' })
})
