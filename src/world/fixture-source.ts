import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { packageFile } from '../package.ts'
import { canonicalId, checkFixture, type Fixture } from './fixture.ts'
import { BadFixture, type FixtureFile, fixtureExtensions, readFixtureFile, sayProblem } from './fixture-file.ts'
import type { JsonPath } from './json-text.ts'
import type { Problem } from './problem.ts'
import { Scenarios } from './scenario.ts'
import { Shelf } from './shelf.ts'
import { shippedScenarios } from './shipped-scenarios.ts'

/** A fixture, whole, its campaigns by themselves, with all scenarios it can play: the shipped ones and its own, which win. */
export interface LoadedFixture {
  readonly fixture: Omit<Fixture, 'campaigns'>
  readonly campaigns: Shelf
  readonly scenarios: Scenarios
}

/** The world of the README: what is served when no fixture is named. */
export const defaultFixturePath = packageFile('fixtures/default.yaml')

/**
 * Takes a fixture as it is, or reads it from a file, or from all YAML and JSON files of a folder as one.
 * @throws {BadFixture} with the place of the first thing that is wrong
 */
export async function loadFixture(source: string | Fixture): Promise<LoadedFixture> {
  const campaigns = new Shelf()
  const parts: FixtureFile[] = []
  // One after another: what a large file takes while it is read is free again before the next.
  for await (const part of typeof source === 'string' ? readParts(source) : [acceptValue(structuredClone(source))]) {
    const rest = shelve(part, campaigns)
    // A part that has no more would only hold on to its text.
    if (Object.keys(rest.fixture).length > 0) parts.push(rest)
  }
  refuseBoth(parts, campaigns)
  const fixture = merge(parts)
  const scenarios = new Scenarios(Object.entries({ ...shippedScenarios, ...fixture.scenarios }))
  if (fixture.scenario !== undefined && scenarios.find(fixture.scenario) === undefined) {
    const part = parts.find((part) => part.fixture.scenario !== undefined)
    throw part?.complain({ path: ['scenario'], message: scenarios.sayUnknown(fixture.scenario) })
  }
  return { fixture, campaigns, scenarios }
}

function acceptValue(value: unknown): FixtureFile {
  const checked = checkFixture(value)
  const complain: FixtureFile['complain'] = (problem) => new BadFixture(`fixtures: ${sayProblem(problem, 0)}`)
  if ('fixture' in checked) return { fixture: checked.fixture, complain }
  throw complain(checked.problems[0])
}

async function* readParts(path: string): AsyncGenerator<FixtureFile> {
  for (const file of await fixtureFiles(path)) yield await readFixtureFile(file)
}

/**
 * Puts the campaigns of a part on the shelf.
 * @returns the rest of it
 */
function shelve({ fixture, complain }: FixtureFile, shelf: Shelf): FixtureFile {
  const { campaigns = [], ...rest } = fixture
  for (const [i, campaign] of campaigns.entries()) {
    if (shelf.has(campaign.id)) throw complain(twice(['campaigns', i, 'id']))
    shelf.add(campaign)
  }
  return { fixture: rest, complain }
}

/** An id is that of a campaign or of an error, of whatever file. */
function refuseBoth(parts: readonly FixtureFile[], shelf: Shelf): void {
  for (const { fixture, complain } of parts) {
    const both = (fixture.errors ?? []).findIndex(({ id }) => shelf.has(id))
    if (both >= 0) throw complain(twice(['errors', both, 'id']))
  }
}

function twice(path: JsonPath): Problem {
  return { path, message: 'another file of this folder has it too: keep one of them' }
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
function merge(parts: readonly FixtureFile[]): Omit<Fixture, 'campaigns'> {
  refuseTwice(parts, ({ generate, scenario }) => [
    ...(generate === undefined ? [] : [at('generate', ['generate'])]),
    ...(scenario === undefined ? [] : [at('scenario', ['scenario'])]),
  ])
  refuseTwice(parts, ({ errors = [] }) => errors.map(({ id }, i) => at(canonicalId(id), ['errors', i, 'id'])))
  refuseTwice(parts, ({ tokens = {} }) => Object.keys(tokens).map((name) => at(name, ['tokens', name])))
  refuseTwice(parts, ({ scenarios = {} }) => Object.keys(scenarios).map((name) => at(name, ['scenarios', name])))
  const [tokens, scenarios] = [
    parts.map(({ fixture }) => fixture.tokens),
    parts.map(({ fixture }) => fixture.scenarios),
  ]
  return {
    ...Object.assign({}, ...parts.map(({ fixture }) => fixture)),
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
      if (seen.has(name)) throw complain(twice(path))
      seen.add(name)
    }
  }
}
