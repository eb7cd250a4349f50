import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
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
    throw new BadFixture(`${file}: cannot be read (${error.code})`)
  })
  const text = read.replace(/^\ufeff/, '')
  const { value, locate } = extname(file) === '.json' ? parseJson(file, text) : parseYaml(file, text)
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

interface Parsed {
  readonly value: unknown
  readonly locate: (path: JsonPath) => Position
}

function parseJson(file: string, text: string): Parsed {
  const found = findJsonProblem(text)
  if (found !== undefined) throw new BadFixture(`${place(file, positionAt(text, found.offset))}: ${found.problem}`)
  return { value: JSON.parse(text), locate: (path) => positionAt(text, offsetOf(text, path)) }
}

function parseYaml(file: string, text: string): Parsed {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const locate = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const [error] = document.errors
  if (error !== undefined) throw new BadFixture(`${place(file, locate(error.pos[0]))}: ${error.message}`)
  try {
    return { value: document.toJS() ?? {}, locate: (path) => locate(yamlOffset(document.contents, path)) }
  } catch {
    throw new BadFixture(`${place(file, { line: 1, column: 1 })}: an alias (*) names no anchor, or there are too many`)
  }
}

/** Where a path leads in a YAML document: to the key that names the last member, or as far as there is one. */
function yamlOffset(root: Node | null, path: JsonPath): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const step of path) {
    if (isMap<Node, Node>(node)) {
      const pair = node.items.find(({ key }) => String(key) === String(step))
      offset = pair?.key.range?.[0] ?? offset
      node = pair?.value
    } else if (isSeq<Node>(node)) {
      const item = node.items[Number(step)]
      offset = item?.range?.[0] ?? offset
      node = item
    }
  }
  return offset
}

function place(file: string, { line, column }: Position): string {
  return `${file}:${line}:${column}`
}
