/**
 * Measures the mock beside partners, in turn and in several rounds, and prints ratios of medians: times mean nothing on
 * a shared machine. `npm run bench` for all, `npm run bench -- answers 5` for one part with so many rounds. Parts:
 * answers, start, memory, growth, followers. Nothing here passes or fails.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { version } from '../../src/package-info.ts'
import { toolbox } from '../toolbox.ts'
import { campaigns, missingIds } from './campaigns.ts'
import { type Peer, peers } from './peers.ts'
import { type Ask, type Command, median, type Running, residentMiB, send, start, v3 } from './servers.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'bench-'))
process.once('exit', () => rmSync(work, { recursive: true }))

const autocannon = join(toolbox('autocannon', { autocannon: '8.0.0' }), 'node_modules/autocannon/autocannon.js')
const connections = 10
const secondsPerRun = 2

const fifty = campaigns(50)
const fixture = join(work, 'fixture.json')
writeFileSync(fixture, JSON.stringify({ campaigns: fifty }))

function asking(ids: readonly string[], query = '', token = 'Bearer any'): Ask {
  const headers = { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: token }) }
  return { method: 'POST', path: v3 + query, headers, body: JSON.stringify({ inputs: ids.map((id) => ({ id })) }) }
}

const ids = fifty.map(({ id }) => id)
const cases: Record<string, Ask> = {
  '50 ids': asking(ids),
  '50 ids, properties, dates': asking(
    ids,
    '?properties=hs_name,hs_campaign_status&startDate=2026-05-01&endDate=2026-05-31',
  ),
  '1 id': asking(ids.slice(0, 1)),
  '207, 25 misses': asking([...ids.slice(0, 25), ...missingIds(25)]),
  'no token, 401': asking(ids, '', ''),
}
const firstCase = cases['50 ids'] ?? asking(ids)

const mock = (flags: readonly string[] = ['--fixtures', fixture], node = process.execPath) => {
  return (port: number): Command => ({
    command: node,
    args: [here('../../dist/cli.js'), 'start', '--port', String(port), '--log-level', 'silent', ...flags],
  })
}
const idiomatic = (port: number): Command => ({
  command: process.execPath,
  args: [here('partners/idiomatic.js'), String(port), fixture],
})
const bare = (bodies: string) => {
  return (port: number): Command => ({
    command: process.execPath,
    args: [here('partners/bare.js'), String(port), bodies],
  })
}

/** Answers a second, and their mean latency in milliseconds, over one run of the load generator. */
function load({ port }: Running, { method, path, headers, body }: Ask, seconds = secondsPerRun) {
  const args = ['-c', String(connections), '-d', String(seconds), '-m', method, '--json', '--no-progress']
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`)
  if (body !== '') args.push('-b', body)
  const url = `http://127.0.0.1:${port}${path}`
  const said = execFileSync(process.execPath, [autocannon, ...args, url], { stdio: ['ignore', 'pipe', 'ignore'] })
  const { requests, latency, errors, timeouts } = JSON.parse(said.toString())
  if (errors + timeouts > 0) throw new Error(`${url}: ${errors} errors, ${timeouts} timeouts`)
  return { perSecond: Number(requests.average), latencyMs: Number(latency.average) }
}

function row(...cells: (string | number)[]): void {
  const written = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(cell < 100 ? 2 : 0) : cell))
  console.log(`| ${written.join(' | ')} |`)
}

function head(title: string, ...cells: string[]): void {
  console.log(`\n### ${title}\n`)
  row(...cells)
  console.log(`|${'---|'.repeat(cells.length)}`)
}

async function answers(rounds: number): Promise<void> {
  const ours = await start(mock(), firstCase)
  const taken = await Promise.all(
    Object.entries(cases).map(async ([name, ask]) => [name, await send(ours.port, ask)] as const),
  )
  const ready = Object.fromEntries(taken.map(([name, { status, text }]) => [pathOf(name), { status, body: text }]))
  const bodies = join(work, 'bodies.json')
  writeFileSync(bodies, JSON.stringify(ready))
  const theirs = await start(idiomatic, firstCase)
  const bound = await start(bare(bodies), { ...firstCase, path: pathOf('50 ids') })
  head(
    `Answers a second, ${rounds} rounds of ${secondsPerRun} s, ${connections} connections`,
    'case',
    'bytes',
    'mock',
    'Fastify (b)',
    'bare (a)',
    'mock / b',
    'mock / a',
  )
  for (const [name, ask] of Object.entries(cases)) {
    const bytes = taken.find(([one]) => one === name)?.[1].text.length ?? 0
    const runs = [
      { running: ours, ask, perSecond: [] as number[] },
      { running: theirs, ask, perSecond: [] as number[] },
      { running: bound, ask: { ...ask, path: pathOf(name) }, perSecond: [] as number[] },
    ]
    for (let round = 0; round <= rounds; round++) {
      for (const run of runs) {
        const { perSecond } = load(run.running, run.ask)
        // The first round warms up.
        if (round > 0) run.perSecond.push(perSecond)
      }
    }
    const [m = 0, b = 0, a = 0] = runs.map(({ perSecond }) => median(perSecond))
    row(name, bytes, m, b, a, m / b, m / a)
  }
  await Promise.all([theirs.stop(), bound.stop()])
  await besidePeers(rounds, ours, (await send(ours.port, firstCase)).text)
  await ours.stop()
}

function pathOf(name: string): string {
  return `/${name.replace(/\W+/g, '-')}`
}

async function besidePeers(rounds: number, ours: Running, answer: string): Promise<void> {
  head('50 campaigns beside other mocks, answers a second', 'peer', 'peer', 'mock', 'mock / peer')
  for (const peer of peers(answer, firstCase).peers) {
    const running = await start(peer.commandOn, peer.ask)
    refuseFewer(peer, (await send(running.port, peer.ask)).text)
    const [its, our]: number[][] = [[], []]
    for (let round = 0; round <= rounds; round++) {
      const one = load(running, peer.ask).perSecond
      const other = load(ours, firstCase).perSecond
      if (round > 0) [its?.push(one), our?.push(other)]
    }
    const [p, m] = [median(its ?? []), median(our ?? [])]
    row(peer.name, p, m, m / p)
    await running.stop()
  }
}

function refuseFewer({ name }: Peer, text: string): void {
  const found = ids.filter((id) => text.includes(id)).length
  if (found !== ids.length) throw new Error(`${name} answers ${found} of ${ids.length} campaigns`)
}

async function starts(rounds: number): Promise<void> {
  const ours = await start(mock(), firstCase)
  const { text } = await send(ours.port, firstCase)
  await ours.stop()
  const { newer, peers: others } = peers(text, firstCase)
  const all = [
    { name: 'mock', commandOn: mock(), ask: firstCase },
    { name: 'mock, on the Node of emulate', commandOn: mock(undefined, newer), ask: firstCase },
    { name: 'mock, default fixture (YAML)', commandOn: mock([]), ask: firstCase },
    { name: 'Fastify (b)', commandOn: idiomatic, ask: firstCase },
    ...others,
  ].map((one) => ({ ...one, startMs: [] as number[], idleMiB: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    for (const one of all) {
      const running = await start(one.commandOn, one.ask)
      one.startMs.push(running.startMs)
      one.idleMiB.push(residentMiB(running.child))
      await running.stop()
    }
  }
  const b = median(all.find(({ name }) => name.startsWith('Fastify'))?.startMs ?? [])
  const bMiB = median(all.find(({ name }) => name.startsWith('Fastify'))?.idleMiB ?? [])
  head(`From spawn to first answer, ${rounds} rounds`, 'server', 'ms', '/ b', 'idle MiB', '/ b')
  for (const { name, startMs, idleMiB } of all) {
    row(name, median(startMs), median(startMs) / b, median(idleMiB), median(idleMiB) / bMiB)
  }
}

/** So many answers before memory is looked at again. */
const manyAnswers = 1_000_000

async function memory(): Promise<void> {
  head(`Resident memory in MiB, idle and after ${manyAnswers} answers with 50 campaigns`, 'server', 'idle', 'after')
  for (const [name, commandOn] of [
    ['mock', mock()],
    ['Fastify (b)', idiomatic],
  ] as const) {
    const running = await start(commandOn, firstCase)
    const idle = residentMiB(running.child)
    const { perSecond } = load(running, firstCase)
    load(running, firstCase, Math.ceil(manyAnswers / perSecond))
    row(name, idle, residentMiB(running.child))
    await running.stop()
  }
}

/** More would be longer, in one file, than a text can be. */
const mostInFile = 100_000

/** A folder with so many campaigns, and 50 of their ids from all over it. */
function fixtureOf(count: number) {
  const folder = mkdtempSync(join(work, 'fixture-'))
  const spread: string[] = []
  for (let first = 0; first < count; first += mostInFile) {
    const some = campaigns(Math.min(mostInFile, count - first), first)
    writeFileSync(join(folder, `${first}.json`), JSON.stringify({ campaigns: some }))
    spread.push(...some.filter((_, i) => (first + i) % (count / 50) === 0).map(({ id }) => id))
  }
  return { folder, spread }
}

/** One size of something that grows. */
interface Size {
  readonly name: string
  readonly running: Running
  readonly ask: Ask
}

async function growth(rounds: number): Promise<void> {
  head(
    `Growth: 50 ids, ${rounds} rounds in turn`,
    ...['of', 'start ms', 'MiB', 'answers a second', 'latency ms', 'latency / least'],
  )
  for (const sizes of [await fixtures(), await generated(), await portals()]) {
    const loads = sizes.map(() => [] as ReturnType<typeof load>[])
    for (let round = 0; round <= rounds; round++) {
      for (const [i, { running, ask }] of sizes.entries()) {
        const one = load(running, ask)
        if (round > 0) loads[i]?.push(one)
      }
    }
    const rates = loads.map((all) => median(all.map(({ perSecond }) => perSecond)))
    for (const [i, { name, running }] of sizes.entries()) {
      const latency = median((loads[i] ?? []).map(({ latencyMs }) => latencyMs))
      // With a fixed number of connections the one is the other's inverse, and the generator rounds latencies.
      const byRate = (rates[0] ?? 0) / (rates[i] ?? 1)
      row(name, running.startMs, residentMiB(running.child), rates[i] ?? 0, latency, byRate)
      await running.stop()
    }
  }
}

async function fixtures(): Promise<Size[]> {
  const sizes: Size[] = []
  for (const count of [1000, 100_000, 1_000_000]) {
    const { folder, spread } = fixtureOf(count)
    const ask = asking(spread)
    sizes.push({
      name: `${count} campaigns of a fixture`,
      running: await start(mock(['--fixtures', folder]), ask),
      ask,
    })
    rmSync(folder, { recursive: true })
  }
  return sizes
}

async function generated(): Promise<Size[]> {
  const sizes: Size[] = []
  for (const count of [100, 10_000_000]) {
    const running = await start(mock(['--campaigns', String(count)]), firstCase)
    const list = { ...firstCase, method: 'GET', path: '/_mock/campaigns?limit=53', body: '' }
    const { campaigns: some } = JSON.parse((await send(running.port, list)).text)
    const ask = asking(some.slice(-50).map(({ id }: { id: string }) => id))
    sizes.push({ name: `${count} generated campaigns`, running, ask })
  }
  return sizes
}

async function portals(): Promise<Size[]> {
  const [one, thousand] = [await start(mock(), firstCase), await start(mock(), firstCase)]
  for (let i = 0; i < 1000; i++) await send(thousand.port, asking(ids, '', `Bearer portal-${i}`))
  return [
    { name: '1 portal', running: one, ask: firstCase },
    { name: '1000 portals, journal full', running: thousand, ask: firstCase },
  ]
}

/** The mock alone, and with a reader of the events of its journal. */
async function followers(rounds: number): Promise<void> {
  head(
    `Answers a second with a follower of the journal, ${rounds} rounds`,
    ...['case', 'without', 'with', 'with / without'],
  )
  const running = await start(mock(), firstCase)
  for (const [name, ask] of Object.entries(cases)) {
    const [without, followed]: number[][] = [[], []]
    for (let round = 0; round <= rounds; round++) {
      const one = load(running, ask).perSecond
      const follower = spawn('curl', ['-sN', `http://127.0.0.1:${running.port}/_mock/requests/events`], {
        stdio: 'ignore',
      })
      const other = load(running, ask).perSecond
      follower.kill()
      if (round > 0) [without?.push(one), followed?.push(other)]
    }
    const [a, b] = [median(without ?? []), median(followed ?? [])]
    row(name, a, b, b / a)
  }
  await running.stop()
}

const parts: Record<string, (rounds: number) => Promise<void>> = { answers, start: starts, memory, growth, followers }
const [part, rounds = '5'] = process.argv.slice(2)
if (part !== undefined && !Object.hasOwn(parts, part))
  throw new Error(`${part}: there are ${Object.keys(parts).join(', ')}`)
const [{ model = 'unknown' } = {}] = cpus()
console.log(
  `hubspot-campaigns-mock ${version}, Node ${process.version}, ${cpus().length} x ${model}, ${process.platform}`,
)
for (const [name, measure] of Object.entries(parts))
  if (part === undefined || part === name) await measure(Number(rounds))
