import { spawnSync } from 'node:child_process'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { command } from './command.ts'
import { folder } from './folder.ts'
import { hasTool, reportLeftOut } from './left-out.ts'
import { sample } from './sample.ts'

// Each program names only https://api.hubapi.com, and has no setting for the mock.
const list = 'https://api.hubapi.com/marketing/v3/campaigns?limit=1'
const authorization = 'Authorization: Bearer any'

/** Runs a command with `exec --intercept`. */
function execIntercepted(words: readonly string[], env: Record<string, string> = {}) {
  const home = { HOME: process.env['HOME'] ?? '/', ...env }
  return command(['exec', '--intercept', '--', ...words], home).ended
}

const link = '"link":"https://api.hubapi.com/marketing/v3/campaigns?limit=1&after='

test('Node: fetch, https and HubSpot’s client', async () => {
  const program = await sample({
    'program.js': `
    import https, { get } from 'node:https'
    import { Client } from '@hubspot/api-client'
    const headers = { authorization: 'Bearer any' }
    const statuses = [(await fetch('${list}', { headers })).status, (await fetch(new Request('${list}', { headers }))).status]
    for (const getter of [https.get, get]) {
      statuses.push(await new Promise((resolve) => getter('${list}', { headers }, (response) => resolve(response.resume().statusCode))))
    }
    const client = new Client({ accessToken: 'any' })
    statuses.push((await client.apiRequest({ path: '/marketing/v3/campaigns' })).status)
    const body = { inputs: [{ id: '430318c4-abb7-4bf7-a75e-9c5fa8f475a6' }] }
    const response = await client.apiRequest({ method: 'POST', path: '/marketing/v3/campaigns/batch/read', body })
    console.log(statuses.join(), (await response.json()).status)`,
  })
  expect(await execIntercepted([process.execPath, `${program}/program.js`])).toMatchObject({
    code: 0,
    stdout: '200,200,200,200,200 COMPLETE\n',
  })
})

if (hasTool('curl', 'curl under exec --intercept')) {
  test('curl', async () => {
    expect((await execIntercepted(['curl', '-sS', list, '-H', authorization])).stdout).toContain(link)
  })
}

if (hasTool('wget', 'wget under exec --intercept')) {
  test('wget', async () => {
    const words = ['wget', '-qO-', `--header=${authorization}`, list]
    expect((await execIntercepted(words)).stdout).toContain(link)
  })
}

if (hasTool('git', 'git under exec --intercept')) {
  test('git', async () => {
    const { stderr } = await execIntercepted(['git', 'ls-remote', 'https://api.hubapi.com/a.git'])
    expect(stderr).toContain('GET /a.git/info/refs 404')
  })
}

/** The first Python that has a module: that of the system may have more than the first in PATH. */
function pythonWith(module: string): string | undefined {
  const pythons = ['python3', '/usr/bin/python3']
  const found = pythons.find((python) => spawnSync(python, ['-c', `import ${module}`]).status === 0)
  if (found === undefined) reportLeftOut(`Python with ${module} is not installed: ${module} under exec --intercept`)
  return found
}

const headers = "headers={'Authorization': 'Bearer any'}"
const pythonPrograms = [
  ['urllib.request', `print(urllib.request.urlopen(urllib.request.Request('${list}', ${headers})).read().decode())`],
  ['requests', `print(requests.get('${list}', ${headers}).text)`],
  // As HubSpot's client for Python does, which uses no proxy.
  [
    'urllib3',
    `print(urllib3.PoolManager(cert_reqs='CERT_REQUIRED').request('GET', '${list}', ${headers}).data.decode())`,
  ],
  [
    'http.client',
    `
connection = http.client.HTTPSConnection('api.hubapi.com')
connection.request('GET', '/marketing/v3/campaigns?limit=1', ${headers})
print(connection.getresponse().read().decode())`,
  ],
  ['httpx', `print(httpx.get('${list}', ${headers}).text)`],
  [
    'httpx',
    `print(httpx.Client(trust_env=False, verify=True).get('http://api.hubapi.com/marketing/v3/campaigns?limit=1', ${headers}).text.replace('http:', 'https:'))`,
  ],
  [
    'aiohttp',
    `
async def main():
    async with aiohttp.ClientSession() as session:
        async with session.get('${list}', ${headers}) as response: print(await response.text())
__import__('asyncio').run(main())`,
  ],
] as const

describe('Python', () => {
  for (const [module, program] of pythonPrograms) {
    const python = pythonWith(module)
    if (python === undefined) continue
    test(`${module}: ${program.slice(0, 60).trim()}`, async () => {
      expect((await execIntercepted([python, '-c', `import ${module}\n${program}`])).stdout).toContain(link)
    })
  }
})

if (hasTool('python3', 'Python under exec --intercept')) {
  test('a module that Python loads at its start for the user is still loaded', async () => {
    const PYTHONPATH = await folder({ 'sitecustomize.py': "print('of the user', __name__)" })
    const { stdout } = await execIntercepted(
      ['python3', '-c', 'import sys; print(sys.path.count(sys.argv[1]))', PYTHONPATH],
      { PYTHONPATH },
    )
    expect(stdout).toBe('of the user sitecustomize\n1\n')
  })
}

if (hasTool('ruby', 'Ruby under exec --intercept')) {
  test('Ruby’s net/http', async () => {
    const program = `require 'net/http'
puts Net::HTTP.get_response(URI('${list}'), { 'Authorization' => 'Bearer any' }).body`
    expect((await execIntercepted(['ruby', '-e', program])).stdout).toContain(link)
  })
}

if (hasTool('ruby', 'Ruby’s Faraday under exec --intercept', ['-e', "require 'faraday'"])) {
  test('Ruby’s Faraday', async () => {
    const program = `require 'faraday'
puts Faraday.get('${list}', nil, { 'Authorization' => 'Bearer any' }).body`
    expect((await execIntercepted(['ruby', '-e', program])).stdout).toContain(link)
  })
}

if (hasTool('go', 'Go under exec --intercept', ['version'])) {
  test('Go’s net/http', async () => {
    const program = `package main
import ("io"; "net/http"; "os")
func main() {
  request, _ := http.NewRequest("GET", "${list}", nil)
  request.Header.Set("Authorization", "Bearer any")
  response, err := http.DefaultClient.Do(request)
  if err != nil { panic(err) }
  io.Copy(os.Stdout, response.Body)
}`
    const files = await folder({ 'main.go': program })
    const { stdout } = await execIntercepted(['go', 'run', `${files}/main.go`], { GOFLAGS: '-mod=mod' })
    expect(stdout).toContain(link)
  })
}

if (hasTool('php', 'PHP under exec --intercept', ['-r', 'exit(function_exists("curl_init") ? 0 : 1);'])) {
  test('PHP’s curl', async () => {
    const program = `$call = curl_init('${list}');
curl_setopt($call, CURLOPT_HTTPHEADER, ['${authorization}']);
curl_exec($call);`
    expect((await execIntercepted(['php', '-r', program])).stdout).toContain(link)
  })
}

if (hasTool('java', 'Java under exec --intercept', ['-version'])) {
  test('Java’s HttpClient and HttpsURLConnection, also with options of the user and a folder with spaces', async () => {
    const program = `import java.net.URI;
import java.net.URL;
import java.net.http.*;
public class Program {
  public static void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("${list}")).header("Authorization", "Bearer any").build();
    System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    var connection = (javax.net.ssl.HttpsURLConnection) new URL("${list}").openConnection();
    connection.setRequestProperty("Authorization", "Bearer any");
    System.out.println(connection.getResponseCode() + System.getProperty("own"));
  }
}`
    const files = await folder({ 'Program.java': program })
    const env = { JAVA_TOOL_OPTIONS: '"-Down= kept"', TMPDIR: await spacedFolder() }
    const { stdout } = await execIntercepted(['java', `${files}/Program.java`], env)
    expect(stdout).toContain(link)
    expect(stdout).toContain('200 kept\n')
  })
}

/** A folder whose name has a space, a quote and a percent sign. */
async function spacedFolder(): Promise<string> {
  const path = join(await folder(), "it's a 100% folder")
  await mkdir(path)
  return path
}

test('a program that a script of the command starts is intercepted as well', async () => {
  const files = await folder({ 'script.sh': `#!/bin/sh\nsh -c '"$0" "$@"' ${JSON.stringify(process.execPath)} "$@"` })
  await chmod(`${files}/script.sh`, 0o755)
  const program = `fetch('${list}', { headers: { authorization: 'Bearer any' } }).then((r) => console.log(r.status))`
  const env = { TMPDIR: await spacedFolder(), NODE_OPTIONS: '--no-warnings --title="a title"' }
  expect(await execIntercepted([`${files}/script.sh`, '-e', program], env)).toMatchObject({ code: 0, stdout: '200\n' })
})
