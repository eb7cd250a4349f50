import { describe, expect, test } from 'vitest'
import type { Scenario } from '../src/index.ts'
import { writeProblem } from '../src/text/schema-problems.ts'
import { Controls } from '../src/world/controls/controls.ts'
import { checkScenario } from '../src/world/scenarios/check-scenario.ts'
import { build, spring } from './build.ts'

const thirdFails: Scenario = { repeat: true, steps: [{ times: 2 }, { error: 'locked', times: 1 }] }

/** An app with a stopped clock, and the statuses of a number of calls. */
async function counted(fixture: Parameters<typeof build>[0] = { campaigns: [spring] }) {
  const built = await build(fixture)
  const controls = new Controls(built.app.world, 'any')
  controls.clock.stop()
  const statuses = async (count: number, token = 'any') => {
    const all: number[] = []
    for (let i = 0; i < count; i++) all.push((await built.read([], { token })).statusCode)
    return all
  }
  return { ...built, controls, statuses }
}

test('steps that repeat start again after the last one', async () => {
  const { controls, statuses } = await counted()
  controls.scenarios.play(thirdFails)
  expect(await statuses(7)).toEqual([200, 200, 423, 200, 200, 423, 200])
  expect(controls.scenarios.playing).toEqual({ name: 'unnamed', step: 1, left: 1 })
})

test('a fixture and the control API can define them', async () => {
  const { send, statuses, controls } = await counted({ scenarios: { third: thirdFails } })
  expect(await statuses(6, 'any~third')).toEqual([200, 200, 423, 200, 200, 423])
  const second = { repeat: true, steps: [{ times: 1 }, { error: 'locked', times: 1 }] }
  const defined = await send({ method: 'PUT', url: '/_mock/scenarios/second', payload: second })
  expect(defined.body).toEqual({ name: 'second', ...second })
  expect(await statuses(4, 'any~second')).toEqual([200, 423, 200, 423])
  expect((await send({ method: 'GET', url: '/_mock/scenarios' })).body).toMatchObject({ second, third: thirdFails })
  expect((await send({ method: 'PUT', url: '/_mock/scenario', payload: second })).body).toEqual({
    name: 'unnamed',
    step: 1,
    left: 1,
  })
  expect(await statuses(4)).toEqual([200, 423, 200, 423])
  expect(controls.fixture().scenarios).toMatchObject({ third: thirdFails, unnamed: second })
})

test('a scenario by its name cannot be made to repeat by the call that plays it', async () => {
  const { send } = await build()
  const refused = await send({ method: 'PUT', url: '/_mock/scenario', payload: { name: 'pending', repeat: true } })
  expect([refused.statusCode, refused.body.message]).toEqual([400, 'body: expected a name or steps, one of the two'])
})

test('steps by time repeat, and a year without a call takes no time', async () => {
  const { controls, statuses } = await counted()
  controls.scenarios.play({ repeat: true, steps: [{ for: 1 }, { error: 'locked', for: 2 }] })
  const seen = []
  for (const advance of [0, 1, 1, 1, 1, 365 * 24 * 3_600_000 * 3, 1]) {
    controls.clock.advance(advance)
    seen.push(...(await statuses(1)))
  }
  expect(seen).toEqual([200, 423, 423, 200, 423, 423, 423])
})

test('a step by time after one by calls starts the next round when it ends', async () => {
  const { controls, statuses } = await counted()
  controls.scenarios.play({ repeat: true, steps: [{ times: 1 }, { error: 'locked', for: 10 }] })
  expect(await statuses(3)).toEqual([200, 423, 423])
  controls.clock.advance('1d')
  expect(await statuses(2)).toEqual([200, 423])
})

test('a step by time has its whole time left until a call takes it', async () => {
  const { controls } = await counted()
  controls.scenarios.play([{ error: 'locked', for: 10 }])
  controls.clock.advance(20)
  expect(controls.scenarios.playing).toEqual({ name: 'unnamed', step: 1, left: 10 })
})

test('a step by calls in between waits for its call', async () => {
  const { controls, statuses } = await counted()
  controls.scenarios.play({ repeat: true, steps: [{ error: 'locked', for: 10 }, { times: 1 }] })
  expect(await statuses(1)).toEqual([423])
  controls.clock.advance('1d')
  expect(await statuses(2)).toEqual([200, 423])
})

describe('an invalid scenario is refused with what is wrong', () => {
  test.each([
    [
      { repeat: true, steps: [{ times: 1 }, { error: 'locked' }] },
      'steps[1]: does not end, so the steps cannot repeat: add times or for',
    ],
    [{ repeat: 'yes', steps: [{}] }, 'repeat: expected true or false, got "yes"'],
    [{ repat: true, steps: [{}] }, 'repat: unknown key "repat": did you mean "repeat"?'],
    [{ repeat: true, step: [{ times: 1 }] }, 'step: unknown key "step": did you mean "steps"?'],
    [{ steps: [] }, 'steps: expected at least one item'],
    [7, 'expected a list of steps, or {repeat: true, steps: […]}, got 7'],
    [[{ statsu: 'PENDING' }], '[0].statsu: unknown key "statsu": did you mean "status"?'],
    [[{ status: 'PENDNG' }], '[0].status: unknown value "PENDNG": did you mean "PENDING"?'],
    [[{ results: 'al' }], '[0].results: unknown value "al": did you mean "all"?'],
    [[{ error: 'rate-limted' }], '[0].error: unknown value "rate-limted": did you mean "rate-limited"?'],
    [[{ error: { statsu: 500 } }], '[0].error.statsu: unknown key "statsu": did you mean "status"?'],
    [[{ error: { status: 5 } }], '[0].error.status: expected a whole number from 200 to 599, got 5'],
    [[{ error: { status: 500, headers: { a: 1 } } }], '[0].error.headers.a: expected text'],
    [[{ delay: { mn: 1, max: 2 } }], '[0].delay.mn: unknown key "mn": did you mean "min"?'],
    [[{ fault: 'resett' }], '[0].fault: unknown value "resett": did you mean "reset"?'],
    [[{ on: 'batch.raed' }], '[0].on: unknown value "batch.raed": did you mean "batch.read"?'],
    [[{ on: ['batch.read', 'batch.raed'] }], '[0].on[1]: unknown value "batch.raed": did you mean "batch.read"?'],
    [[{ when: { id: ['a'] } }], '[0].when.id: unknown key "id": did you mean "ids"?'],
    [[{ when: {} }], '[0].when: expected at least one of: ids, properties'],
    [[{ when: { ids: [] } }], '[0].when.ids: expected at least one item'],
    [[{ when: { ids: 'a' } }], '[0].when.ids: expected an array, got "a"'],
    [{ repeat: true, steps: [{ time: 1 }] }, 'steps[0].time: unknown key "time": did you mean "times"?'],
  ])('%j', (scenario, message) => {
    const [problem] = checkScenario(scenario)
    expect(problem && writeProblem(problem)).toContain(message)
  })
})

test('the control API and fixtures name the place in repeated steps', async () => {
  const { send } = await build()
  const payload = { repeat: true, steps: [{ error: 'lockd', times: 1 }] }
  const refused = await send({ method: 'PUT', url: '/_mock/scenarios/a', payload })
  expect(refused.body.message).toMatch(/^body steps\[0\]\.error: unknown value "lockd": did you mean "locked"\?/)
  await expect(build({ scenarios: { a: Object(payload) } })).rejects.toThrow(
    'scenarios.a.steps[0].error: unknown value',
  )
})
