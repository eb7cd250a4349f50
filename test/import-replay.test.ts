import { existsSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { commandHere } from './command.ts'
import { folder } from './folder.ts'
import { hasTool, reportLeftOut } from './left-out.ts'
import { recordInBrowser, recordingProxy } from './recorders.ts'
import { comparable, harOf, type Recorded, recorder, replay, runSession, sessionFixture, sessionOf } from './session.ts'

/** Where HubSpot's recorded responses are: next to this repository, never in it. */
const recordedFolder =
  process.env['HUBSPOT_RECORDED'] ?? fileURLToPath(new URL('../../shared/recorded', import.meta.url))

/** Imports a recording; the mock with this fixture then answers each recorded request with the recorded body. */
async function expectSameAfterImport(file: string, session: readonly Recorded[], fidelity?: 'documented' | 'observed') {
  const path = await folder()
  const fixture = join(path, 'fixture.yaml')
  const { code, stderr } = await commandHere(['import', file, '--out', fixture])
  expect({ code, stderr }).toMatchObject({ code: 0 })
  expect(await readFile(fixture, 'utf8')).not.toContain('pat-na1')
  const all = session.length
  expect(stderr).toContain(`the mock answers ${all} of ${all} recorded request`)
  const again = await replay(session, fixture, fidelity)
  expect(comparable(again)).toEqual(comparable(session))
  await writeFile(join(path, 'again.har'), harOf(again))
  const drift = await commandHere(['drift', '--recorded', join(path, 'again.har')])
  expect(drift).toMatchObject({ code: 0 })
  return stderr
}

test('a session with every read call is imported, and answered as it was recorded', async () => {
  await using mock = await startMock({ fixtures: sessionFixture })
  const { recorded, send } = recorder(mock.url)
  await runSession(send)
  const file = join(await folder({ 'session.har': harOf(recorded) }), 'session.har')
  const stderr = await expectSameAfterImport(file, recorded)
  expect(stderr).toMatch(
    /^imported 3 campaigns and 2 errors from 28 of 28 responses: .+\nthe mock answers 28 of 28 recorded requests with the recorded body\n$/,
  )
})

test('a session that only a mock in observed fidelity answers in this way names the flag', async () => {
  await using mock = await startMock({ fixtures: sessionFixture, fidelity: 'observed' })
  const { recorded, send } = recorder(mock.url)
  await runSession(send)
  const file = join(await folder({ 'session.har': harOf(recorded) }), 'session.har')
  expect(await expectSameAfterImport(file, recorded, 'observed')).toContain(
    'with the recorded body with --fidelity observed\n',
  )
})

test('a session of the journal is imported, and answered as it was recorded', async () => {
  await using mock = await startMock({ fixtures: sessionFixture })
  await runSession(recorder(mock.url).send)
  const session = mock.journal.list().map(
    (exchange): Recorded => ({
      method: exchange.method,
      path: `${exchange.path}${exchange.query === '' ? '' : `?${exchange.query}`}`,
      requestBody: exchange.body === '' ? undefined : exchange.body,
      status: exchange.status ?? 0,
      headers: Object.entries(exchange.responseHeaders),
      body: exchange.responseBody,
    }),
  )
  const file = join(await folder({ 'journal.har': harOf(session, mock.url) }), 'journal.har')
  await expectSameAfterImport(file, session)
})

test('a session that a proxy recorded is imported, and answered as it was recorded', async () => {
  await using mock = await startMock({ fixtures: sessionFixture })
  await using proxy = await recordingProxy(mock.url)
  const { recorded, send } = recorder(proxy.url)
  await runSession(send)
  const file = join(await folder({ 'proxy.har': JSON.stringify(proxy.har()) }), 'proxy.har')
  expect(await readFile(file, 'utf8')).toContain('"encoding":"base64"')
  await expectSameAfterImport(file, recorded)
})

const hasChromium = hasTool('chromium', 'the import of a HAR file that a browser wrote')

test.runIf(hasChromium)('a session that a browser recorded is imported, and answered as it was recorded', async () => {
  await using mock = await startMock({ fixtures: sessionFixture })
  const file = join(await folder(), 'browser.har')
  await recordInBrowser(mock.url, file)
  const session = (await sessionOf(file)).filter(({ path }) => !path.startsWith('/_mock'))
  expect(session).toHaveLength(28)
  await expectSameAfterImport(file, session)
})

if (existsSync(recordedFolder)) registerRecorded()
else reportLeftOut(`HubSpot's recorded responses are not in ${recordedFolder}; HUBSPOT_RECORDED names it`)

/** Recorded responses, with the requests that led to them. */
function registerRecorded(): void {
  const bodyOf = (name: string) => JSON.parse(readFileSync(join(recordedFolder, `${name}.json`), 'utf8'))
  const call = (method: string, path: string, body: object, sent?: object): Recorded => ({
    method,
    path,
    requestBody: sent && JSON.stringify(sent),
    status: 'numErrors' in body ? 207 : 200,
    headers: [
      ['content-type', 'application/json;charset=utf-8'],
      ['x-hubspot-correlation-id', 'aeb5f871-7f07-4993-9211-075dc63e7cbf'],
    ],
    body: JSON.stringify(body),
  })
  const at = '/marketing/campaigns/2026-03'
  const properties = 'properties=hs_name%2Chs_notes%2Chs_budget_items_sum_amount'
  const idsOf = (body: ReturnType<typeof JSON.parse>) => body.results.map(({ id }: { id: string }) => ({ id }))

  /** One page of assets was shortened by hand: it has a cursor after a single asset. */
  const batch = () => {
    const body = bodyOf('batch-read-200')
    for (const { assets } of body.results)
      for (const page of Object.values(assets)) Reflect.deleteProperty(Object(page), 'paging')
    return call('POST', `${at}/batch/read?${properties}`, body, { inputs: idsOf(body) })
  }
  const partial = () => {
    const body = bodyOf('batch-read-207')
    const [, failed] = /format: (.+)'$/.exec(body.errors[0].message) ?? []
    return call('POST', `${at}/batch/read?${properties}`, body, { inputs: [...idsOf(body), { id: failed }] })
  }
  const id = '36137b99-47a6-40fe-986d-839a5e3deebb'
  const lists = () => {
    const [first, last] = [bodyOf('list-first-page'), bodyOf('list-last-page')]
    const query = `limit=2&sort=-updatedAt&${properties}`
    return [call('GET', `${at}?${query}`, first), call('GET', `${at}?${query}&after=Mg%3D%3D`, last)]
  }
  const contacts = () => call('GET', `${at}/${id}/reports/contacts/influencedContacts`, bodyOf('reports-contacts'))
  const account = () => call('GET', '/account-info/2026-03/details', bodyOf('account-details'))
  const assets = () =>
    call('GET', `${at}/${id}/assets/MARKETING_EMAIL?after=MTIzNDMzMzQyMTc5OQ%3D%3D`, bodyOf('assets-last-page'))

  test.each([
    ['account, lists, batch and contacts', () => [account(), ...lists(), batch(), contacts()]],
    ['a batch with an error', () => [partial()]],
    ['a page of assets behind a cursor of HubSpot', () => [assets()]],
  ])('recorded responses are imported, and answered as they were recorded: %s', async (_what, sessionOfHubspot) => {
    const session = sessionOfHubspot()
    const file = join(await folder({ 'session.har': harOf(session) }), 'session.har')
    await expectSameAfterImport(file, session, 'observed')
  })

  test('the recorded bodies alone are imported, except for those that need their request', async () => {
    const { code, stderr } = await commandHere(['import', recordedFolder])
    expect(code).toBe(0)
    expect(stderr).toContain(
      'assets-last-page.json: the request is needed, as in a HAR file: its path has the campaignGuid\n',
    )
    expect(stderr).toContain('reports-contacts.json: the request is needed, as in a HAR file: it could be of ')
    expect(stderr).toContain('imported 3 campaigns and 1 error from 5 of 7 responses\n')
  })
}
