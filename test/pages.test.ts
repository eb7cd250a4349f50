import { access, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Block, blocksOf, pageOf, pages, root } from './pages.ts'

const packageJson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
const blocks = [...pages.keys()].flatMap(blocksOf)

/** The block without the indentation that all its lines share. */
function dedent(text: string): string {
  const lines = text.trimEnd().split('\n')
  const indents = lines.filter((line) => line !== '').map((line) => line.search(/\S/))
  return lines.map((line) => line.slice(Math.min(...indents))).join('\n')
}

/** The anchors of a page, as GitHub makes them from headings. */
function anchorsOf(page: string): string[] {
  return [...pageOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

test('the README has at most 250 lines, and the page of architecture 150', () => {
  expect(pageOf('README.md').split('\n').length).toBeLessThanOrEqual(250)
  expect(pageOf('src/README.md').split('\n').length).toBeLessThanOrEqual(150)
})

const links = [...pages].flatMap(([page, text]) =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target })),
)

test.each(links)('the link of $page to $target leads somewhere', async ({ page, target }) => {
  if (/^https?:/.test(target)) return expect(URL.canParse(target)).toBe(true)
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : join(dirname(page), path)
  if (anchor !== undefined) expect(anchorsOf(file)).toContain(anchor)
  else await access(join(root, file))
})

test('every guide is linked from the README', () => {
  const guides = [...pages.keys()].filter((page) => page.startsWith('docs/'))
  for (const guide of guides) expect(pageOf('README.md')).toContain(`](${guide})`)
})

test('the npm scripts that pages name exist', () => {
  const named = [...pages.values()].flatMap((text) =>
    [...text.matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)].map(([, name]) => name),
  )
  expect(named.length).toBeGreaterThan(4)
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named))
})

describe('a sample that is cut from a file', () => {
  const cut = blocks.filter((block): block is Block & { file: string } => block.file !== undefined)
  test.each(cut)('of $page is in $file, which other tests run', async ({ file, text }) => {
    const lines = (await readFile(join(root, file), 'utf8')).split('\n')
    const at = lines.findIndex((line) => line.trim() === text.split('\n')[0]?.trim())
    const part = lines.slice(at, at + text.trimEnd().split('\n').length)
    expect(dedent(part.join('\n'))).toBe(dedent(text))
    expect(file).toMatch(/^test\/clients\/|^compose\.yaml$/)
  })
})

/** Where each sample that is not cut from a file is run or compared, by its first line. */
const testedIn: Record<string, string> = {
  'git clone https://github.com/hubspot-campaigns-mock/hubspot-campaigns-mock.git': 'readme.test.ts',
  'npm ci && npm start': 'readme.test.ts',
  "curl 'http://localhost:4010/marketing/v3/campaigns?limit=2&properties=hs_name' -H 'Authorization: Bearer any'":
    'readme.test.ts',
  "curl 'http://localhost:4010/marketing/v3/campaigns/batch/read?properties=hs_name,hs_budget_items_sum_amount' \\":
    'readme.test.ts',
  '{"total":3,': 'readme.test.ts',
  '{"completedAt":': 'readme.test.ts',
  "import { Client } from '@hubspot/api-client'": 'readme.test.ts',
  "import { startMock } from 'hubspot-campaigns-mock'": 'readme.test.ts',
  'HUBSPOT_ACCESS_TOKEN=<token> npx hubspot-campaigns-mock compare --contact-hubspot --out report.md':
    'compare.test.ts',
  'npx hubspot-campaigns-mock exec -- npm test': 'package/install.test.ts',
  'npx hubspot-campaigns-mock exec --intercept -- npm test': 'intercept.test.ts',
  'node --import hubspot-campaigns-mock/intercept app.js': 'intercept.test.ts',
  "import { intercept, startMock } from 'hubspot-campaigns-mock'": 'guides.test.ts',
  'docker build -t hubspot-campaigns-mock .': 'container/image.test.ts',
  'campaigns:': 'readme.test.ts, guides.test.ts',
  "curl -X PUT http://localhost:4010/_mock/scenario -H 'Authorization: Bearer any' \\":
    'readme.test.ts, guides.test.ts',
  "curl -s http://localhost:4010/_mock/fixture -H 'Authorization: Bearer any' -o my-campaigns.json": 'guides.test.ts',
  "curl -X PUT http://localhost:4010/_mock/errors/430318c4-abb7-4bf7-a75e-9c5fa8f475a6 -H 'Authorization: Bearer any' \\":
    'guides.test.ts',
  'ask() {': 'guides.test.ts',
  'scenarios:': 'guides.test.ts',
  '# yaml-language-server: $schema=./node_modules/hubspot-campaigns-mock/fixtures.schema.json': 'guides.test.ts',
  'npx hubspot-campaigns-mock check my-campaigns.yaml': 'guides.test.ts',
  'npx hubspot-campaigns-mock import session.har --out my-campaigns.yaml': 'guides.test.ts',
  'npm start -- --fixtures my-campaigns.yaml': 'guides.test.ts',
  "curl 'http://localhost:4010/_mock/requests?format=har' -o requests.har": 'guides.test.ts',
  "curl 'http://localhost:4010/_mock/requests/wait?operation=batch.read&status=200&timeoutMs=5000' -H 'Authorization: Bearer any'":
    'guides.test.ts',
  "curl -N 'http://localhost:4010/_mock/requests/events?after=0' -H 'Authorization: Bearer any'": 'guides.test.ts',
  'curl -X PUT http://localhost:4010/_mock/clock -H \'Content-Type: application/json\' -d \'{"advance":"1801s"}\'':
    'guides.test.ts',
  "curl -X PUT http://localhost:4010/_mock/portal -H 'Authorization: Bearer any' \\": 'guides.test.ts',
  'hubspot-campaigns-mock [start]   start the mock; each flag can also be set as HUBSPOT_MOCK_<FLAG>': 'guides.test.ts',
  'npx hubspot-campaigns-mock drift hubspot-campaigns-v3.json': 'guides.test.ts',
  'NODE_OPTIONS=--experimental-vm-modules npx jest': 'clients.test.ts',
  'npx hubspot-campaigns-mock exec -- node --test': 'clients.test.ts',
  'docker compose run --rm tests': 'container/compose.test.ts',
  '^Bearer +([^\\s~]+?)(\\.access-\\d{13})?(~\\S*)? *$': 'portal-key.test.ts',
  'docker compose -f deploy/compose.yaml up # four mocks and HAProxy on port 4010': 'portal-key.test.ts',
  'npm ci': 'pages.test.ts',
  'node --test examples/sync.test.js': 'examples.test.ts',
  'index.ts        the public API: startMock, buildApp, intercept; public/ has the types': 'pages.test.ts',
}

test('every other sample is run or compared by a test, and has a language', async () => {
  const firstLines = blocks
    .filter(({ file }) => file === undefined)
    .map(({ text }) => text.split('\n')[0]?.replace(/^(\{"\w+":(?:\d+,)?).*/, '$1'))
  expect([...new Set(firstLines)].sort()).toEqual(Object.keys(testedIn).sort())
  for (const file of new Set(Object.values(testedIn).flatMap((files) => files.split(', ')))) {
    expect(await readFile(join(root, 'test', file), 'utf8')).toMatch(/\btest(\.each)?\(/)
  }
  expect(blocks.filter(({ language }) => language === '')).toEqual([])
})

test('the files and folders that the page of architecture names exist', async () => {
  const [text = ''] = blocksOf('src/README.md').map((block) => block.text)
  let folder = ''
  for (const line of text.trimEnd().split('\n')) {
    const [names = ''] = line.trim().split(/ {2,}/)
    if (!line.startsWith(' ')) folder = names.endsWith('/') ? names : ''
    for (const name of names.split(' ')) await access(join(root, 'src', line.startsWith(' ') ? folder : '', name))
  }
})
