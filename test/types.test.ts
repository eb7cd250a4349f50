import { expect, test } from 'vitest'
import { projectFolder, runProgram } from './programs.ts'
import { sample } from './sample.ts'

const root = projectFolder

const right = `import { startMock, type Fixture, type Steps } from 'hubspot-campaigns-mock'
const fixtures: Fixture = { campaigns: [{ id: 'a', assets: { FORM: [{ id: 'b', daily: { '2026-05-06': { VIEWS: 1 } } }] } }] }
const steps: Steps = [{ status: 'PENDING', times: 2 }, { error: 'rate-limited' }, { error: { status: 418 } }]
const mock = await startMock({ fixtures })
mock.portal('token').scenarios.play(steps)
`

/** Wrong code, with a part of the compiler's message. */
const wrong = [
  ['a fixture’s key', `await startMock({ fixtures: { campaign: [] } })`, 'campaign'],
  ['a campaign’s key', `mock.campaigns.put({ id: 'a', property: {} })`, 'property'],
  ['a campaign without an id', `mock.campaigns.put({ properties: {} })`, 'id'],
  ['a property’s type', `mock.campaigns.put({ id: 'a', properties: { hs_name: 7 } })`, 'number'],
  ['an asset’s type', `mock.campaigns.put({ id: 'a', assets: { EMAILS: [] } })`, 'EMAILS'],
  ['a batch’s status', `mock.scenarios.play([{ status: 'COMPLETED' }])`, 'COMPLETED'],
  ['a step’s key', `mock.scenarios.play([{ state: 'PENDING' }])`, 'state'],
  ['an error’s name', `mock.scenarios.play([{ error: 'rate-limit' }])`, 'rate-limit'],
  ['a fault’s name', `mock.scenarios.play([{ fault: 'rst' }])`, 'rst'],
  ['a fidelity', `await startMock({ fidelity: 'real' })`, 'real'],
  ['a rate limit', `await startMock({ rateLimit: 'pro' })`, 'pro'],
  ['an option', `await startMock({ fixture: {} })`, 'fixture'],
  ['a journal filter', `mock.journal.count({ code: 429 })`, 'code'],
  ['a field to verify', `mock.journal.verify({ where: { id: 'a' } })`, 'id'],
] as const

test('wrong code does not compile, and right code does', async () => {
  const files = wrong.map(([, code], i) => [`wrong-${i}.ts`, `${right}${code}\n`])
  const folder = await sample({
    'tsconfig.json': '{"extends":"../tsconfig.json","include":["*.ts"]}',
    'right.ts': right,
    ...Object.fromEntries(files),
  })
  const { stdout } = await runProgram('npx', ['tsc', '--pretty', 'false', '-p', folder], { cwd: root }).catch(
    (error) => error,
  )
  const complaints = [...stdout.matchAll(/([\w-]+)\.ts\((\d+),\d+\): error TS\d+: ((?:.+\n)(?: .+\n)*)/g)]
  const line = right.split('\n').length
  expect(complaints.map(([, file, at]) => `${file}:${at}`).sort()).toEqual(
    wrong.map((_, i) => `wrong-${i}:${line}`).sort(),
  )
  for (const [, file = '', , message] of complaints) {
    const [what, , word] = wrong[Number(file.split('-')[1])] ?? []
    expect(message, what).toContain(word)
  }
})
