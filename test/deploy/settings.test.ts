import { describe, expect, test } from 'vitest'
import { balancers } from './balancers.ts'
import { call } from './outcome.ts'
import { PortalSession } from './portal-session.ts'
import { type Replica, startBehind } from './replicas.ts'

/** The settings without which faults do not arrive as the mock sends them, and what then happens. */
const settings: Readonly<Record<string, readonly (readonly [setting: RegExp, problem: string])[]>> = {
  nginx: [
    [/ max_fails=0/g, 'the portal has moved'],
    [/ +proxy_next_upstream off;/, 'the request was sent again'],
    [/ +proxy_buffering off;/, 'drip came as a whole'],
    [/ +error_page 502 504 = @closed;/, 'reset came as a response'],
  ],
  HAProxy: [[/ +errorfile 502 .*/, 'reset came as a response']],
}

/** What differs between faults through a balancer and those of a mock alone. */
async function findProblems(url: string, replicas: readonly Replica[]): Promise<string[]> {
  const portal = new PortalSession(url, 'settings')
  await portal.plant()
  const reset = await call(url, 'settings~reset', 'GET')
  const drip = await call(url, 'settings~drip')
  const resets = await Promise.all(replicas.map((replica) => countResets(replica.url)))
  return [
    ...((await portal.planted()) === 200 ? [] : ['the portal has moved']),
    ...(resets.reduce((sum, count) => sum + count) === 1 ? [] : ['the request was sent again']),
    ...(drip.isInPieces ? [] : ['drip came as a whole']),
    ...(reset.status === 'no response' ? [] : ['reset came as a response']),
  ]
}

async function countResets(url: string): Promise<number> {
  const { total } = Object(await (await fetch(`${url}/_mock/requests?scenario=reset`)).json())
  return total
}

describe.each(balancers)('$name', (balancer) => {
  test('passes faults on', async () => {
    const { url, replicas } = await startBehind(balancer)
    expect(await findProblems(url, replicas)).toEqual([])
  })

  test.each(settings[balancer.name] ?? [])('without the setting %s: %s', async (setting, problem) => {
    const { url, replicas } = await startBehind(balancer, (config) => {
      expect(config).toMatch(setting)
      // Each worker of nginx has its own opinion of a replica.
      return config.replace(setting, '').replace('worker_processes auto', 'worker_processes 1')
    })
    expect(await findProblems(url, replicas)).toContain(problem)
  })
})
