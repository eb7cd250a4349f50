import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { gradeOfOperation } from '../src/contract/evidence/recorded-facts.ts'
import { type Operation, type OperationName, operations } from '../src/contract/operations.ts'
import { campaignVersions } from '../src/contract/versions.ts'

const versions = ['v1', ...campaignVersions]
const page = new URL('../docs/SUPPORTED.md', import.meta.url)

/** The table of docs/SUPPORTED.md, from the table of operations. */
function supportedTable(): string {
  const head = ['operation', 'call', ...versions, 'responses are']
  const rows = Object.entries<Operation>(operations).map(([name, { method, paths }]) => {
    const served = versions.map((version) => (version in paths ? 'yes' : '-'))
    return [
      `\`${name}\``,
      `\`${method} ${Object.values(paths)[0]}\``,
      ...served,
      gradeOfOperation(name as OperationName),
    ]
  })
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

test('docs/SUPPORTED.md lists every operation on every version', async () => {
  expect(await readFile(page, 'utf8')).toContain(`\n${supportedTable()}\n`)
})
