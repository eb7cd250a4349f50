import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { packageFile } from '../package.ts'
import { canonicalId, checkFixture, type Fixture } from './fixture.ts'
import { BadFixture, type FixtureFile, fixtureExtensions, readFixtureFile, sayProblem } from './fixture-file.ts'
import type { JsonPath } from './json-text.ts'
import { Scenarios } from './scenario.ts'
import { shippedScenarios } from './shipped-scenarios.ts'

/** A fixture, whole, with all scenarios it can play: the shipped ones and its own, which win. */
export interface LoadedFixture {
  readonly fixture: Fixture
  readonly scenarios: Scenarios
}

/** The world of the README: what is served when no fixture is named. */
export const defaultFixturePath = packageFile('fixtures/default.yaml')

/**
 * Takes a fixture as it is, or reads it from a file, or from all YAML and JSON files of a folder as one.
 * @throws {BadFixture} with the place of the first thing that is wrong
 */
export async function loadFixture(source: string | Fixture): Promise<LoadedFixture> {
  const parts = typeof source === 'string' ? await readParts(source) : [acceptValue(structuredClone(source))]
  const fixture = merge(parts)
  const scenarios = new Scenarios(Object.entries({ ...shippedScenarios, ...fixture.scenarios }))
  if (fixture.scenario !== undefined && scenarios.find(fixture.scenario) === undefined) {
    const part = parts.find((part) => part.fixture.scenario !== undefined)
    throw part?.complain({ path: ['scenario'], message: scenarios.sayUnknown(fixture.scenario) })
  }
  return { fixture, scenarios }
}

function acceptValue(value: unknown): FixtureFile {
  const checked = checkFixture(value)
  const complain: FixtureFile['complain'] = (problem) => new BadFixture(`fixtures: ${sayProblem(problem, 0)}`)
  if ('fixture' in checked) return { fixture: checked.fixture, complain }
  throw complain(checked.problems[0])
}

async function readParts(path: string): Promise<FixtureFile[]> {
  return Promise.all((await fixtureFiles(path)).map(readFixtureFile))
}

/**
 * The files that a path stands for: itself, or the YAML and JSON files of a folder, but no hidden ones.
 * @throws {BadFixture} if there is none
 */
export async function fixtureFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new BadFixture(`${path}: ${error.code === 'ENOENT' ? 'there is no such file or folder' : error.message}`)
  })
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => fixtureExtensions.includes(extname(name)) && name[0] !== '.')
  if (names.length === 0) {
    throw new BadFixture(`${path}: no ${fixtureExtensions.join(', ')} file in this folder: put one there`)
  }
  return names.sort().map((name) => join(path, name))
}

/** One fixture of several files. What can be there only once must not come from two of them. */
function merge(parts: readonly FixtureFile[]): Fixture {
  refuseTwice(parts, ({ generate, scenario }) => [
    ...(generate === undefined ? [] : [at('generate', ['generate'])]),
    ...(scenario === undefined ? [] : [at('scenario', ['scenario'])]),
  ])
  refuseTwice(parts, ({ campaigns = [], errors = [] }) => [
    ...campaigns.map(({ id }, i) => at(canonicalId(id), ['campaigns', i, 'id'])),
    ...errors.map(({ id }, i) => at(canonicalId(id), ['errors', i, 'id'])),
  ])
  refuseTwice(parts, ({ tokens = {} }) => Object.keys(tokens).map((name) => at(name, ['tokens', name])))
  refuseTwice(parts, ({ scenarios = {} }) => Object.keys(scenarios).map((name) => at(name, ['scenarios', name])))
  const [tokens, scenarios] = [
    parts.map(({ fixture }) => fixture.tokens),
    parts.map(({ fixture }) => fixture.scenarios),
  ]
  return {
    ...Object.assign({}, ...parts.map(({ fixture }) => fixture)),
    campaigns: parts.flatMap(({ fixture }) => fixture.campaigns ?? []),
    errors: parts.flatMap(({ fixture }) => fixture.errors ?? []),
    ...(tokens.some(Boolean) ? { tokens: joined(tokens) } : {}),
    ...(scenarios.some(Boolean) ? { scenarios: joined(scenarios) } : {}),
  }
}

function joined<T>(parts: readonly (Record<string, T> | undefined)[]): Record<string, T> {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part ?? {})))
}

interface Named {
  readonly name: string
  readonly path: JsonPath
}

function at(name: string, path: JsonPath): Named {
  return { name, path }
}

function refuseTwice(parts: readonly FixtureFile[], namesOf: (fixture: Fixture) => readonly Named[]): void {
  const seen = new Set<string>()
  for (const { fixture, complain } of parts) {
    for (const { name, path } of namesOf(fixture)) {
      if (seen.has(name)) throw complain({ path, message: 'another file of this folder has it too: keep one of them' })
      seen.add(name)
    }
  }
}
