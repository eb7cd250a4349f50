/**
 * A million requests with the journal on: memory has to stay flat, and the journal has to know what it dropped.
 * Not part of the tests: `npm run soak`, or with another number of requests `npm run soak -- 100000`.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { startMock } from '../../src/index.ts'
import { maximumExchanges } from '../../src/world/journal/journal.ts'

const asMock = '--as-mock'
const connections = 50
const tokens = 10
const tenths = 10
const samplesPerTenth = 10
const mostGrowth = 0.05
const mebibyte = 1024 * 1024
const id = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'

if (process.argv.includes(asMock)) await runMock()
else await soak(Number(process.argv[2] ?? 1_000_000))

/** The process that is measured: it tells its memory, after a collection, whenever it is asked. */
async function runMock(): Promise<void> {
  const mock = await startMock()
  process.on('message', () => {
    globalThis.gc?.()
    const { rss, heapUsed, external } = process.memoryUsage()
    const { journal } = mock
    process.send?.({ rss, held: heapUsed + external, kept: journal.count(), dropped: journal.dropped })
  })
  process.once('disconnect', () => void mock.close())
  process.send?.(mock.url)
}

interface Sample {
  rss: number
  held: number
  kept: number
  dropped: number
}

async function soak(total: number): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), [asMock], { execArgv: [...process.execArgv, '--expose-gc'] })
  const [url]: string[] = await once(child, 'message')
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const begun = performance.now()
  const samples: Sample[] = []
  for (let sent = 0; samples.length < tenths * samplesPerTenth; ) {
    const until = Math.round((total * (samples.length + 1)) / (tenths * samplesPerTenth))
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (sent < until) {
          sent += 1
          await ask(`${url}/marketing/v3/campaigns/batch/read`, `portal-${sent % tokens}`, agent)
        }
      }),
    )
    samples.push(await sample(child))
  }
  agent.destroy()
  child.disconnect()
  report(total, samples, (performance.now() - begun) / 1000)
}

async function sample(child: ChildProcess): Promise<Sample> {
  const answer = once(child, 'message')
  child.send('sample')
  return (await answer)[0]
}

function ask(url: string, token: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => answer.resume().on('end', resolve))
    asked.on('error', reject)
    asked.end(JSON.stringify({ inputs: [{ id }, { id: 'no-guid' }] }))
  })
}

function report(total: number, samples: readonly Sample[], seconds: number): void {
  const meanOf = (tenth: number, what: 'rss' | 'held') => {
    const some = samples.slice(tenth * samplesPerTenth, (tenth + 1) * samplesPerTenth)
    return some.reduce((sum, one) => sum + one[what], 0) / some.length / mebibyte
  }
  for (let tenth = 0; tenth < tenths; tenth++) {
    console.log(
      `tenth ${tenth + 1}: rss ${meanOf(tenth, 'rss').toFixed(1)} MiB, held ${meanOf(tenth, 'held').toFixed(1)} MiB`,
    )
  }
  const growth = (what: 'rss' | 'held') => meanOf(tenths - 1, what) / meanOf(1, what) - 1
  const { kept, dropped } = samples.at(-1) ?? { kept: 0, dropped: 0 }
  console.log(`${total} requests in ${seconds.toFixed(0)} s; kept ${kept}, dropped ${dropped}`)
  console.log(
    `last tenth against second: rss ${(growth('rss') * 100).toFixed(1)} %, held ${(growth('held') * 100).toFixed(1)} %`,
  )
  const right = kept === Math.min(total, tokens * maximumExchanges) && dropped === total - kept
  if (!right || growth('rss') > mostGrowth || growth('held') > mostGrowth) process.exitCode = 1
}
