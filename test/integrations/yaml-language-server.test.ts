import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, inject, onTestFinished, test } from 'vitest'
import { folder } from '../folder.ts'
import { projectFolder } from '../programs.ts'

const root = projectFolder
const modeline = '# yaml-language-server: $schema=./fixtures.schema.json\n'

interface Diagnostic {
  message: string
  range: { start: { line: number; character: number } }
}

interface Message {
  id?: number
  method?: string
  result?: unknown
  params?: { uri: string; diagnostics: Diagnostic[] }
}

/** The language server that editors use for YAML, on its standard streams. */
class LanguageServer {
  readonly #server: ChildProcessWithoutNullStreams
  readonly #waiting: { accepts: (message: Message) => boolean; resolve: (message: Message) => void }[] = []
  #received = Buffer.alloc(0)
  #lastId = 0

  constructor() {
    const script = join(inject('clients'), 'node_modules/yaml-language-server/bin/yaml-language-server')
    this.#server = spawn(process.execPath, [script, '--stdio'])
    this.#server.stdout.on('data', (chunk: Buffer) => this.#read(chunk))
    onTestFinished(() => void this.#server.kill())
  }

  request(method: string, params: object): Promise<Message> {
    const id = ++this.#lastId
    this.#send({ id, method, params })
    return this.#next((message) => message.id === id && message.method === undefined)
  }

  notify(method: string, params: object): void {
    this.#send({ method, params })
  }

  /** Opens a file, and returns what the server reports about it. */
  async open(file: string): Promise<Diagnostic[]> {
    const uri = pathToFileURL(file).href
    const text = await readFile(file, 'utf8')
    const reported = this.#next(
      ({ method, params }) => method?.endsWith('publishDiagnostics') === true && params?.uri === uri,
    )
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } })
    return (await reported).params?.diagnostics ?? []
  }

  #next(accepts: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => this.#waiting.push({ accepts, resolve }))
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  #read(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n')
      const [, length] = /Content-Length: (\d+)/.exec(this.#received.subarray(0, end).toString()) ?? []
      const start = end + '\r\n\r\n'.length
      if (end < 0 || this.#received.length < start + Number(length)) return
      this.#receive(JSON.parse(this.#received.subarray(start, start + Number(length)).toString()))
      this.#received = this.#received.subarray(start + Number(length))
    }
  }

  #receive(message: Message): void {
    // The server asks for the settings of the editor, which are the defaults here.
    if (message.id !== undefined && message.method !== undefined)
      this.#send({ id: message.id, result: [{}, {}, {}, {}, {}] })
    for (const { accepts, resolve } of this.#waiting) if (accepts(message)) resolve(message)
  }
}

async function serverWith(files: Record<string, string>) {
  const path = await folder(files)
  await copyFile(join(root, 'fixtures.schema.json'), join(path, 'fixtures.schema.json'))
  const server = new LanguageServer()
  await server.request('initialize', {
    processId: null,
    rootUri: pathToFileURL(path).href,
    capabilities: { textDocument: { hover: { contentFormat: ['plaintext'] } } },
  })
  server.notify('initialized', {})
  return { server, path }
}

test('an editor accepts the default fixture', async () => {
  const { server, path } = await serverWith({})
  await writeFile(join(path, 'my.yaml'), modeline + (await readFile(join(root, 'fixtures/default.yaml'), 'utf8')))
  expect(await server.open(join(path, 'my.yaml'))).toEqual([])
})

test('an editor shows mistakes of a fixture where they are', async () => {
  const mistakes = ['campaigns:', '  - id: a', '    propertys: {}', '    createdAt: soon', 'scenario: [a]', ''].join(
    '\n',
  )
  const { server, path } = await serverWith({ 'my.yaml': modeline + mistakes })
  const found = await server.open(join(path, 'my.yaml'))
  const places = found.map(({ range }) => `${range.start.line}:${range.start.character}`)
  expect(places.sort()).toEqual(['3:4', '4:15', '5:10'])
  expect(found.map(({ message }) => message).join('\n')).toContain('propertys')
})

test('an editor describes a member under the cursor', async () => {
  const { server, path } = await serverWith({
    'my.yaml': `${modeline}campaigns:\n  - id: a\n    createdAt: 2026-01-01\n`,
  })
  const file = join(path, 'my.yaml')
  await server.open(file)
  const position = { line: 3, character: 6 }
  const { result } = await server.request('textDocument/hover', {
    textDocument: { uri: pathToFileURL(file).href },
    position,
  })
  expect(JSON.stringify(result)).toContain('A moment such as')
})
