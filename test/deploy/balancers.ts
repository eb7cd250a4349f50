import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, start } from '../bench/servers.ts'
import { hasTool } from '../left-out.ts'

/** A load balancer with a configuration in deploy/. */
export interface Balancer {
  readonly name: string
  /** Starts it in front of mocks on these ports. @param edit changes the shipped configuration */
  start(ports: readonly number[], edit?: (config: string) => string): Promise<Running>
}

const nginx: Balancer = {
  name: 'nginx',
  start: (ports, edit) =>
    startBalancer('nginx.conf', edit, (config, folder, port) => ({
      config: withServers(config, ports)
        .replace('listen 4010', `listen 127.0.0.1:${port}`)
        .replaceAll('/tmp/', `${folder}/`),
      args: ['-c', join(folder, 'nginx.conf'), '-e', 'stderr', '-g', 'daemon off;'],
    })),
}

const haproxy: Balancer = {
  name: 'HAProxy',
  start: (ports, edit) =>
    startBalancer('haproxy.cfg', edit, (config, folder, port) => ({
      config: withServers(config, ports).replace('bind :4010', `bind 127.0.0.1:${port}`),
      args: ['-f', join(folder, 'haproxy.cfg')],
    })),
}

/** The balancers that are installed here. The others are reported as left out. */
export const balancers = [
  ...(hasTool('nginx', 'the configuration of nginx', ['-v']) ? [nginx] : []),
  ...(hasTool('haproxy', 'the configuration of HAProxy', ['-v']) ? [haproxy] : []),
]

/** A configuration with the addresses of mocks on this machine, and without the servers that there are too many of. */
function withServers(config: string, ports: readonly number[]): string {
  const address = /"?mock-(\d+)\.(?:mock|\$\{MOCK_DOMAIN\}):4010"?/
  const lines = config.split('\n').flatMap((line) => {
    const [, index] = address.exec(line) ?? []
    if (index === undefined) return [line]
    const port = ports[Number(index)]
    return port === undefined ? [] : [line.replace(address, `127.0.0.1:${port}`)]
  })
  return lines.join('\n')
}

interface Adapted {
  readonly config: string
  readonly args: readonly string[]
}

/** Starts a balancer with its shipped configuration, in which only addresses, ports and folders are replaced. */
async function startBalancer(
  file: string,
  edit: (config: string) => string = (config) => config,
  adapt: (config: string, folder: string, port: number) => Adapted,
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'balancer-'))
  const shipped = readFileSync(join('deploy', file), 'utf8')
  const command = file.replace(/\..*/, '')
  const running = await start(
    (port) => {
      const { config, args } = adapt(edit(shipped), folder, port)
      writeFileSync(join(folder, file), config)
      return { command, args }
    },
    { method: 'GET', path: '/health', headers: {}, body: '' },
  )
  const stop = async () => {
    await running.stop()
    rmSync(folder, { recursive: true })
  }
  return { ...running, stop }
}
