import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { v3 } from './build.ts'

const portals = 200
const requests = 20
const scenarios = ['pending', 'processing', 'canceled', undefined] as const

test('200 portals with 20 requests each, all at once, never see each other', async () => {
  // The clock is stopped, so that all requests are in the same ten seconds.
  const mock = await startMock({ fixtures: {}, rateLimit: requests - 5, clock: { now: () => 0 } })
  onTestFinished(() => mock.close())
  const tokens = Array.from({ length: portals }, (_, i) => `portal-${i}`)
  for (const [i, token] of tokens.entries()) {
    const { campaigns, scenarios: scripts } = mock.portal(token)
    campaigns.put({ id: `only-${i}`, properties: { hs_name: token } })
    const scenario = scenarios[i % scenarios.length]
    if (scenario !== undefined) scripts.play(scenario)
  }

  const agent = new Agent({ keepAlive: true, maxSockets: portals })
  onTestFinished(() => agent.destroy())
  const ask = async (token: string, id: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const asked = request(`${mock.url}${v3}?properties=hs_name`, { method: 'POST', agent, headers })
    asked.end(JSON.stringify({ inputs: [{ id }] }))
    const [answer]: IncomingMessage[] = await once(asked, 'response')
    return { status: answer?.statusCode, body: JSON.parse((await answer?.toArray())?.join('') ?? '') }
  }
  const turns = Array.from({ length: requests }, () => tokens.map((token, i) => ask(token, `only-${i}`)))
  const answers = await Promise.all(turns.flat())

  for (const [i, token] of tokens.entries()) {
    const own = answers.filter((_, at) => at % portals === i)
    const [good, refused] = [own.filter(({ status }) => status === 200), own.filter(({ status }) => status === 429)]
    expect([good.length, refused.length]).toEqual([requests - 5, 5])
    const scenario = scenarios[i % scenarios.length]
    for (const { body } of good) {
      expect(body.status).toBe(scenario?.toUpperCase() ?? 'COMPLETE')
      const names = body.results.map(({ properties }: { properties: { hs_name: string } }) => properties.hs_name)
      expect(names).toEqual(scenario === undefined ? [token] : [])
    }
    const { journal } = mock.portal(token)
    expect(journal.count({ id: `only-${i}` })).toBe(requests)
    expect(journal.count()).toBe(requests)
    expect(journal.count({ status: 429 })).toBe(5)
  }
  expect(mock.journal.count()).toBe(portals * requests)
})
