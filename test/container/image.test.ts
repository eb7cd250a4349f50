import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { image } from './image.ts'

const run = promisify(execFile)
const docker = async (...args: string[]) => (await run('docker', args)).stdout.trim()

const locked = ['--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--memory=256m']
const startedWithinMs = 2000

/** A container as strict as one can be, healthy, with the URL it is reached at. */
async function healthy(flags: string[] = [], args: string[] = []) {
  const begun = performance.now()
  const id = await docker('run', '-d', ...locked, '-p', '127.0.0.1::4010', ...flags, image, ...args)
  onTestFinished(async () => void (await docker('rm', '-f', id)))
  const status = () => docker('inspect', '-f', '{{.State.Health.Status}}', id)
  await vi.waitUntil(async () => (await status()) === 'healthy', { timeout: 30_000, interval: 25 })
  return { id, tookMs: performance.now() - begun, url: `http://${await docker('port', id, '4010/tcp')}` }
}

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

test('is healthy within two seconds, read-only and without a capability, and serves the default fixture', async () => {
  const { url, tookMs } = await healthy()
  expect(tookMs).toBeLessThan(startedWithinMs)
  expect(await read(url, '430318c4-abb7-4bf7-a75e-9c5fa8f475a6')).toBe(200)
})

test('serves the fixtures that are mounted, and takes flags', async () => {
  const folder = await fixtures('campaigns: [{ id: mine }]\n')
  const { url } = await healthy(['-v', `${folder}:/fixtures:ro`], ['--campaigns', '10000000'])
  expect(await read(url, 'mine')).toBe(200)
  expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ campaigns: 10_000_001 })
})

test('stops at once with exit code 0', async () => {
  const { id } = await healthy()
  const begun = performance.now()
  await docker('stop', id)
  expect(performance.now() - begun).toBeLessThan(startedWithinMs)
  expect(await docker('inspect', '-f', '{{.State.ExitCode}}', id)).toBe('0')
})

test('tells a bad fixture in one line and exits 2', async () => {
  const folder = await fixtures('zebra: true\n')
  const failed = run('docker', ['run', '--rm', ...locked, '-v', `${folder}:/fixtures:ro`, image])
  await expect(failed).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^hubspot-campaigns-mock: \/fixtures\/my\.yaml:1:1: zebra: unknown key .*\n$/m),
  })
})

test('runs as a user that is not root, and holds nothing but what runs', async () => {
  const inside = (...args: string[]) =>
    docker('run', '--rm', ...locked, '--entrypoint', args[0] ?? '', image, ...args.slice(1))
  expect(await inside('id', '-u')).not.toBe('0')
  expect((await inside('ls', '-A', '/app')).split('\n').sort()).toEqual([
    'LICENSE',
    'dist',
    'fixtures',
    'node_modules',
    'package.json',
  ])
  expect((await inside('ls', '/app/node_modules')).split('\n')).not.toContain('typescript')
})
