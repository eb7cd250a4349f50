import { access, writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { ImportConfig } from '../config.ts'
import { type Imported, importRecordings } from '../drift/import/import-recordings.ts'
import { printable } from '../text/printable.ts'
import type { Fixture } from '../world/fixtures/fixture.ts'
import { readConfig, UsageError } from './flags.ts'
import { readRecordingFiles } from './recording-files.ts'
import { type Replay, replay } from './replay.ts'
import type { Terminal } from './terminal.ts'

/**
 * Creates a fixture from recorded responses, and writes it to stdout or to the file of `--out`. stderr lists what could not be
 * used, and the recorded requests to which a mock with this fixture responds with another body.
 * @returns 0
 * @throws {UsageError} if nothing can be used, or if the file exists
 */
export async function importFixture(args: readonly string[], { env, stdout, stderr }: Terminal): Promise<number> {
  const { path, flags } = splitArguments(args)
  const { out, force } = readConfig(ImportConfig, flags, env)
  const { exchanges, unused } = await readRecordingFiles(path)
  const imported = importRecordings(exchanges)
  const all = [...unused.map(({ file, reason }) => ({ place: file, reason })), ...imported.unused]
  for (const { place, reason } of all) stderr.write(printable(`${place}: ${reason}\n`))
  if (imported.used.length === 0) throw new UsageError(`${path}: none of its responses can be used in a fixture`)
  const replayed = await replay(imported.fixture, imported.used)
  for (const { place, reason } of replayed.differences) stderr.write(printable(`${place}: ${reason}\n`))
  const text = await textOf(imported.fixture, out)
  if (out === undefined) stdout.write(text)
  else await write(out, text, force)
  stderr.write(printable(`${summaryOf(imported, exchanges.length)}${out === undefined ? '' : `: ${out}`}\n`))
  stderr.write(describeReplay(replayed))
  return 0
}

/** Separates the path from the flags. The value of `--out` is a separate argument that looks like a path. */
function splitArguments(args: readonly string[]): { path: string; flags: string[] } {
  const isValue = (i: number) => args[i - 1] === '--out'
  const paths = args.filter((arg, i) => !arg.startsWith('-') && !isValue(i))
  const [path, ...more] = paths
  if (path === undefined || more.length > 0) throw new UsageError('import: give one HAR file, JSON file or folder')
  return { path, flags: args.filter((arg, i) => arg.startsWith('-') || isValue(i)) }
}

async function textOf(fixture: Fixture, out = 'fixture.yaml'): Promise<string> {
  if (extname(out).toLowerCase() === '.json') return `${JSON.stringify(fixture, null, 2)}\n`
  if (!/^\.ya?ml$/i.test(extname(out))) throw new UsageError(`--out: ${out} does not end in .yaml, .yml or .json`)
  const text = (await import('../world/fixtures/yaml-text.ts')).writeYaml(fixture)
  if (text === undefined) throw new UsageError('the fixture is too large for a YAML file: use --out with a .json file')
  return text
}

async function write(file: string, text: string, isForced: boolean): Promise<void> {
  if (!isForced && (await exists(file))) throw new UsageError(`--out: ${file} exists: remove it, or add --force`)
  await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--out: ${file} cannot be written (${error.code})`)
  })
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

function summaryOf({ fixture, used }: Imported, all: number): string {
  const { campaigns = [], errors = [] } = fixture
  const parts = [count(campaigns.length, 'campaign'), count(errors.length, 'error')]
  return `imported ${parts.join(' and ')} from ${used.length} of ${count(all, 'response')}`
}

/** What the mock answers; nothing where no request was recorded. */
function describeReplay({ fidelity, requests, differences }: Replay): string {
  if (requests === 0) return ''
  const flag = fidelity === 'documented' ? '' : ` with --fidelity ${fidelity}`
  const same = requests - differences.length
  return `the mock answers ${same} of ${count(requests, 'recorded request')} with the recorded body${flag}\n`
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
