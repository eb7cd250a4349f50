import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { tableOf } from './pages.ts'

/** Verbs without a route of their own, each with the verb whose route does the same. */
const withoutRoute: Readonly<Record<string, string>> = {
  'journal.count': 'journal.list',
  'journal.last': 'journal.list',
  'journal.total': 'journal.list',
  'journal.dropped': 'journal.list',
  'journal.har': 'journal.list',
  'journal.startWait': 'journal.waitFor',
  'journal.expect': 'journal.verify',
  'journal.expectNoHints': 'journal.list',
  'clock.advance': 'clock.set',
  'clock.stop': 'clock.set',
  'clock.start': 'clock.set',
}

/** Members of the mock itself, which a caller of the control API has already. */
const ofProcess = ['url', 'httpsUrl', 'close']

/** Operations that the library does not need. */
const onlyRoutes = ['health', 'mock.health', 'mock.metrics', 'mock.openapi']

/** The verbs of the library: the members of the mock and of a portal, and those of their resources. */
async function findVerbs(): Promise<string[]> {
  const mock = await startMock()
  onTestFinished(() => mock.close())
  const verbs = [mock, mock.portal('any')].flatMap((controls) =>
    [...Object.keys(controls), ...methodsOf(controls)].flatMap((name) => {
      const member = Reflect.get(controls, name)
      return typeof member === 'object' ? methodsOf(member).map((verb) => `${name}.${verb}`) : [name]
    }),
  )
  return [...new Set(verbs)].filter((verb) => !ofProcess.includes(verb))
}

/** The names of the methods and getters of a class; none for a plain object. */
function methodsOf(object: object): string[] {
  const prototype = Object.getPrototypeOf(object)
  const names = prototype === Object.prototype ? [] : Object.getOwnPropertyNames(prototype)
  return names.filter((name) => name !== 'constructor')
}

/** The calls of the control API, such as `GET /_mock/campaigns`, each with the id of its operation. */
async function findRoutes(): Promise<Map<string, string>> {
  const mock = await startMock()
  onTestFinished(() => mock.close())
  const response = await fetch(`${mock.url}/_mock/openapi.json`)
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, { operationId?: string }>> }
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId = 'none' }]) => {
      const url = path.replace(/\{(\w+)\}/g, ':$1')
      return [`${method.toUpperCase()} ${url}`, operationId] as const
    }),
  )
  return new Map(calls.filter(([call]) => /^\w+ \/(_mock|health)/.test(call)))
}

test('every verb of the library has a route of the control API, and every route a verb', async () => {
  const [verbs, routes] = [await findVerbs(), await findRoutes()]
  const served = [...routes.values()].filter((id) => !onlyRoutes.includes(id))
  const needed = new Set(verbs.map((verb) => `mock.${withoutRoute[verb] ?? verb}`))
  expect(served.sort()).toEqual([...needed].sort())
  expect(Object.keys(withoutRoute).filter((verb) => !verbs.includes(verb))).toEqual([])
})

test('the table in control-api.md has every route with its verb', async () => {
  const routes = await findRoutes()
  const listed = tableOf('docs/control-api.md', 'call').flatMap(([calls = '', verb = '']) =>
    calls.split(', ').map((call) => [call.replace(/`|\?.*/g, ''), verb] as const),
  )
  const expected = [...routes].map(([call, id]) => [call, onlyRoutes.includes(id) ? '–' : id.replace('mock.', '')])
  expect(listed.sort()).toEqual(expected.sort())
})
