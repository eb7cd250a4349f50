import { describe, expect, test } from 'vitest'
import { balancers } from './balancers.ts'
import { forEachToken, isExact, PortalSession } from './portal-session.ts'
import { replicaCount, startBehind } from './replicas.ts'

describe.each(balancers)('$name', (balancer) => {
  test('keeps 1000 portals exact over four mocks', async () => {
    const { url, replicas } = await startBehind(balancer)
    const results = await forEachToken(1000, (token) => isExact(url, token))
    expect(results.filter(Boolean).length).toBe(1000)
    const counts = await Promise.all(replicas.map((replica) => portalsOf(replica.url)))
    // Without the portals that the OAuth calls have created on one replica.
    expect(counts.filter((count) => count > 100 && count < 400).length).toBeGreaterThanOrEqual(replicaCount - 1)
  })

  const broken = {
    'the raw header as the key': (config: string) =>
      config.replace('hash $shard consistent', 'hash $http_authorization consistent').replace(/,'regsub\(.*\)'$/m, ''),
    'round robin': (config: string) =>
      config.replace(/hash \$shard consistent;/, '').replace(/balance hash .*\n.*hash-type .*/, 'balance roundrobin'),
  }

  test.each(Object.entries(broken))('with %s, sessions break', async (_what, edit) => {
    const { url } = await startBehind(balancer, (config) => {
      expect(edit(config)).not.toBe(config)
      return edit(config)
    })
    const results = await forEachToken(100, (token) => isExact(url, token).catch(() => false))
    expect(results.filter(Boolean).length).toBeLessThan(25)
  })

  test('a replica that is killed loses its portals, and no other portal changes', async () => {
    const {
      url,
      replicas: [lost],
    } = await startBehind(balancer)
    await forEachToken(200, (token) => new PortalSession(url, token).plant())
    const isOnLost = new Map(
      await forEachToken(200, async (token) => {
        const status = await new PortalSession(lost?.url ?? '', token).planted()
        return [token, status === 200] as const
      }),
    )
    const statuses = () =>
      forEachToken(200, async (token) => {
        const status = await new PortalSession(url, token).planted().catch(() => 'no response')
        return [isOnLost.get(token) ? 'on the lost replica' : 'on another', status].join(': ')
      })
    expect(new Set(await statuses())).toEqual(new Set(['on the lost replica: 200', 'on another: 200']))
    await lost?.kill()
    expect(new Set(await statuses())).toEqual(new Set(['on the lost replica: no response', 'on another: 200']))
    await lost?.restart()
    expect(new Set(await statuses())).toEqual(new Set(['on the lost replica: 404', 'on another: 200']))
  })

  test('a change of all portals is refused, with a hint', async () => {
    const { url } = await startBehind(balancer)
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/_mock/scenario`, { method: 'PUT', headers, body: '{"name":"pending"}' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ hint: expect.stringContaining('send Authorization: Bearer') })
  })

  test('events of a portal arrive as they happen', async () => {
    const { url } = await startBehind(balancer)
    const headers = { authorization: 'Bearer any' }
    const events = await fetch(`${url}/_mock/requests/events`, { headers })
    await (await fetch(`${url}/marketing/v3/campaigns`, { headers })).text()
    let text = ''
    for await (const piece of events.body ?? []) {
      text += Buffer.from(piece).toString()
      // Leaving the loop closes the stream, which never ends by itself.
      if (text.includes('campaigns.list')) break
    }
    expect(text).toContain('"operation":"campaigns.list"')
  })

  test('links in responses lead to the balancer', async () => {
    const { url } = await startBehind(balancer)
    const headers = { authorization: 'Bearer any' }
    const { paging } = Object(await (await fetch(`${url}/marketing/v3/campaigns?limit=1`, { headers })).json())
    expect(new URL(paging.next.link).origin).toBe(url)
  })
})

async function portalsOf(url: string): Promise<number> {
  const { portals } = Object(await (await fetch(`${url}/health`)).json())
  return portals
}
