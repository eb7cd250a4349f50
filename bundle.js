// Builds dist: the command and the library as a few JavaScript files that contain their dependencies, so that a start
// reads a few files instead of hundreds, and an install brings no other package. It also writes fixtures.schema.json. tsc has written the types before.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const out = 'dist'

/**
 * Replaces imports of node:http by require: for an import, Node 22 and later evaluate all exports, which loads fetch and
 * WebSocket and takes a tenth of a start.
 */
const requiredHttp = {
  name: 'required-http',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'http', namespace: 'required' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'required' }, () => ({ contents: "module.exports = require('node:http')" }))
  },
}

const options = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  outdir: out,
  chunkNames: 'part-[hash]',
  // Fake timers of a test runner must not stop a mock in the same process.
  inject: ['src/text/system-globals.ts'],
  define: { 'process.nextTick': 'systemNextTick' },
  // CommonJS packages load Node's own modules with require.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
  write: false,
}

/** The exports of a source file. */
async function importSource(path) {
  const { outputFiles } = await build({
    ...options,
    splitting: false,
    packages: 'external',
    entryPoints: [path],
    define: { ...options.define, 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
  })
  // In this folder, so that its imports are found, and with a name that no other build has.
  const file = join(out, `.${basename(path, '.ts')}-${process.pid}.mjs`)
  writeFileSync(file, outputFiles[0].contents)
  return import(pathToFileURL(file).href).finally(() => rmSync(file))
}

/** The OpenAPI document of a mock that runs from source. */
async function describeMock() {
  const { createApp } = await importSource('src/app.ts')
  const app = await createApp({ fixtures: {} })
  const { payload } = await app.inject('/_mock/openapi.json')
  await app.close()
  return payload
}

/** Replaces the function that describes the mock by its result, so that the package does not contain @fastify/swagger. */
const describedAtBuild = {
  name: 'described-at-build',
  setup({ onLoad }) {
    onLoad({ filter: /control[\\/]openapi-document\.ts$/ }, async () => ({
      contents: `const document = ${JSON.stringify(await describeMock())}
        export const describeApi = async () => JSON.parse(document)`,
    }))
  },
}

mkdirSync(out, { recursive: true })
const { buildInspector } = await importSource('src/control/inspector-assets.ts')
const { inputs: inspectorInputs, ...inspector } = await buildInspector()

/** Replaces the function that builds the inspector page by its result, so that the package does not contain esbuild. */
const inspectorAtBuild = {
  name: 'inspector-at-build',
  setup({ onLoad }) {
    onLoad({ filter: /control\/inspector-assets\.ts$/ }, () => ({
      contents: `export const buildInspector = async () => (${JSON.stringify(inspector)})`,
    }))
  },
}

const { outputFiles, metafile } = await build({
  ...options,
  entryPoints: ['src/cli.ts', 'src/index.ts', 'src/intercept-preload.ts'],
  plugins: [requiredHttp, describedAtBuild, inspectorAtBuild],
  sourcemap: true,
  metafile: true,
})
for (const { path, contents, text } of outputFiles) {
  write(path, path.endsWith('.map') ? Buffer.from(withOwnSources(text)) : contents)
}
// npm makes it executable only when it links the command for the first time.
chmodSync(join(out, 'cli.js'), 0o755)
write(join(out, 'LICENSES.txt'), Buffer.from(licenses([...Object.keys(metafile.inputs), ...inspectorInputs])))
const written = new Set(outputFiles.map(({ path }) => basename(path)))
for (const name of readdirSync(out)) if (/\.js(\.map)?$/.test(name) && !written.has(name)) rmSync(join(out, name))
removePrivateTypes()
write('fixtures.schema.json', Buffer.from(await describeFixtures()))

/** The JSON Schema of fixtures, with the docstrings of the public types. */
async function describeFixtures() {
  const { fixtureJsonSchema } = await importSource('src/world/fixtures/fixture-json-schema.ts')
  const types = ['fixture', 'step'].map((name) => readFileSync(`src/public/${name}.ts`, 'utf8'))
  return `${JSON.stringify(fixtureJsonSchema(types.join('\n')), null, 2)}\n`
}

/** A source map with the text of the sources of this project only, which the package does not have as files. */
function withOwnSources(text) {
  const map = JSON.parse(text)
  const sourcesContent = map.sources.map((path, i) => (path.startsWith('../src/') ? map.sourcesContent[i] : null))
  return JSON.stringify({ ...map, sourcesContent })
}

/** Removes the declarations that index.d.ts does not import: they are not part of the public API. */
function removePrivateTypes() {
  const isPublic = new Set()
  const visit = (file) => {
    if (isPublic.has(file)) return
    isPublic.add(file)
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)\.ts'/g))
      visit(join(dirname(file), `${path}.d.ts`))
  }
  for (const name of ['index.d.ts', 'intercept-preload.d.ts']) visit(join(out, name))
  for (const name of readdirSync(out, { recursive: true })) {
    if (name.endsWith('.d.ts') && !isPublic.has(join(out, name))) rmSync(join(out, name))
  }
  for (const { name } of readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    if (name !== 'public') rmSync(join(out, name), { recursive: true })
  }
}

/** Leaves a file with the same content alone: a running mock may be reading it. */
function write(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return
  writeFileSync(path, contents)
}

/** The name, version and license of each bundled package. */
function licenses(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []))
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file))
      const text = file === undefined ? `${license}\n` : readFileSync(join(folder, file), 'utf8')
      return `${name} ${version} (${license})\n\n${text.trim()}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}
