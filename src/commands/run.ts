import { CheckConfig, CompareConfig, DriftConfig, ImportConfig, ReadyConfig, StartConfig } from '../config.ts'
import { version } from '../package-info.ts'
import { BadFixture, BadInput } from '../public/errors.ts'
import type { Mock } from '../public/mock.ts'
import { suggest } from '../text/schema-problems.ts'
import { describeFlags, UsageError } from './flags.ts'
import type { Terminal } from './terminal.ts'

const help = `hubspot-campaigns-mock ${version}: a local stand-in for HubSpot's Marketing Campaigns API

hubspot-campaigns-mock [start]   start the mock; each flag can also be set as HUBSPOT_MOCK_<FLAG>
${describeFlags(StartConfig)}

hubspot-campaigns-mock ready     exit 0 if the mock responds, 1 if not
${describeFlags(ReadyConfig)}

hubspot-campaigns-mock exec [flags of start] -- <command>
                                 start a mock on a free port, run the command with HUBSPOT_BASE_URL set, stop
                                 the mock, and exit with the exit code of the command

hubspot-campaigns-mock check <file or folder>
                                 check fixtures and list every problem; start nothing: exit 2 if there is a problem
${describeFlags(CheckConfig)}

hubspot-campaigns-mock import <file or folder>
                                 create a fixture from recorded responses: HAR files, output of curl -i, JSON bodies;
                                 stderr lists what could not be used
${describeFlags(ImportConfig)}

hubspot-campaigns-mock drift <file, folder or URL>
                                 compare this mock with one of HubSpot's OpenAPI files, or with recorded responses: exit 1
                                 for a difference that is not a known one, 2 if the file cannot be used
${describeFlags(DriftConfig)}

hubspot-campaigns-mock compare   compare this mock with HubSpot, with your own token in HUBSPOT_ACCESS_TOKEN: only read
                                 requests are sent, and no value of your account is printed; exit 1 for a difference
${describeFlags(CompareConfig)}
`

/**
 * Runs one command. It reports a failure as one line on stderr.
 * @param onStart receives the mock that `start` starts; the caller has to close it
 * @returns the exit code: 0 for success, 1 for a failure at run time, 2 for a usage error or an invalid fixture. `exec`
 * returns the exit code of its command, `drift` and `compare` return 1 for differences.
 */
export async function run(
  args: readonly string[],
  terminal: Terminal,
  onStart: (starting: Promise<Mock>) => void,
): Promise<number> {
  try {
    return await dispatch(args, terminal, onStart)
  } catch (error) {
    terminal.stderr.write(`hubspot-campaigns-mock: ${describeError(error)}\n`)
    return error instanceof UsageError || error instanceof BadFixture || error instanceof BadInput ? 2 : 1
  }
}

function describeError(error: unknown): string {
  if (error instanceof BadInput) return `${error.message}: ${error.hint}`
  return error instanceof Error ? error.message : String(error)
}

async function dispatch(
  args: readonly string[],
  terminal: Terminal,
  onStart: (starting: Promise<Mock>) => void,
): Promise<number> {
  const [first = 'start', ...rest] = args
  const ownArgs = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length)
  if (first === 'help' || ownArgs.includes('--help') || ownArgs.includes('-h')) {
    terminal.stdout.write(help)
    return 0
  }
  switch (first) {
    case '--version':
    case '-v':
      terminal.stdout.write(`${version}\n`)
      return 0
    case 'ready':
      // Each command loads only the modules that it needs: in a container this one runs every few seconds.
      await (await import('./ready.ts')).ready(rest, terminal)
      return 0
    case 'drift':
      return (await import('./drift.ts')).drift(rest, terminal)
    case 'compare':
      return (await import('./compare.ts')).compare(rest, terminal)
    case 'import':
      return (await import('./import.ts')).importFixture(rest, terminal)
    case 'check':
      return (await import('./check.ts')).check(rest, terminal)
    case 'exec':
      return (await import('./exec.ts')).exec(rest, terminal)
  }
  if (first !== 'start' && !first.startsWith('-')) {
    throw new UsageError(
      `unknown command ${first}: ${suggest(first, ['start', 'ready', 'exec', 'check', 'import', 'drift', 'compare', 'help'])}`,
    )
  }
  const starting = import('./start.ts').then(({ start }) => start(first === 'start' ? rest : args, terminal))
  onStart(starting)
  await starting
  return 0
}
