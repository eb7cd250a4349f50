import { CheckConfig } from '../config.ts'
import { type FixtureProblem, lineOf } from '../world/fixtures/fixture-file.ts'
import { readFixture } from '../world/fixtures/fixture-source.ts'
import { saysMore } from '../world/fixtures/problem-limit.ts'
import { readConfig, UsageError } from './flags.ts'
import type { Terminal } from './terminal.ts'

/**
 * Checks a fixture file, or a folder of them, and prints the problems: of each file all, or the first thousand. It starts
 * nothing.
 * @returns 0 if there is no problem, else 2
 * @throws {UsageError} if there is no such file or folder
 */
export async function check(args: readonly string[], { env, stdout }: Terminal): Promise<number> {
  const [path, ...more] = args.filter((arg) => !arg.startsWith('-'))
  const flags = args.filter((arg) => arg.startsWith('-'))
  const { json } = readConfig(CheckConfig, flags, env)
  if (path === undefined || more.length > 0) throw new UsageError('check: give one fixture file or folder')
  const { problems, loaded } = await readFixture(path)
  const sorted = [...problems].sort(byPlace)
  const { size } = loaded.campaigns
  const generated = loaded.fixture.generate?.campaigns ?? 0
  const stored = size === 1 ? '1 campaign' : `${size} campaigns`
  const count = generated === 0 ? stored : `${stored}, ${generated} generated`
  const text = sorted.length === 0 ? [`${path}: no problems (${count})`] : sorted.map(lineOf)
  stdout.write(json ? `${JSON.stringify({ problems: sorted.map(toJson) })}\n` : `${text.join('\n')}\n`)
  return sorted.length === 0 ? 0 : 2
}

/** Files in their order; the problems of a file by their places, then whether there are more. */
function byPlace(a: FixtureProblem, b: FixtureProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  if (saysMore(a.message) !== saysMore(b.message)) return saysMore(a.message) ? 1 : -1
  const [first, second] = [positionOf(a), positionOf(b)]
  return first.line - second.line || first.column - second.column
}

function positionOf({ position }: FixtureProblem) {
  return { line: 0, column: 0, ...position }
}

function toJson({ file, position, message }: FixtureProblem) {
  return { file, line: null, column: null, ...position, message }
}
