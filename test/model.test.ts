import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { Controls } from '../src/world/controls/controls.ts'
import { v3 } from './build.ts'

const tokens = ['one', 'two'] as const
const ids = ['a', 'b', 'c'] as const
const perTenSeconds = 4

type Target = (typeof tokens)[number] | undefined

/** A simple model of the state of a mock. */
interface Model {
  now: number
  mock: { changes: Map<string, string | null>; play: string | null }
  portals: Map<string, PortalModel>
}

interface PortalModel {
  changes: Map<string, string | null>
  play: string | null | undefined
  /** How many steps of `backlog` were taken since it last began. */
  taken: number
  calls: number[]
  journal: { status: number; ids: string[] }[]
}

const newPortal = (): PortalModel => ({ changes: new Map(), play: undefined, taken: 0, calls: [], journal: [] })
const newModel = (): Model => ({ now: 0, mock: { changes: new Map(), play: null }, portals: new Map() })

function portalOf(model: Model, token: string): PortalModel {
  const portal = model.portals.get(token) ?? newPortal()
  model.portals.set(token, portal)
  return portal
}

interface Real {
  app: Awaited<ReturnType<typeof createApp>>
  setNow: (now: number) => void
}

type Command = fc.AsyncCommand<Model, Real>

const controlsOf = (real: Real, target: Target) => new Controls(real.app.world, target)

function command(name: string, run: (model: Model, real: Real) => Promise<void> | void): Command {
  return { check: () => true, run: async (model, real) => run(model, real), toString: () => name }
}

const target = fc.constantFrom<Target>(...tokens, undefined)

const put = fc.tuple(target, fc.constantFrom(...ids), fc.constantFrom('x', 'y')).map(([to, id, name]) =>
  command(`put ${id}=${name} in ${to}`, (model, real) => {
    controlsOf(real, to).campaigns.put({ id, properties: { hs_name: name } })
    const { changes } = to === undefined ? model.mock : portalOf(model, to)
    changes.set(id, name)
  }),
)

const nameIn = (model: Model, token: string | undefined, id: string): string | null => {
  const own = token === undefined ? undefined : portalOf(model, token).changes.get(id)
  return own !== undefined
    ? own
    : (model.mock.changes.get(id) ?? (id === 'a' && !model.mock.changes.has('a') ? 'fixture' : null))
}

const remove = fc.tuple(target, fc.constantFrom(...ids)).map(([to, id]) =>
  command(`remove ${id} from ${to}`, (model, real) => {
    const was = nameIn(model, to, id) !== null
    const removing = () => controlsOf(real, to).campaigns.remove(id)
    if (!was) expect(removing).toThrow('no campaign')
    else removing()
    if (was) (to === undefined ? model.mock : portalOf(model, to)).changes.set(id, null)
  }),
)

const play = target.map((to) =>
  command(`play backlog in ${to}`, (model, real) => {
    controlsOf(real, to).scenarios.play('backlog')
    if (to === undefined) {
      model.mock.play = 'backlog'
      for (const portal of model.portals.values()) if (portal.play === undefined) portal.taken = 0
    } else Object.assign(portalOf(model, to), { play: 'backlog', taken: 0 })
  }),
)

const stop = target.map((to) =>
  command(`stop in ${to}`, (model, real) => {
    controlsOf(real, to).scenarios.stop()
    if (to === undefined) model.mock.play = null
    else portalOf(model, to).play = null
  }),
)

const reset = target.map((to) =>
  command(`reset ${to}`, (model, real) => {
    controlsOf(real, to).reset()
    if (to !== undefined) model.portals.delete(to)
    else Object.assign(model, { mock: newModel().mock, portals: new Map() })
  }),
)

const clear = target.map((to) =>
  command(`clear the journal of ${to}`, (model, real) => {
    controlsOf(real, to).journal.clear()
    const cleared = to === undefined ? [...model.portals.values()] : [portalOf(model, to)]
    for (const portal of cleared) portal.journal = []
  }),
)

const wait = fc.constantFrom(100, 3000, 10_000).map((ms) =>
  command(`wait ${ms} ms`, (model, real) => {
    model.now += ms
    real.setNow(model.now)
  }),
)

const backlog = ['PENDING', 'PENDING', 'PROCESSING']

const ask = fc.tuple(fc.constantFrom(...tokens), fc.subarray([...ids])).map(([token, asked]) =>
  command(`${token} asks for ${asked}`, async (model, real) => {
    const answer = await real.app.inject({
      method: 'POST',
      url: `${v3}?properties=hs_name`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      payload: JSON.stringify({ inputs: asked.map((id) => ({ id })) }),
    })
    const portal = portalOf(model, token)
    const plays = portal.play === undefined ? model.mock.play : portal.play
    const status = plays === null ? 'COMPLETE' : (backlog[portal.taken] ?? 'COMPLETE')
    if (plays !== null) portal.taken += 1
    portal.calls = portal.calls.filter((at) => at > model.now - 10_000)
    const left = perTenSeconds - portal.calls.length
    const names = asked.map((id) => nameIn(model, token, id))
    const found = status === 'COMPLETE' ? names.filter((name) => name !== null) : []
    const failed = status === 'COMPLETE' ? names.length - found.length : 0
    const statusCode = left === 0 ? 429 : failed > 0 ? 207 : 200
    expect(answer.statusCode).toBe(statusCode)
    expect(answer.headers['x-hubspot-ratelimit-remaining']).toBe(String(Math.max(0, left - 1)))
    portal.journal.push({ status: statusCode, ids: asked })
    if (left === 0) return
    portal.calls.push(model.now)
    const body = answer.json()
    expect(body.status).toBe(status)
    expect(body.results.map(({ properties }: { properties: { hs_name: string } }) => properties.hs_name)).toEqual(found)
    expect(body.numErrors ?? 0).toBe(failed)
  }),
)

const look = target.map((to) =>
  command(`look at ${to}`, (model, real) => {
    const { campaigns, journal } = controlsOf(real, to)
    const known = ids.filter((id) => nameIn(model, to, id) !== null)
    expect(
      campaigns
        .list()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(known)
    if (to === undefined) expect(real.app.world.campaigns.size).toBe(known.length)
    const exchanges =
      to === undefined ? [...model.portals.values()].flatMap((portal) => portal.journal) : portalOf(model, to).journal
    const seen = journal.list().map(({ status, ids: asked }) => ({ status, ids: asked }))
    if (to === undefined) expect(seen).toHaveLength(exchanges.length)
    else expect(seen).toEqual(exchanges)
  }),
)

test('any sequence of control calls, requests and resets leaves the mock as a simple model has it', async () => {
  const commands = fc.commands([put, remove, play, stop, reset, clear, wait, ask, ask, ask, look], { maxCommands: 60 })
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      let now = 0
      const app = await createApp({
        fixtures: { campaigns: [{ id: 'a', properties: { hs_name: 'fixture' } }] },
        rateLimit: perTenSeconds,
        clock: { now: () => now },
      })
      const real = { app, setNow: (to: number) => (now = to) }
      await fc.asyncModelRun(() => ({ model: newModel(), real }), sequence)
      await app.close()
    }),
    { numRuns: 200 },
  )
})
