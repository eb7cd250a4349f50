import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, inject, test } from 'vitest'

const run = promisify(execFile)
const project = inject('project')
const tools = inject('tools')
const clients = inject('clients')

/** A program in which each client reads a list from HubSpot's address. It prints the clients, and whether the link leads there. */
const program = `
import { createRequire } from 'node:module'
import https from 'node:https'
const require = createRequire(import.meta.url)
const url = 'https://api.hubapi.com/marketing/v3/campaigns?limit=1'
const headers = { authorization: 'Bearer any' }
const load = async (name) => import(name)
const textOf = async (stream) => { let text = ''; for await (const part of stream) text += part; return text }
const calls = {
  fetch: async () => (await fetch(url, { headers })).text(),
  https: () => new Promise((resolve, reject) => https.get(url, { headers }, (response) => resolve(textOf(response))).on('error', reject)),
  '@hubspot/api-client': async () => {
    const { Client } = await load('@hubspot/api-client')
    return (await new Client({ accessToken: 'any' }).apiRequest({ path: '/marketing/v3/campaigns?limit=1' })).text()
  },
  axios: async () => JSON.stringify((await (await load('axios')).default.get(url, { headers })).data),
  'axios with fetch': async () => JSON.stringify((await (await load('axios')).default.get(url, { headers, adapter: 'fetch' })).data),
  'axios-0': async () => JSON.stringify((await require('axios-0').get(url, { headers })).data),
  got: async () => (await (await load('got')).default(url, { headers })).body,
  'got-11': async () => (await require('got-11')(url, { headers })).body,
  'got-11 with http2': async () => (await require('got-11')(url, { headers, http2: true })).body,
  'node-fetch': async () => (await (await load('node-fetch')).default(url, { headers })).text(),
  superagent: async () => (await (await load('superagent')).default.get(url).set(headers)).text,
}
for (const name of ['undici-5', 'undici-6', 'undici-7']) {
  const { Agent, Client, ProxyAgent, fetch: undiciFetch, request } = await load(name)
  const by = async (dispatcher) => {
    const { body } = await request(url, { headers, ...(dispatcher && { dispatcher }) })
    const text = await body.text()
    await dispatcher?.close()
    return text
  }
  calls[name + ' fetch'] = async () => (await undiciFetch(url, { headers })).text()
  calls[name + ' request'] = () => by()
  calls[name + ' Agent'] = () => by(new Agent())
  calls[name + ' Client'] = () => by(new Client('https://api.hubapi.com'))
  if (process.env.HTTPS_PROXY) calls[name + ' ProxyAgent'] = () => by(new ProxyAgent(process.env.HTTPS_PROXY))
  calls['fetch with an Agent of ' + name] = async () => {
    const dispatcher = new Agent()
    const text = await (await fetch(url, { headers, dispatcher })).text()
    await dispatcher.close()
    return text
  }
}
const failed = []
for (const [name, call] of Object.entries(calls)) {
  const text = await call().catch(String)
  if (!text.includes('"link":"https://api.hubapi.com/marketing/v3/campaigns?limit=1&after=')) failed.push(name + ': ' + text)
}
console.log(Object.keys(calls).length, failed)
`

describe.each(['20', '22', '24'])('on Node %s', (version) => {
  const bin = join(tools, `node_modules/node${version}/bin`)
  const env = { ...process.env, NODE_OPTIONS: '', PATH: bin + delimiter + process.env['PATH'] }

  test('every client reaches the mock at HubSpot’s address, under exec --intercept', async () => {
    await writeFile(join(clients, 'program.mjs'), program)
    const words = ['hubspot-campaigns-mock', 'exec', '--intercept', '--', 'node', join(clients, 'program.mjs')]
    expect((await run('npx', words, { cwd: project, env })).stdout).toBe('29 []\n')
  })

  test('every client reaches the mock at HubSpot’s address, with the preload', async () => {
    await writeFile(join(clients, 'program.mjs'), program)
    const preload = join(project, 'node_modules/hubspot-campaigns-mock/dist/intercept-preload.js')
    expect((await run('node', ['--import', preload, 'program.mjs'], { cwd: clients, env })).stdout).toBe('26 []\n')
  })
})
