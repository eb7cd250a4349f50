import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { shippedScenarios } from '../../src/world/scenarios/shipped-scenarios.ts'
import { started } from '../command.ts'
import { balancers } from './balancers.ts'
import { startBehind } from './replicas.ts'

const names = Object.keys(shippedScenarios)
/** The longest scenario has three steps before it ends. */
const callsPerScenario = 4

/** What a client sees of one response. */
interface Outcome {
  readonly status: number | 'no response'
  readonly body: string
  readonly isComplete: boolean
  readonly isInPieces: boolean
}

/** Sends a batch read on a connection of its own. */
function call(url: string, token: string, query = ''): Promise<Outcome> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return new Promise((resolve) => {
    const noResponse: Outcome = { status: 'no response', body: '', isComplete: false, isInPieces: false }
    const sent = request(
      `${url}/marketing/v3/campaigns/batch/read${query}`,
      { method: 'POST', headers, agent: false },
      (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece) => pieces.push(piece))
        response.on('error', () => {})
        response.on('close', () => {
          const body = Buffer.concat(pieces).toString()
          const { statusCode: status = 0, complete: isComplete } = response
          resolve({ status, body: timeless(body), isComplete, isInPieces: pieces.length > maximumPiecesOfWhole })
        })
      },
    )
    sent.on('error', () => resolve(noResponse))
    sent.end('{"inputs":[{"id":"430318c4-abb7-4bf7-a75e-9c5fa8f475a6"}]}')
  })
}

/** A body that is sent as a whole can still arrive in two or three pieces. */
const maximumPiecesOfWhole = 3

/** A body without its timestamps and ids, which differ between two responses. */
function timeless(body: string): string {
  return body.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time').replace(/"correlationId":"[^"]+"/, '"correlationId":"id"')
}

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
    expect(await call(url, 'any', `?properties=${'x'.repeat(20_000)}`)).toMatchObject({ status: 414 })
  })
})
