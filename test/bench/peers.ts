import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toolbox } from '../toolbox.ts'
import { type Ask, type Command, v3 } from './servers.ts'

/** Another mock server, set up to answer the same 50 campaigns as near to the endpoint as it can. */
export interface Peer {
  readonly name: string
  readonly ask: Ask
  commandOn(port: number): Command
}

/**
 * The peers, installed into the cache on first use. emulate needs Node 22.15 or later, and runs on a Node of npm's;
 * the others run on this one.
 * @param answer the body they are to answer · @param ask how the endpoint is asked for it
 * @returns them, and that newer Node
 */
export function peers(answer: string, ask: Ask): { peers: Peer[]; newer: string } {
  const node24 = `node-${process.platform}-${process.arch}`
  const box = toolbox('peers', {
    'json-server': '1.0.0-beta.15',
    emulate: '0.12.2',
    '@mockoon/cli': '9.9.0',
    '@stoplight/prism-cli': '5.14.2',
    node24: `npm:${node24}@24`,
  })
  const inBox = (path: string) => join(box, 'node_modules', path)
  const newer = inBox('node24/bin/node')
  const folder = (name: string, files: Record<string, unknown>) => {
    const into = join(box, name)
    mkdirSync(join(into, 'public'), { recursive: true })
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(into, file), typeof text === 'string' ? text : JSON.stringify(text))
    }
    return into
  }
  const { results } = JSON.parse(answer)
  const body = JSON.parse(answer)
  const all: Peer[] = [
    {
      // It has no such POST: the list of 50 is the nearest thing. In production it does not watch its file.
      name: 'json-server',
      ask: { ...ask, method: 'GET', path: '/campaigns', body: '' },
      commandOn: (port) => ({
        command: process.execPath,
        args: [inBox('json-server/lib/bin.js'), '--port', String(port), 'db.json'],
        env: { NODE_ENV: 'production' },
        cwd: folder('json-server-files', { 'db.json': { campaigns: results } }),
      }),
    },
    {
      name: 'emulate',
      ask,
      commandOn: (port) => ({
        command: newer,
        args: [
          inBox('emulate/dist/index.js'),
          'start',
          '--config',
          'emulate.config.mjs',
          '--host',
          '127.0.0.1',
          '--port',
          String(port),
        ],
        cwd: folder('emulate-files', {
          'emulate.config.mjs': [
            `import { defineConfig, defineEmulator } from ${JSON.stringify(inBox('emulate/dist/api.js'))}`,
            `const body = ${answer}`,
            `const emulator = defineEmulator({ name: 'hubspot', state: () => ({ body }),`,
            `  setup: ({ app, state }) => void app.post('${v3}', (context) => context.json(state.body)) })`,
            `export default defineConfig({ services: { hubspot: { emulator, port: ${port}, inspector: false } } })`,
          ].join('\n'),
        }),
      }),
    },
    {
      name: '@mockoon/cli',
      ask,
      commandOn: (port) => ({
        command: process.execPath,
        args: [
          inBox('@mockoon/cli/bin/run.js'),
          ...['start', '--data', 'mockoon.json', '--port', String(port), '--hostname', '127.0.0.1'],
          ...['--disable-log-to-file', '--disable-admin-api', '--max-transaction-logs', '1'],
        ],
        cwd: folder('mockoon-files', { 'mockoon.json': mockoonEnvironment(port, answer) }),
      }),
    },
    {
      name: '@stoplight/prism-cli',
      ask,
      commandOn: (port) => ({
        command: process.execPath,
        args: [
          inBox('@stoplight/prism-cli/dist/index.js'),
          ...['mock', 'openapi.json', '--port', String(port), '--host', '127.0.0.1'],
          ...['--verboseLevel', 'silent', '--multiprocess', 'false'],
        ],
        cwd: folder('prism-files', { 'openapi.json': prismDocument(body) }),
      }),
    },
  ]
  return { peers: all, newer }
}

function mockoonEnvironment(port: number, answer: string) {
  const uuid = '11111111-1111-4111-8111-111111111111'
  const response = {
    uuid: '22222222-2222-4222-8222-222222222222',
    ...{ body: answer, statusCode: 200, latency: 0, label: '', headers: [], bodyType: 'INLINE', filePath: '' },
    ...{ databucketID: '', sendFileAsBody: false, rules: [], rulesOperator: 'OR', disableTemplating: true },
    ...{ fallbackTo404: false, default: true, crudKey: 'id', callbacks: [] },
  }
  const route = {
    ...{ uuid, type: 'http', documentation: '', method: 'post', endpoint: v3.slice(1), responses: [response] },
    ...{ responseMode: null, streamingMode: null, streamingInterval: 0 },
  }
  return {
    ...{
      uuid: '00000000-0000-4000-8000-000000000000',
      lastMigration: 33,
      name: 'hubspot',
      port,
      hostname: '127.0.0.1',
    },
    ...{ endpointPrefix: '', latency: 0, folders: [], rootChildren: [{ type: 'route', uuid }], routes: [route] },
    ...{ proxyMode: false, proxyHost: '', proxyRemovePrefix: false, cors: false, data: [], callbacks: [] },
    ...{ headers: [{ key: 'Content-Type', value: 'application/json' }], proxyReqHeaders: [], proxyResHeaders: [] },
    tlsOptions: { enabled: false, type: 'CERT', pfxPath: '', certPath: '', keyPath: '', caPath: '', passphrase: '' },
  }
}

function prismDocument(example: unknown) {
  const inputs = { type: 'array', items: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } } }
  const schema = { type: 'object', required: ['inputs'], properties: { inputs } }
  return {
    openapi: '3.0.3',
    info: { title: 'campaigns', version: '1' },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths: {
      [v3]: {
        post: {
          security: [{ bearer: [] }],
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 200: { description: 'ok', content: { 'application/json': { example } } } },
        },
      },
    },
  }
}
