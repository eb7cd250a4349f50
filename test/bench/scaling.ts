/**
 * Measures several mocks with the load balancers of deploy/: how many responses a second one, two and balanced mocks
 * give, and how much processor time each process takes for a request. `npm run bench:scaling` for five rounds.
 *
 * The load generator takes processor time as well, and so does everything else on a shared machine. That changes the
 * responses a second, but hardly the processor time of a request: capacity is computed from the latter.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { version } from '../../src/package-info.ts'
import { balancers } from '../deploy/balancers.ts'
import { toolbox } from '../toolbox.ts'
import { type Ask, median, type Running, start, v3 } from './servers.ts'

const folder = toolbox('autocannon', { autocannon: '8.0.0' })
const entry = pathToFileURL(join(folder, 'node_modules/autocannon/autocannon.js')).href
const { default: autocannon } = await import(entry)

const rounds = Number(process.argv[2] ?? 5)
const secondsPerRun = 3
const connections = 20
const portals = 64
const microsecondsPerTick = 10_000
const microsecondsPerSecond = 1_000_000

const campaignIds = [
  '8f1c2b7e-5a0d-4e63-9b41-7d2f6c3a9e15',
  '430318c4-abb7-4bf7-a75e-9c5fa8f475a6',
  'd3b07384-d9a0-4c1b-8f5e-2e6a1c4b7f90',
]
const firstCase: Ask = {
  method: 'POST',
  path: v3,
  headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
  body: JSON.stringify({ inputs: campaignIds.map((id) => ({ id })) }),
}

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const mock = (port: number) => ({
  command: process.execPath,
  args: [cli, 'start', '--port', String(port), '--log-level', 'silent', '--replica'],
})

/** The processor time that a process and its children have taken, in microseconds, as Linux counts it. */
function processorTime(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number)
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  const ofChildren = children.reduce((sum, child) => sum + processorTime(Number(child)), 0)
  return (user + system) * microsecondsPerTick + ofChildren
}

/** What is measured in turn: the servers that get requests, and all processes behind them. */
interface Setup {
  readonly name: string
  readonly targets: readonly Running[]
  readonly mocks: readonly Running[]
  readonly balancer: Running | undefined
}

interface Load {
  readonly perSecond: number
  /** Microseconds of processor time for one request. */
  readonly mockMicros: number
  readonly balancerMicros: number
}

async function load({ targets, mocks, balancer }: Setup): Promise<Load> {
  const timeOf = (all: readonly Running[]) => all.reduce((sum, { child }) => sum + processorTime(child.pid ?? 0), 0)
  const balancers = balancer === undefined ? [] : [balancer]
  const before = [timeOf(mocks), timeOf(balancers)] as const
  const results = await Promise.all(targets.map((target) => send(target, connections / targets.length)))
  const after = [timeOf(mocks), timeOf(balancers)] as const
  const total = results.reduce((sum, { requests }) => sum + requests.total, 0)
  const perSecond = results.reduce((sum, { requests }) => sum + requests.average, 0)
  return { perSecond, mockMicros: (after[0] - before[0]) / total, balancerMicros: (after[1] - before[1]) / total }
}

/** Sends the requests of many portals. */
async function send({ port }: Running, connections: number): Promise<{ requests: { total: number; average: number } }> {
  const { method, path, headers, body } = firstCase
  const requests = Array.from({ length: portals }, (_none, index) => ({
    method,
    path,
    headers: { ...headers, authorization: `Bearer portal-${index}` },
    body,
  }))
  const result = await autocannon({ url: `http://127.0.0.1:${port}`, connections, duration: secondsPerRun, requests })
  if (result.errors + result.non2xx > 0)
    throw new Error(`port ${port}: ${result.errors} errors, ${result.non2xx} not 2xx`)
  return result
}

const mocks = [await start(mock, firstCase), await start(mock, firstCase)]
const [one] = mocks
if (one === undefined) throw new Error('no mock was started')
const setups: Setup[] = [
  { name: '1 mock', targets: [one], mocks: [one], balancer: undefined },
  { name: '2 mocks', targets: mocks, mocks, balancer: undefined },
]
for (const { name, start: startBalancer } of balancers) {
  for (const count of [1, 2]) {
    const behind = mocks.slice(0, count)
    const balancer = await startBalancer(behind.map(({ port }) => port))
    setups.push({ name: `${name} with ${count}`, targets: [balancer], mocks: behind, balancer })
  }
}

const loads = setups.map((): Load[] => [])
for (let round = 0; round <= rounds; round++) {
  for (const [index, setup] of setups.entries()) {
    const result = await load(setup)
    // The first round warms up.
    if (round > 0) loads[index]?.push(result)
  }
}

const [{ model = 'unknown' } = {}] = cpus()
console.log(`hubspot-campaigns-mock ${version}, Node ${process.version}, ${cpus().length} x ${model}`)
console.log(`\nBatch reads of three campaigns by ${portals} portals, ${rounds} rounds of ${secondsPerRun} s\n`)
console.log(
  '| servers | responses a second | / 1 mock | mock, µs of a core | balancer, µs of a core | requests a second per core of mocks |',
)
console.log('|---|---|---|---|---|---|')
for (const [index, { name }] of setups.entries()) {
  const all = loads[index] ?? []
  const ratio = median(all.map(({ perSecond }, round) => perSecond / (loads[0]?.[round]?.perSecond ?? Number.NaN)))
  const [rate, mockMicros, balancerMicros] = [
    median(all.map(({ perSecond }) => perSecond)),
    median(all.map(({ mockMicros }) => mockMicros)),
    median(all.map(({ balancerMicros }) => balancerMicros)),
  ]
  const perCore = Math.round(microsecondsPerSecond / mockMicros)
  const cells = [name, rate.toFixed(0), ratio.toFixed(2), mockMicros.toFixed(1), balancerMicros.toFixed(1), perCore]
  console.log(`| ${cells.join(' | ')} |`)
}
for (const { balancer } of setups) await balancer?.stop()
for (const { stop } of mocks) await stop()
