import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { v3 } from '../build.ts'
import { openInspector, startedMock } from './page.ts'
import { report } from './report.ts'

const clothing = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'
const requests = 10_000
const connections = 10

/** Makes many batch reads on a few connections. @returns how long they took, in milliseconds */
async function makeRequests(url: string, count: number): Promise<number> {
  const { hostname: host, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }
  const body = JSON.stringify({ inputs: [{ id: clothing }] })
  let left = count
  const work = async () => {
    while (left > 0) {
      left -= 1
      const outgoing = request({ agent, host, port, method: 'POST', path: `${v3}?properties=hs_name`, headers }).end(
        body,
      )
      const [response] = await once(outgoing, 'response')
      await once(response.resume(), 'end')
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }, work))
  agent.destroy()
  return performance.now() - start
}

/** The processor time that a process has used, in milliseconds; undefined where that is not known. */
function cpuMs(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux') return undefined
  const [, rest = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
  const fields = rest.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Collects the tasks of the page that kept it from reacting for more than 50 ms. */
function watchTasks(page: Page): Promise<void> {
  return page.evaluate(`window.tasks = []; new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.tasks.push(duration)
  }).observe({ type: 'longtask' })`)
}

/** The text of the newest exchange in the list, and the numbers above it. */
const isCaughtUp = async (page: Page) => (await page.locator('.count').innerText()).startsWith('1000 requests')

test('the page stays small and reacts during ten thousand requests', async () => {
  const { url, child } = await startedMock()
  await makeRequests(url, 2000)
  const cpuBefore = cpuMs(child.pid) ?? Number.NaN
  const aloneMs = await makeRequests(url, requests)
  const cpuBetween = cpuMs(child.pid) ?? Number.NaN
  const { page } = await openInspector(url)
  await watchTasks(page)
  const cpuOpened = cpuMs(child.pid) ?? Number.NaN
  const watchedMs = await makeRequests(url, requests)
  const cpuAfter = cpuMs(child.pid) ?? Number.NaN
  // The row of a request that comes after all others.
  await fetch(`${url}/last`, { headers: { authorization: 'Bearer any' } })
  await page.getByRole('row', { name: '/last' }).waitFor()
  await expect.poll(() => isCaughtUp(page)).toBe(true)
  expect(await page.locator('.rows .line').count()).toBeLessThan(100)

  const tasks: number[] = await page.evaluate('window.tasks')
  const perSecond = (ms: number) => `${Math.round((requests / ms) * 1000)} requests per second`
  report('without a page', `${perSecond(aloneMs)}, ${Math.round(cpuBetween - cpuBefore)} ms of processor time`)
  report('with a page', `${perSecond(watchedMs)}, ${Math.round(cpuAfter - cpuOpened)} ms of processor time`)
  report('tasks of the page over 50 ms', `${tasks.length}, the longest ${Math.max(0, ...tasks)} ms`)
})

/** Whether a connection of a server has data that its client does not take. */
function hasStalledClient(port: number): boolean {
  const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1)
  return lines.some((line) => {
    const [, local = '', , state, queues = ''] = line.trim().split(/\s+/)
    const isOfServer = Number.parseInt(local.split(':')[1] ?? '', 16) === port && state === '01'
    return isOfServer && Number.parseInt(queues, 16) > 100_000
  })
}

if (process.platform === 'linux') {
  test('a page that stops reading is dropped, and shows the newest requests once it reads again', async () => {
    const { url, call, put } = await startedMock()
    const { page } = await openInspector(url)
    let reconnects = 0
    page.on('request', (sent) => {
      if (sent.url().includes('/events')) reconnects += 1
    })
    const debugging = await page.context().newCDPSession(page)
    await debugging.send('Debugger.enable')
    await debugging.send('Debugger.pause')
    // Large responses fill every buffer on the way to the page, and push others out of the journal.
    await put('/scenario', { steps: [{ error: { status: 418, body: 'x'.repeat(500_000) } }] })
    let stalledFor = 0
    for (let i = 0; i < 2000; i++) {
      await (await call('/marketing/v3/campaigns')).arrayBuffer()
      const isStalled = hasStalledClient(Number(new URL(url).port))
      if (!isStalled && stalledFor > 20) break
      stalledFor = isStalled ? stalledFor + 1 : 0
    }
    expect(stalledFor).toBeGreaterThan(20)
    await debugging.send('Debugger.resume')
    await call('/last')
    await page.getByRole('row', { name: '/last' }).waitFor()
    expect(reconnects).toBe(1)
  })
}
