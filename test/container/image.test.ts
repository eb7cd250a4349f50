import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { docker, healthy, image, locked, run } from './image.ts'

async function read(url: string, id: string) {
  const answer = await fetch(`${url}/marketing/v3/campaigns/batch/read`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: [{ id }] }),
  })
  return answer.status
}

async function fixtures(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'container-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'my.yaml'), text)
  await chmod(folder, 0o755)
  return folder
}

test('is healthy, read-only and without a capability, and serves the default fixture', async () => {
  const { url } = await healthy()
  expect(await read(url, '430318c4-abb7-4bf7-a75e-9c5fa8f475a6')).toBe(200)
})

test('serves the fixtures that are mounted, and takes flags', async () => {
  const folder = await fixtures('campaigns: [{ id: mine }]\n')
  const { url } = await healthy(['-v', `${folder}:/fixtures:ro`], ['--campaigns', '10000000'])
  expect(await read(url, 'mine')).toBe(200)
  expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ campaigns: 10_000_001 })
})

test('stops on the first signal, with exit code 0', async () => {
  const { id } = await healthy()
  // Docker kills what does not stop: then the exit code is 137.
  await docker('stop', id)
  expect(await docker('inspect', '-f', '{{.State.ExitCode}}', id)).toBe('0')
})

test('reports an invalid fixture in one line and exits with 2', async () => {
  const folder = await fixtures('zebra: true\n')
  const failed = run('docker', ['run', '--rm', ...locked, '-v', `${folder}:/fixtures:ro`, image])
  await expect(failed).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^hubspot-campaigns-mock: \/fixtures\/my\.yaml:1:1: zebra: unknown key .*\n$/m),
  })
})

test('shares its authority with clients by a new volume', async () => {
  const volume = `authority-${randomUUID()}`
  onTestFinished(() => docker('volume', 'rm', '--force', volume).then(() => {}))
  const { url } = await healthy(['-v', `${volume}:/ca`], ['--tls', '--tls-port', '443', '--ca-file', '/ca/ca.pem'])
  const client = ['--entrypoint', '/usr/local/bin/node', '-v', `${volume}:/authority:ro`, image]
  const text = await docker('run', '--rm', ...client, '-p', "fs.readFileSync('/authority/ca.pem', 'utf8')")
  expect(text.trim()).toBe((await (await fetch(`${url}/_mock/ca.pem`)).text()).trim())
})

/** Evaluates an expression in a container of the image. */
async function evaluate(expression: string) {
  const node = ['--entrypoint', '/usr/local/bin/node', image, '-p']
  return JSON.parse(await docker('run', '--rm', ...locked, ...node, `JSON.stringify(${expression})`))
}

test('runs as a user that is not root, and contains only what runs', async () => {
  expect(await evaluate('process.getuid()')).toBe(1000)
  expect(await evaluate("fs.readdirSync('/app').sort()")).toEqual(['LICENSE', 'dist', 'fixtures', 'package.json'])
  expect(await evaluate("fs.readdirSync('/usr/local/bin')")).toEqual(['node'])
  for (const folder of ['/bin', '/usr/bin', '/sbin', '/usr/local/lib']) {
    expect(await evaluate(`fs.existsSync('${folder}')`), folder).toBe(false)
  }
})

test('the files of the mock take less than 25 MB', async () => {
  const sizes = "fs.readdirSync('/app', { recursive: true }).map((file) => fs.statSync('/app/' + file).size)"
  expect(await evaluate(`${sizes}.reduce((sum, size) => sum + size, 0)`)).toBeLessThan(25_000_000)
})

test('the health check needs no shell', async () => {
  const check = JSON.parse(await docker('image', 'inspect', '-f', '{{json .Config.Healthcheck.Test}}', image))
  expect(check).toEqual(['CMD', '/usr/local/bin/node', '/app/dist/cli.js', 'ready'])
})

test('each base image is pinned by its digest', async () => {
  const lines = (await readFile('Dockerfile', 'utf8')).match(/^FROM .*$/gm) ?? []
  expect(lines.length).toBe(3)
  for (const line of lines) expect(line).toMatch(/^FROM scratch$|@sha256:[0-9a-f]{64} AS \w+$/)
})

test('a service container of GitHub Actions is reached by the job, once it is healthy', async () => {
  const { jobs } = parse(await readFile('test/clients/github-actions/workflow.yaml', 'utf8'))
  const { services, env } = jobs.test
  const [[host, inside]] = services.hubspot.ports.map((port: string) => port.split(':'))
  expect(env.HUBSPOT_BASE_URL).toBe(`http://localhost:${host}`)
  const flags = Object.entries(services.hubspot.env).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  expect(inside).toBe('4010')
  const { url } = await healthy(flags)
  expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ campaigns: 1003 })
})

test('the docker commands of the README work', async () => {
  const readme = await readFile('README.md', 'utf8')
  const [build, ...runs] = readme.match(/^docker (?:build|run) .+$/gm) ?? []
  expect(build).toBe(`docker build -t ${image} .`)
  expect(runs).toHaveLength(2)
  const folder = await fixtures('campaigns: [{ id: mine }]\n')
  for (const line of runs) {
    const words = line.replace('./my-fixtures', folder).replace('-p 4010:4010', '').split(/ +/).slice(2)
    expect(words.at(-1)).toBe(image)
    const { url } = await healthy(words.slice(0, -1))
    expect(await read(url, 'mine')).toBe(line.includes('my-fixtures') ? 200 : 207)
  }
})
