import { describe, expect, test } from 'vitest'
import { shippedScenarios } from '../../src/world/scenarios/shipped-scenarios.ts'
import { started } from '../command.ts'
import { balancers } from './balancers.ts'
import { call, type Outcome } from './outcome.ts'
import { startBehind } from './replicas.ts'

const names = Object.keys(shippedScenarios)
/** The longest scenario has three steps before it ends. */
const callsPerScenario = 4

/** The outcomes of a few calls with each built-in scenario. */
async function outcomes(url: string): Promise<Record<string, Outcome[]>> {
  const entries = names.map(async (name) => {
    const results: Outcome[] = []
    for (let i = 0; i < callsPerScenario; i++) results.push(await call(url, `portal-of-${name}~${name}`))
    return [name, results] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

test('there are 22 built-in scenarios', () => {
  expect(names.length).toBe(22)
})

describe.each(balancers)('$name', (balancer) => {
  test('passes every built-in scenario on as the mock sends it', async () => {
    const { url } = await startBehind(balancer)
    const alone = await started(['--log-level', 'silent'])
    const [direct = {}, balanced = {}] = await Promise.all([outcomes(alone.url), outcomes(url)])
    for (const name of names) expect(balanced[name], name).toEqual(direct[name])
    const first = (name: string) => balanced[name]?.[0]
    expect(first('reset')).toMatchObject({ status: 'no response' })
    expect(first('bad-gateway')).toMatchObject({ status: 502, isComplete: true })
    expect(first('truncated')).toMatchObject({ status: 200, isComplete: false })
    expect(first('drip')).toMatchObject({ status: 200, isComplete: true, isInPieces: true })
  })

  test('passes a URL on that the mock refuses as too long', async () => {
    const { url } = await startBehind(balancer)
    expect(await call(url, 'any', 'POST', `?properties=${'x'.repeat(20_000)}`)).toMatchObject({ status: 414 })
  })
})
