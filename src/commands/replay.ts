import { createApp } from '../app.ts'
import type { Fidelity } from '../contract/fidelity.ts'
import { firstDifference } from '../drift/import/compare-bodies.ts'
import type { Unused } from '../drift/import/fixture-draft.ts'
import { parseBody, type RecordedExchange } from '../drift/recording/recorded-exchange.ts'
import { pathOfUrl } from '../drift/recording/recorded-operation.ts'
import type { Fixture } from '../world/fixtures/fixture.ts'

/** How a mock with a fixture answers recorded requests. */
export interface Replay {
  readonly fidelity: Fidelity
  /** The number of requests that were recorded. */
  readonly requests: number
  /** The responses that differ from the recorded ones. */
  readonly differences: readonly Unused[]
}

/** Sends recorded requests to a mock with a fixture, in both fidelities. @returns the result with fewer differences */
export async function replay(fixture: Fixture, exchanges: readonly RecordedExchange[]): Promise<Replay> {
  const [documented, observed] = [
    await replayWith('documented', fixture, exchanges),
    await replayWith('observed', fixture, exchanges),
  ]
  return documented.differences.length <= observed.differences.length ? documented : observed
}

async function replayWith(
  fidelity: Fidelity,
  fixtures: Fixture,
  exchanges: readonly RecordedExchange[],
): Promise<Replay> {
  const app = await createApp({ fixtures, fidelity })
  const differences: Unused[] = []
  let requests = 0
  for (const { place, request, body } of exchanges) {
    if (request === undefined) continue
    requests += 1
    const { payload } = await app.inject({
      method: request.method === 'POST' ? 'POST' : 'GET',
      url: pathAndQuery(request.url),
      headers: { authorization: 'Bearer replay', 'content-type': 'application/json' },
      ...(request.body !== undefined && { payload: request.body }),
    })
    const path = firstDifference(body, parseBody(payload))
    if (path !== undefined) differences.push({ place, reason: `the mock responds with another value at ${path}` })
  }
  await app.close()
  return { fidelity, requests, differences }
}

function pathAndQuery(url: string): string {
  return pathOfUrl(url) + url.replace(/^[^?#]*|#.*$/gs, '')
}
