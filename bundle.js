// Makes dist of src: the command and the library as one piece of JavaScript with what they need, so that a start reads
// a few files and not hundreds. Types are tsc's. What is large and seldom needed stays outside and is loaded on demand,
// and so does pino, which looks for files of its own where a logger writes from a thread.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

const out = 'dist'

/**
 * What is imported from node:http is required instead: Node 22 and later read all that an imported module of theirs
 * exports, and there load fetch and WebSocket for it, which is a tenth of a start.
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

const { outputFiles, metafile } = await build({
  entryPoints: ['src/cli.ts', 'src/index.ts'],
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'part-[hash]',
  // Fake timers of a test runner must not stop a mock in the same process.
  inject: ['src/text/system-globals.ts'],
  define: { 'process.nextTick': 'systemNextTick' },
  external: ['@faker-js/faker', '@fastify/swagger', 'pino'],
  // What is CommonJS asks for Node's own modules so.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  plugins: [requiredHttp],
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  write: false,
})

mkdirSync(out, { recursive: true })
for (const { path, contents } of outputFiles) write(path, contents)
write(join(out, 'LICENSES.txt'), Buffer.from(licences(Object.keys(metafile.inputs))))
const made = new Set(outputFiles.map(({ path }) => basename(path)))
for (const name of readdirSync(out)) if (name.endsWith('.js') && !made.has(name)) rmSync(join(out, name))

/** What has not changed is not written again: a mock that runs may be reading it. */
function write(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return
  writeFileSync(path, contents)
}

/** The licence of each package whose code is in the bundle, as its licence asks for. */
function licences(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
  )
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file))
      const text = file === undefined ? `${license}\n` : readFileSync(join(folder, file), 'utf8')
      return `${name} ${version}\n\n${text.trim()}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}
