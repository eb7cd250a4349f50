import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Controls } from '../src/world/controls/controls.ts'
import { readFixtureFile } from '../src/world/fixtures/fixture-file.ts'
import { World } from '../src/world/world.ts'
import { build, shippedScenarios, spring } from './build.ts'
import { folder } from './folder.ts'

/** The error for one file, without its folder. */
async function complaint(name: string, text: string): Promise<string> {
  const path = await folder({ [name]: text })
  const file = join(path, name)
  return World.open({ fixtures: file }).then(
    () => 'none',
    (error: Error) => error.message.replaceAll(file, name),
  )
}

describe('an invalid fixture is reported with file, line, column and path', () => {
  test.each([
    [
      'an unknown key',
      'campaigns:\n  - id: a\n    propertys: {}\n',
      '3:5: campaigns[0].propertys: unknown key "propertys": did you mean "properties"?',
    ],
    ['an unknown key at the top', 'campaign: []\n', '1:1: campaign: unknown key "campaign": did you mean "campaigns"?'],
    [
      'a key like no other',
      'zebra: 1\n',
      '1:1: zebra: unknown key "zebra": expected one of: account, campaigns, removed, properties, errors, tokens, oauth, generate, scenario, scenarios',
    ],
    ['a missing id', 'campaigns:\n  - properties: {}\n', '2:5: campaigns[0].id: "id" is missing'],
    [
      'a number for text',
      'campaigns:\n  - id: a\n    properties:\n      hs_budget: 2.0\n',
      '4:7: campaigns[0].properties.hs_budget: expected text (put it in quotes), or null for no value, got 2',
    ],
    [
      'an asset type nobody knows',
      'campaigns:\n  - id: a\n    assets:\n      MARKETING_EMIAL: []\n',
      '4:7: campaigns[0].assets.MARKETING_EMIAL: unknown key "MARKETING_EMIAL": did you mean "MARKETING_EMAIL"?',
    ],
    [
      'a day that does not exist',
      'campaigns:\n  - id: a\n    assets:\n      CTA:\n        - id: b\n          daily: { "2026-02-30": { CLICKS: 1 } }\n',
      '6:20: campaigns[0].assets.CTA[0].daily.2026-02-30: "2026-02-30" is not a day: write it as 2026-01-31',
    ],
    [
      'metrics twice',
      'campaigns:\n  - id: a\n    assets:\n      CTA:\n        - id: b\n          metrics: {}\n          daily: {}\n',
      '7:11: campaigns[0].assets.CTA[0].daily: an asset has fixed metrics or daily ones, not both: remove one of them',
    ],
    [
      'a moment that does not exist',
      'campaigns:\n  - id: a\n    createdAt: 2026-02-30T00:00:00Z\n',
      '3:5: campaigns[0].createdAt: "2026-02-30T00:00:00Z" is not a valid date or time: write it as 2026-01-31 or 2026-01-31T23:59:59.000Z',
    ],
    [
      'an hour that does not exist',
      'campaigns:\n  - id: a\n    updatedAt: 2026-02-03T25:00:00Z\n',
      '3:5: campaigns[0].updatedAt: "2026-02-03T25:00:00Z" is not a valid date or time: write it as 2026-01-31 or 2026-01-31T23:59:59.000Z',
    ],
    [
      'an id twice',
      'campaigns:\n  - id: a\n  - id: b\nerrors:\n  - { id: a, category: C, message: M }\n',
      '5:7: errors[0].id: duplicate id "a": remove one of them',
    ],
    [
      'a status that is none',
      'scenarios:\n  mine:\n    - status: DONE\n',
      '3:7: scenarios.mine[0].status: expected COMPLETE, PENDING, PROCESSING or CANCELED, or the status of a clone, got "DONE"',
    ],
    [
      'results that are none',
      'scenarios:\n  mine:\n    - results: some\n',
      '3:7: scenarios.mine[0].results: unknown value "some": did you mean "none"? expected all, none or a whole number',
    ],
    [
      'a header that no line can hold',
      'scenarios:\n  mine:\n    - headers: { "x y": a }\n',
      '3:18: scenarios.mine[0].headers."x y": invalid header name "x y"',
    ],
    [
      'a header that the mock sets',
      'scenarios:\n  mine:\n    - error: { status: 500, headers: { Content-Length: "1" } }\n',
      '3:40: scenarios.mine[0].error.headers.Content-Length: Content-Length is set by the mock: to send an incomplete response, use fault: truncate',
    ],
    [
      'a delay upside down',
      'scenarios:\n  mine:\n    - delay: { min: 2, max: 1 }\n',
      '3:7: scenarios.mine[0].delay: min 2 is greater than max 1: swap them',
    ],
    [
      'a scenario that no header can name',
      'scenarios:\n  "to be": [{}]\n',
      '2:3: scenarios."to be": invalid name "to be": a name has 1 to 100 letters, digits, dots, dashes and underscores',
    ],
    [
      'a text too long to repeat',
      `generate: { campaigns: ${'x'.repeat(61)} }\n`,
      '1:13: generate.campaigns: expected a whole number from 0 to 4294967295, got a string of 61 characters',
    ],
    ['a scenario without steps', 'scenarios:\n  mine: []\n', '2:3: scenarios.mine: expected at least one item'],
    [
      'a scenario nobody knows',
      'campaigns: []\nscenario: baklog\n',
      `2:1: scenario: unknown scenario "baklog": did you mean "backlog"? expected one of: ${shippedScenarios}`,
    ],
    [
      'a scenario like no other',
      'scenario: zebra\n',
      `1:1: scenario: unknown scenario "zebra": expected one of: ${shippedScenarios}`,
    ],
    [
      'too many campaigns',
      'generate: { campaigns: 5000000000 }\n',
      '1:13: generate.campaigns: expected a whole number from 0 to 4294967295, got 5000000000',
    ],
    ['YAML that is none', 'campaigns:\n  - id: "a\n', '3:1: Missing closing "quote'],
    ['an alias of nothing', 'campaigns: [*nobody]\n', '1:13: this alias (*) has no anchor before it'],
    [
      'a business unit that says too much',
      'campaigns:\n  - id: a\n    businessUnits: [{ id: 0, name: x }]\n',
      '3:30: campaigns[0].businessUnits[0].name: unknown key "name": expected one of: id',
    ],
    [
      'an amount that is a text',
      'campaigns:\n  - id: a\n    budgetItems: [{ name: Print, amount: "2" }]\n',
      '3:34: campaigns[0].budgetItems[0].amount: expected a number, got "2"',
    ],
    [
      'an item without a name',
      'campaigns:\n  - id: a\n    spendItems:\n      - amount: 2\n',
      '4:9: campaigns[0].spendItems[0].name: "name" is missing',
    ],
    [
      'the id of an item that is no number',
      'campaigns:\n  - id: a\n    budgetItems: [{ id: "07", name: Print, amount: 2 }]\n',
      '3:21: campaigns[0].budgetItems[0].id: expected digits in quotes, such as "352", got "07"',
    ],
    [
      'an id of two items',
      'campaigns:\n  - id: a\n    budgetItems: [{ id: "7", name: Print, amount: 2 }]\n    spendItems: [{ id: "7", name: Print, amount: 2 }]\n',
      '4:20: campaigns[0].spendItems[0].id: "7" is used twice: use each id once',
    ],
    [
      'a moment of an item',
      'campaigns:\n  - id: a\n    budgetItems: [{ name: Print, amount: 2, createdAt: soon }]\n',
      '3:45: campaigns[0].budgetItems[0].createdAt: "soon" is not a valid date or time: write it as 2026-01-31 or 2026-01-31T23:59:59.000Z',
    ],
    [
      'a sum that is another one',
      'campaigns:\n  - id: a\n    properties: { hs_budget_items_sum_amount: "3.0" }\n    budgetItems: [{ name: A, amount: 0.1 }, { name: B, amount: 0.2 }]\n',
      '3:19: campaigns[0].properties.hs_budget_items_sum_amount: "3.0" is not "0.3", the sum of budgetItems: leave the property out',
    ],
    [
      'an attribution model that does not exist',
      'campaigns:\n  - id: a\n    reports: { revenue: { LINEAL: {} } }\n',
      '3:27: campaigns[0].reports.revenue.LINEAL: unknown key "LINEAL": did you mean "LINEAR"?',
    ],
    [
      'a count that is not whole',
      'campaigns:\n  - id: a\n    reports: { metrics: { sessions: 1.5 } }\n',
      '3:27: campaigns[0].reports.metrics.sessions: expected a whole number from 0 to 2147483647, got 1.5',
    ],
    [
      'a report twice',
      'campaigns:\n  - id: a\n    reports: { contacts: { influencedContacts: [], daily: {} } }\n',
      '3:52: campaigns[0].reports.contacts.daily: a report has fixed totals or daily ones, not both: remove one of them',
    ],
    [
      'a day of a report',
      'campaigns:\n  - id: a\n    reports: { revenue: { LINEAR: { currencyCode: USD, daily: { "2026-02-30": {} } } } }\n',
      '3:65: campaigns[0].reports.revenue.LINEAR.daily.2026-02-30: "2026-02-30" is not a day: write it as 2026-01-31',
    ],
    [
      'a contact without quotes',
      'campaigns:\n  - id: a\n    reports: { contacts: { influencedContacts: [101] } }\n',
      '3:49: campaigns[0].reports.contacts.influencedContacts[0]: expected text (put it in quotes), got 101',
    ],
    [
      'an account type that does not exist',
      'account: { accountType: FREE }\n',
      '1:12: account.accountType: expected one of STANDARD, APP_DEVELOPER, DEVELOPER_TEST, SANDBOX, got "FREE"',
    ],
    [
      'a currency that has no code',
      'account: { companyCurrency: dollars }\n',
      '1:12: account.companyCurrency: expected a currency code such as USD, got "dollars"',
    ],
    [
      'an id that is removed and there',
      'campaigns: [{ id: a }]\nremoved: [a]\n',
      '2:11: removed[0]: duplicate id "a": remove one of them',
    ],
    [
      'a period that ends before it begins',
      'campaigns:\n  - id: a\n    reports: { metrics: { periods: { 2026-05-02/2026-05-01: {} } } }\n',
      '3:38: campaigns[0].reports.metrics.periods."2026-05-02/2026-05-01": "2026-05-02/2026-05-01" is not a valid period: write it as 2026-01-01/2026-01-31',
    ],
    [
      'a property that is defined twice',
      'properties: [{ name: region }, { name: region, type: string }]\n',
      '1:34: properties[1].name: duplicate property "region": remove one of them',
    ],
    ['a list', '- id: a\n', '1:1: expected an object, got an array'],
    [
      'a value under a name with a line break',
      'campaigns:\n  - id: a\n    properties: { "a\\nb": 5 }\n',
      '3:19: campaigns[0].properties."a\\nb": expected text (put it in quotes), or null for no value, got 5',
    ],
    [
      'several things',
      'a: 1\nb: 2\nc: 3\n',
      ['a', 'b', 'c']
        .map(
          (key, i) =>
            `${i + 1}:1: ${key}: unknown key "${key}": expected one of: account, campaigns, removed, properties, errors, tokens, oauth, generate, scenario, scenarios`,
        )
        .join('\nmy.yaml:'),
    ],
    [
      'one with a suggestion, which comes first',
      'a: 1\ncampains: []\n',
      '2:1: campains: unknown key "campains": did you mean "campaigns"?\nmy.yaml:1:1: a: unknown key "a": expected one of: account, campaigns, removed, properties, errors, tokens, oauth, generate, scenario, scenarios',
    ],
    [
      'two documents',
      'campaigns: []\n---\ncampaigns: []\n',
      '2:1: a second YAML document begins here: put it in another file of the folder',
    ],
    [
      'an integer over 2^53',
      'campaigns: [{ id: a, businessUnits: [{ id: 9007199254740993 }] }]\n',
      '1:44: the number 9007199254740993 cannot be represented exactly: the largest integer is 9007199254740991; put it in quotes if text is allowed',
    ],
    [
      'an alias that contains itself',
      'scenarios:\n  mine:\n    - error: { status: 200, body: &b { a: *b } }\n',
      '3:40: scenarios.mine[0].error.body.a: contains itself: remove the reference',
    ],
    [
      'a number that is not finite',
      'scenarios:\n  mine:\n    - error: { status: 200, body: .nan }\n',
      '3:29: scenarios.mine[0].error.body: expected a finite number, got NaN',
    ],
    [
      'aliases that expand to too many values',
      [
        'x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]',
        ...[1, 2, 3, 4, 5, 6, 7].map(
          (i) =>
            `x-${i}: &a${i} [${Array(10)
              .fill(`*a${i - 1}`)
              .join(', ')}]`,
        ),
      ].join('\n'),
      '1:1: more than 10000000 values after its aliases are resolved: use fewer aliases',
    ],
  ])('%s, in YAML', async (_what, text, said) => {
    expect(await complaint('my.yaml', text)).toBe(`my.yaml:${said}`)
  })

  test.each([
    [
      'an unknown key',
      '{\n  "campaigns": [\n    { "id": "a", "props": {} }\n  ]\n}',
      '3:27: campaigns[0].props: unknown key "props": expected one of: id, properties, createdAt, updatedAt, businessUnits, assets, budgetItems, spendItems, reports',
    ],
    ['a missing id', '{\n  "campaigns": [\n    { "id": "a" }, {}\n  ]\n}', '3:20: campaigns[1].id: "id" is missing'],
    ['JSON that is none', '{\n  "campaigns": [,]\n}', '2:17: unexpected character ",", expected a value or "]"'],
  ])('%s, in JSON', async (_what, text, said) => {
    expect(await complaint('my.json', text)).toBe(`my.json:${said}`)
  })

  test('as a value, with its path', async () => {
    const campaigns = [{ id: 'a', properties: { 'no.text': 7 } }]
    // The compiler would not have let it pass; a fixture made by a program is not always compiled.
    const opened = World.open({ fixtures: JSON.parse(JSON.stringify({ campaigns })) })
    await expect(opened).rejects.toThrow(
      'fixtures: campaigns[0].properties."no.text": expected text (put it in quotes), or null for no value, got 7',
    )
  })

  test.each([
    [
      'tokens: { pat-secret: { scopez: [] } }\n',
      '1:25: tokens.REDACTED.scopez: unknown key "scopez": did you mean "scopes"?',
    ],
    [
      'tokens: { pat-secret: pat-secret }\n',
      '1:11: tokens.REDACTED: expected an object {scopes, expiresAt}, got a value that is not shown',
    ],
    [
      'tokens: pat-secret\n',
      '1:1: tokens: expected an object of tokens, each with {scopes, expiresAt}, got a value that is not shown',
    ],
    [
      'tokens: { pat-secret: { expiresAt: never } }\n',
      '1:25: tokens.REDACTED.expiresAt: it is not a valid date or time: write it as 2026-01-31 or 2026-01-31T23:59:59.000Z',
    ],
    [
      'oauth: { refreshTokens: secret }\n',
      '1:10: oauth.refreshTokens: expected a list of refresh tokens, got a value that is not shown',
    ],
    [
      'oauth: { clients: [{ clientId: app, clientSecret: [secret] }] }\n',
      '1:37: oauth.clients[0].clientSecret: expected text that is not empty (put it in quotes), got a value that is not shown',
    ],
    ['oauth: secret\n', '1:1: oauth: expected an object {clients, refreshTokens}, got a value that is not shown'],
  ])('but a token is never shown: %s', async (text, said) => {
    expect(await complaint('my.yaml', text)).toBe(`my.yaml:${said}`)
  })

  test('a file that is not there', async () => {
    await expect(World.open({ fixtures: '/nowhere/at/all.yaml' })).rejects.toThrow(
      '/nowhere/at/all.yaml: there is no such file or folder',
    )
  })

  test('a file that is too large to be read', async () => {
    const path = await folder({ 'my.yaml': '' })
    await truncate(join(path, 'my.yaml'), 2 ** 31)
    await expect(World.open({ fixtures: path })).rejects.toThrow(
      `${path}/my.yaml: cannot be read (ERR_FS_FILE_TOO_LARGE): split it into several files of a folder`,
    )
  })

  test('a problem under a key that is a list', async () => {
    expect(await complaint('my.yaml', 'campaigns:\n  - ? [id]\n    : spring\n')).toContain('my.yaml:2:')
  })

  test('a file that has been deleted since the folder was listed', async () => {
    const { problems } = await readFixtureFile('/nowhere.json')
    expect(problems).toMatchObject([{ file: '/nowhere.json', message: 'cannot be read (ENOENT)' }])
  })

  test('a path through a file', async () => {
    const path = await folder({ 'my.yaml': '' })
    await expect(World.open({ fixtures: join(path, 'my.yaml', 'more.yaml') })).rejects.toThrow('ENOTDIR')
  })

  test('a folder named like a file', async () => {
    const path = await folder({ 'my.yaml': '' })
    await mkdir(join(path, 'more.yaml'))
    await expect(World.open({ fixtures: path })).rejects.toThrow(
      `${path}/more.yaml: expected a file: use a YAML or JSON file`,
    )
  })

  test('a folder without a fixture', async () => {
    const path = await folder({ 'README.md': 'nothing here' })
    await expect(World.open({ fixtures: path })).rejects.toThrow(
      `${path}: no .yaml, .yml, .json file in this folder: put one there`,
    )
  })
})

describe('a folder of fixtures', () => {
  test('is one fixture of all its YAML and JSON files', async () => {
    const path = await folder({
      'a.yaml': 'campaigns: [{ id: one }]\ntokens: { t1: {} }\nscenario: later\n',
      'b.yml': 'campaigns: [{ id: two }]\ntokens: { t2: {} }\ngenerate: { campaigns: 7 }\n',
      'c.json':
        '{"errors":[{"id":"three","category":"C","message":"M"}],"scenarios":{"later":[{"status":"PENDING","results":"all"}]}}',
      'notes.txt': 'left alone',
      '.hidden.yaml': 'zebra: true',
    })
    const { app, read } = await build(path)
    const { body } = await read(['one', 'two', 'three'], { token: 't2' })
    expect(body).toMatchObject({ status: 'PENDING', results: [{ id: 'one' }, { id: 'two' }], numErrors: 1 })
    expect(app.world.campaigns.size).toBe(9)
  })

  test.each([
    ['an id', 'campaigns: [{ id: one }]', 'campaigns[0].id'],
    ['a scenario to play', 'scenario: pending', 'scenario'],
    ['a scenario', 'scenarios: { mine: [{}] }', 'scenarios.mine'],
    ['a number to generate', 'generate: { campaigns: 1 }', 'generate'],
    ['a token', 'tokens: { pat-secret: {} }', 'tokens.REDACTED'],
    ['an account', 'account: { portalId: 1 }', 'account'],
    ['OAuth clients', 'oauth: { clients: [] }', 'oauth'],
    ['an id that is removed', 'removed: [one]', 'removed[0]'],
  ])('must not hold %s in two files', async (_what, text, path) => {
    const fixtures = await folder({ 'a.yaml': text, 'b.yaml': text })
    const opened = World.open({ fixtures })
    await expect(opened).rejects.toThrow(`${path}: also in another file of this folder: remove one of them`)
    await expect(opened).rejects.toThrow(/b\.yaml:1:\d+: /)
  })
})

test('a GUID is the same in capital letters, in another file too', async () => {
  const id = 'abcdefab-cdef-4bcd-8fab-cdefabcdefab'
  const fixtures = await folder({
    'a.yaml': `campaigns: [{ id: ${id} }]`,
    'b.yaml': `errors: [{ id: ${id.toUpperCase()}, category: C, message: M }]`,
  })
  await expect(World.open({ fixtures })).rejects.toThrow('also in another file of this folder')
})

test('an id that one file removes must not be in another', async () => {
  const fixtures = await folder({ 'a.yaml': 'campaigns: [{ id: one }]', 'b.yaml': 'removed: [one]' })
  await expect(World.open({ fixtures })).rejects.toThrow(/b\.yaml:1:\d+: removed\[0\]: also in another file/)
})

test('a removed campaign is unknown, and does not count', async () => {
  const { app } = await build({ generate: { campaigns: 3, seed: 7 } })
  const [first] = app.world.campaigns.list()
  const removed = [String(first?.id).toUpperCase(), 'no-such-campaign']
  const { app: other, read } = await build({ generate: { campaigns: 3, seed: 7 }, removed })
  expect(other.world.campaigns.size).toBe(2)
  expect([...other.world.campaigns.list()].map(({ id }) => id)).not.toContain(first?.id)
  expect((await read([String(first?.id)])).body.errors).toMatchObject([{ category: 'OBJECT_NOT_FOUND' }])
})

test('the account and the OAuth clients of a fixture are those of the world', async () => {
  const account = { portalId: 26892217, utcOffset: '-04:00', accountType: 'SANDBOX' } as const
  const oauth = { clients: [{ clientId: 'app', clientSecret: 's', scopes: ['oauth'] }], refreshTokens: ['spring'] }
  const { app } = await build({ account, oauth })
  expect(app.world).toMatchObject({ account, oauth })
  expect((await build({})).app.world).toMatchObject({ account: {}, oauth: {} })
})

test('a JSON fixture may begin with a byte order mark', async () => {
  const { read } = await build(await folder({ 'my.json': '\ufeff{"campaigns":[{"id":"a"}]}' }))
  expect((await read(['a'])).statusCode).toBe(200)
})

test('changing a fixture object afterwards does not change the responses', async () => {
  const campaign = { id: 'a', properties: { hs_name: 'Before' } }
  const { read } = await build({ campaigns: [campaign] })
  campaign.properties.hs_name = 'After'
  expect((await read(['a'], { query: 'properties=hs_name' })).body.results[0].properties).toEqual({ hs_name: 'Before' })
})

test('a fixture may be empty', async () => {
  const { app } = await build(join(await folder({ 'my.yaml': '' }), 'my.yaml'))
  expect(app.world.campaigns.size).toBe(0)
})

test('a fixture whose properties are named like prototype keys is kept whole', async () => {
  const path = await folder({ 'my.json': '{"campaigns":[{"id":"__proto__","properties":{"__proto__":"x"}}]}' })
  const { read } = await build(path)
  expect((await read(['__proto__'], { query: 'properties=__proto__' })).text).toContain('{"__proto__":"x"}')
})

test('a reload replaces the campaigns of the fixture, and keeps portals, changes, journal and scenarios', async () => {
  const scenario = 'scenario: mine\nscenarios: { mine: [{ status: PENDING, times: 2 }, { status: PROCESSING }] }\n'
  const path = await folder({ 'my.yaml': `campaigns: [{ id: old }, { id: both }]\n${scenario}` })
  const { app, read, get } = await build(path)
  const portal = new Controls(app.world, 'any')
  new Controls(app.world).campaigns.put({ id: 'of the mock' })
  portal.campaigns.put({ id: 'of the portal' })
  portal.campaigns.remove('both')
  await read([])
  await writeFile(join(path, 'my.yaml'), `campaigns: [{ id: new }, { id: both }]\n${scenario}`)
  await app.world.reload()
  expect(portal.campaigns.list().map(({ id }) => id)).toEqual(['new', 'of the mock', 'of the portal'])
  expect((await get('/marketing/v3/campaigns')).body.total).toBe(3)
  expect([portal.scenarios.playing, (await read([])).body.status]).toEqual([
    { name: 'mine', step: 1, left: 1 },
    'PENDING',
  ])
  expect((await read(['new', 'old'])).body.status).toBe('PROCESSING')
  expect(portal.journal.count()).toBe(4)
})

test('a reload starts the scenario of the fixture that has changed', async () => {
  const path = await folder({ 'my.yaml': 'scenario: pending\n' })
  const { app, read } = await build(path)
  await writeFile(join(path, 'my.yaml'), 'scenario: canceled\n')
  await app.world.reload()
  expect((await read([])).body.status).toBe('CANCELED')
})

test('a reload stops the scenario of the fixture that names none any more', async () => {
  const path = await folder({ 'my.yaml': 'scenario: canceled\n' })
  const { app, read } = await build(path)
  await writeFile(join(path, 'my.yaml'), 'campaigns: []\n')
  await app.world.reload()
  expect((await read([])).body.status).toBe('COMPLETE')
})

test('a reload restarts a scenario whose steps have changed', async () => {
  const path = await folder({ 'my.yaml': 'scenario: mine\nscenarios: { mine: [{ times: 1 }, { status: PENDING }] }\n' })
  const { app, read } = await build(path)
  expect([(await read([])).body.status, (await read([])).body.status]).toEqual(['COMPLETE', 'PENDING'])
  await writeFile(join(path, 'my.yaml'), 'scenario: mine\nscenarios: { mine: [{ times: 1 }, { status: CANCELED }] }\n')
  await app.world.reload()
  expect([(await read([])).body.status, (await read([])).body.status]).toEqual(['COMPLETE', 'CANCELED'])
})

test('a reload of a fixture that is wrong leaves everything as it was', async () => {
  const path = await folder({ 'my.yaml': 'campaigns: [{ id: old }]\n' })
  const { app, read } = await build(path)
  await writeFile(join(path, 'my.yaml'), 'zebra: true\n')
  await expect(app.world.reload()).rejects.toThrow('my.yaml:1:1: zebra: unknown key')
  expect((await read(['old'])).body.results).toMatchObject([{ id: 'old' }])
})

test('the default fixture is served without a path', async () => {
  const world = await World.open()
  expect(world.campaigns.size).toBe(3)
})

test('at most 1000 portals are kept; the least recently used is dropped', async () => {
  const { app, read } = await build({ campaigns: [spring], scenario: 'backlog' })
  for (let i = 0; i < 1000; i++) await read([], { token: `portal-${i}` })
  await read([], { token: 'portal-0' })
  await read([], { token: 'one-more' })
  expect(app.world.portals.length).toBe(1000)
  expect((await read([], { token: 'portal-0' })).body.status).toBe('PROCESSING')
  expect((await read([], { token: 'portal-1' })).body.status).toBe('PENDING')
})
