import { execFile } from 'node:child_process'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { folder } from './folder.ts'
import { hasTool } from './left-out.ts'
import { root } from './pages.ts'

const compose = join(root, 'test/clients/compose-tls')

/** What the Compose file says, with the places of its volumes in a folder of this test. */
async function composeFile(authority: string) {
  const { services, volumes } = parse(await readFile(join(compose, 'compose.yaml'), 'utf8'))
  const { hubspot, client } = services
  const place = (text: string) => text.replace(/^(\/ca|\/authority)(?=\/)/, authority)
  return { hubspot, client, volumes, place }
}

/** The environment that the image sets. */
async function imageEnvironment(): Promise<Record<string, string>> {
  const [, text = ''] =
    /^ENV (.*(?:\\\n.*)*)$/m.exec(
      await readFile(join(root, 'Dockerfile'), 'utf8').then((file) => file.slice(file.lastIndexOf('FROM'))),
    ) ?? []
  return Object.fromEntries([...text.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]))
}

// Starts the mock in a network of its own, waits until it is healthy, and runs the client.
const script = `ip link set lo up && mount --bind "$FILES/hosts" /etc/hosts || exit 9
node "$CLI" "$@" >&2 & mock=$!
node "$CLI" ready --wait && NODE_EXTRA_CA_CERTS=$AUTHORITY sh -c "$CLIENT"
code=$?; kill $mock; wait $mock; exit $code`

if (
  hasTool('unshare', 'the Compose file with TLS, in a network without containers', [
    '-rnm',
    'ip',
    'link',
    'set',
    'lo',
    'up',
  ])
) {
  test('with the command of the Compose file for TLS a client reaches the mock as api.hubapi.com', async () => {
    const files = await folder({ hosts: '127.0.0.1 localhost hubspot api.hubapi.com\n' })
    await copyFile(join(compose, 'client.js'), join(files, 'client.mjs'))
    const { hubspot, client, place } = await composeFile(files)
    expect(hubspot.networks.default.aliases).toEqual(['api.hubapi.com'])
    const env = {
      ...(await imageEnvironment()),
      HUBSPOT_MOCK_FIXTURES: join(root, 'fixtures/default.yaml'),
      PATH: process.env['PATH'],
      FILES: files,
      CLI: join(root, 'dist/cli.js'),
      AUTHORITY: place(client.environment.NODE_EXTRA_CA_CERTS),
      CLIENT: client.command.replace('/client.js', `'${files}/client.mjs'`),
    }
    const words = ['-rnm', 'sh', '-c', script, 'sh', ...hubspot.command.map(place)]
    expect((await promisify(execFile)('unshare', words, { env })).stdout).toBe('200\n')
  })
}

test('the containers of the Compose file for TLS share the volume of the authority', async () => {
  const { hubspot, client, volumes } = await composeFile('')
  const [name] = Object.keys(volumes)
  expect([hubspot.volumes[0], client.volumes[0]]).toEqual([`${name}:/ca`, `${name}:/authority:ro`])
  expect(client.depends_on.hubspot.condition).toBe('service_healthy')
})
