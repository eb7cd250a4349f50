import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { freePort } from '../bench/servers.ts'
import { hasTool } from '../left-out.ts'

/** A load balancer with a configuration in deploy/. */
export interface Balancer {
  readonly name: string
  /** Starts it in front of mocks. It ends with the test. @param edit changes the shipped configuration */
  start(ports: readonly number[], edit?: (config: string) => string): Promise<string>
}

const nginx: Balancer = {
  name: 'nginx',
  start: (ports, edit) =>
    startBalancer('nginx.conf', edit, (config, folder, port) => ({
      config: config
        .replace('listen 4010', `listen 127.0.0.1:${port}`)
        .replaceAll(/mock-(\d)\.mock:4010/g, (_name, index) => `127.0.0.1:${ports[index]}`)
        .replaceAll('/tmp/', `${folder}/`),
      command: ['nginx', '-c', join(folder, 'nginx.conf'), '-e', 'stderr', '-g', 'daemon off;'],
    })),
}

const haproxy: Balancer = {
  name: 'HAProxy',
  start: (ports, edit) =>
    startBalancer('haproxy.cfg', edit, (config, folder, port) => ({
      config: config
        .replace('bind :4010', `bind 127.0.0.1:${port}`)
        .replaceAll(/"mock-(\d)\.\$\{MOCK_DOMAIN\}:4010"/g, (_name, index) => `127.0.0.1:${ports[index]}`),
      command: ['haproxy', '-f', join(folder, 'haproxy.cfg')],
    })),
}

/** The balancers that are installed here. The others are reported as left out. */
export const balancers = [
  ...(hasTool('nginx', 'the configuration of nginx', ['-v']) ? [nginx] : []),
  ...(hasTool('haproxy', 'the configuration of HAProxy', ['-v']) ? [haproxy] : []),
]

interface Adapted {
  readonly config: string
  readonly command: readonly string[]
}

/** Starts a balancer with its shipped configuration, in which only addresses, ports and folders are replaced. */
async function startBalancer(
  file: string,
  edit: (config: string) => string = (config) => config,
  adapt: (config: string, folder: string, port: number) => Adapted,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'balancer-'))
  const port = await freePort()
  const shipped = await readFile(join('deploy', file), 'utf8')
  const { config, command } = adapt(edit(shipped), folder, port)
  await writeFile(join(folder, file), config)
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  onTestFinished(async () => {
    await end(child)
    await rm(folder, { recursive: true })
  })
  const url = `http://127.0.0.1:${port}`
  await vi.waitUntil(
    async () => {
      if (child.exitCode !== null) throw new Error(`${program} ended: ${stderr}`)
      return fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    },
    { timeout: 60_000, interval: 10 },
  )
  return url
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  await ended
}
