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
const rounds = 5

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

/** The processor time that a process has used, in milliseconds; NaN where that is not known. */
function cpuMs(pid: number | undefined): number {
  if (process.platform !== 'linux') return Number.NaN
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

/** What a run of requests took: on the clock, and of the processor time of the mock. */
async function measure(url: string, pid: number | undefined) {
  const before = cpuMs(pid)
  const ms = await makeRequests(url, requests)
  return { ms, cpu: cpuMs(pid) - before }
}

test('the page stays small and reacts during ten thousand requests', async () => {
  const { url, child } = await startedMock()
  await makeRequests(url, 3000)
  const { alone, watched, tasks } = { alone: [] as Run[], watched: [] as Run[], tasks: [] as number[] }
  // In turn, because other work on this machine changes the figures.
  for (let round = 0; round < rounds; round++) {
    alone.push(await measure(url, child.pid))
    const { page } = await openInspector(url)
    await watchTasks(page)
    watched.push(await measure(url, child.pid))
    // The row of a request that comes after all others.
    await fetch(`${url}/last-${round}`)
    await page.getByRole('row', { name: `/last-${round}` }).waitFor()
    await expect.poll(() => page.locator('.count').innerText()).toMatch(/^1000 requests/)
    expect(await page.locator('.rows .line').count()).toBeLessThan(100)
    tasks.push(...((await page.evaluate('window.tasks')) as number[]))
    await page.context().close()
  }
  report('10 000 requests without a page', describeRuns(alone))
  report('10 000 requests with a page', describeRuns(watched))
  report('tasks of the page over 50 ms', `${tasks.length} in ${rounds} runs, the longest ${Math.max(0, ...tasks)} ms`)
})

type Run = Awaited<ReturnType<typeof measure>>

function describeRuns(runs: readonly Run[]): string {
  const median = (values: number[]) => Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)
  const [ms, cpu] = [median(runs.map((run) => run.ms)), median(runs.map((run) => run.cpu))]
  return `${ms} ms, ${cpu} ms of the mock's processor time (medians of ${runs.length})`
}

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
    // As the journal, the page keeps bodies of 32 MiB.
    expect(Number.parseInt(await page.locator('.count').innerText(), 10)).toBeLessThan(70)
  })
}
