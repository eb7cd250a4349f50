import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { checkFixture, type Fixture } from './fixture.ts'
import { findJsonProblem, type JsonPath, offsetOf, type Position, positionAt } from './json-text.ts'
import { type Problem, writeProblem } from './problem.ts'

/**
 * Thrown when a fixture cannot be used. The message is one line: the place, what is wrong, how to mend it.
 * @example
 * await startMock({ fixtures: './no-such-folder' }).catch((error) => {
 *   if (error instanceof BadFixture) console.error(error.message)
 * })
 */
export class BadFixture extends Error {
  override readonly name = 'BadFixture'
}

/** One fixture file, read and checked. */
export interface FixtureFile {
  readonly fixture: Fixture
  /** A complaint about what stands under a path of this file. */
  complain(problem: Problem): BadFixture
}

export const fixtureExtensions = ['.yaml', '.yml', '.json']

/**
 * Reads one YAML or JSON file.
 * @throws {BadFixture} with file, line, column and path of the first thing that is wrong
 */
export async function readFixtureFile(file: string): Promise<FixtureFile> {
  // A pipe would be waited for without end.
  if (
    !(await stat(file).then(
      (found) => found.isFile(),
      () => true,
    ))
  )
    throw new BadFixture(`${file}: is no file`)
  const read = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const fix = error.code === 'ERR_STRING_TOO_LONG' ? ': split it into several files of a folder' : ''
    throw new BadFixture(`${file}: cannot be read (${error.code})${fix}`)
  })
  const text = read.replace(/^\ufeff/, '')
  const { value, locate } = await parse(file, text)
  const complain = (problem: Problem, more = 0) =>
    new BadFixture(`${place(file, locate(problem.path))}: ${sayProblem(problem, more)}`)
  const checked = checkFixture(value)
  if ('fixture' in checked) return { fixture: checked.fixture, complain }
  const [first, ...more] = checked.problems
  throw complain(first, more.length)
}

/** A problem in one line. What stands under `tokens` is a secret and is not named. */
export function sayProblem({ path, message }: Problem, more: number): string {
  const shown = path[0] === 'tokens' && path.length > 1 ? ['tokens', 'REDACTED', ...path.slice(2)] : path
  const rest = more === 0 ? '' : ` (and ${more} more)`
  return `${writeProblem({ path: shown, message })}${rest}`
}

/** The value of a text, and where what a path leads to stands in it. */
export interface Parsed {
  readonly value: unknown
  readonly locate: (path: JsonPath) => Position
}

/** Thrown for a text that cannot be read. */
export class Unreadable extends Error {
  readonly position: Position

  constructor(message: string, position: Position) {
    super(message)
    this.position = position
  }
}

async function parse(file: string, text: string): Promise<Parsed> {
  try {
    if (extname(file) === '.json') return parseJson(text)
    // Loaded only where it is needed: it takes as long as all else that a start reads.
    return (await import('./yaml-text.ts')).parseYaml(text)
  } catch (error) {
    throw error instanceof Unreadable ? new BadFixture(`${place(file, error.position)}: ${error.message}`) : error
  }
}

function parseJson(text: string): Parsed {
  const locate = (path: JsonPath) => positionAt(text, offsetOf(text, path))
  try {
    return { value: JSON.parse(text), locate }
  } catch {
    const { offset, problem } = findJsonProblem(text) ?? { offset: 0, problem: 'not JSON' }
    throw new Unreadable(problem, positionAt(text, offset))
  }
}

function place(file: string, { line, column }: Position): string {
  return `${file}:${line}:${column}`
}
