import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAuthorization } from '../src/world/tokens.ts'
import { pageOf, root, samplesOf } from './pages.ts'

const configOf = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8')
const [commands = ''] = samplesOf('docs/scaling.md', 'sh')
const [regularExpression = ''] = samplesOf('docs/scaling.md', 'text')
const pattern = regularExpression.trim()

/** The key of a header, as a load balancer takes it out. */
const keyOf = (header: string) => new RegExp(pattern, 'i').exec(header)?.[1]

test('the configurations have the regular expression of the guide', () => {
  const [, inNginx = ''] = /^ *"~\*(\^Bearer.*)" \$token;$/m.exec(configOf('nginx.conf')) ?? []
  const [, inHaproxy = ''] = /regsub\("(\^Bearer.*)","\\1",i\)'$/m.exec(configOf('haproxy.cfg')) ?? []
  expect([inNginx.replace('?<token>', ''), inHaproxy]).toEqual([pattern, pattern])
})

test.each([
  'Bearer spring',
  'bearer   spring  ',
  'Bearer spring~rate-limited',
  'Bearer spring.access-1764034800123',
  'Bearer spring.access-1764034800123~slow',
  'Bearer spring~slow~reset',
])('the key of "%s" is spring', (header) => {
  expect([keyOf(header), readAuthorization(header)?.token]).toEqual(['spring', 'spring'])
})

test('for any token the key is the portal of the mock', () => {
  const part = fc.stringMatching(/^[\x21-\x7e]{1,12}$/)
  const issued = fc.constantFrom('', '.access-1764034800123', '.access-12', '.access-17640348001234')
  const scenario = fc.constantFrom('', '~slow', '~', '~a~b', '~.access-1764034800123')
  fc.assert(
    fc.property(part, issued, scenario, (name, suffix, end) => {
      const header = `Bearer ${name}${suffix}${end}`
      const token = readAuthorization(header)?.token
      // A token that is empty or only a suffix is no token of a portal.
      if (token !== '') expect(keyOf(header)).toBe(token)
    }),
    { numRuns: 2000 },
  )
})

test('the commands of the guide name files that exist', () => {
  const [compose = '', kubernetes = ''] = [...commands.matchAll(/ (deploy\S*)/g)].map(([, path]) => path)
  expect(existsSync(join(root, compose))).toBe(true)
  expect(existsSync(join(root, kubernetes, 'kustomization.yaml'))).toBe(true)
})

test('the settings that the guide names are in the configurations', () => {
  const rows = [...pageOf('docs/scaling.md').matchAll(/^\| (`.*?) \| (.*?) \| .* \|$/gm)]
  const settings = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, setting = '']) => setting)
  const ofTable = rows.filter(([, nginx = '']) => !nginx.includes('hubspot_mock') && !nginx.includes('nodejs'))
  expect(ofTable.length).toBe(7)
  for (const [, nginx, haproxy = ''] of ofTable) {
    for (const setting of settings(nginx)) expect(configOf('nginx.conf')).toContain(setting)
    for (const setting of settings(haproxy.replace(/^no `check`$/, ''))) {
      expect(configOf('haproxy.cfg')).toContain(setting)
    }
  }
  expect(configOf('haproxy.cfg')).not.toMatch(/^\s*(default-)?server .*\bcheck\b/m)
})
