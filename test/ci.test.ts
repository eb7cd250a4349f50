import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = new URL('..', import.meta.url).pathname
const { jobs } = parse(readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8'))

test('CI runs the tests in a fresh clone with two commands, on each supported Node', () => {
  const { strategy, steps } = jobs.test
  expect(steps.map(({ uses = '', run = '' }) => run || uses.replace(/@.*/, ''))).toEqual([
    'actions/checkout',
    'actions/setup-node',
    'npm ci',
    'npm test',
  ])
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const majors = [...engines.node.matchAll(/\b(\d+)\.\d+\.\d+/g)].map(([, major]) => Number(major))
  expect(strategy.matrix.node).toEqual(majors)
})
