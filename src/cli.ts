#!/usr/bin/env node
import { ready } from './commands/ready.ts'
import { start } from './commands/start.ts'
import { describeFlags, ReadyConfig, StartConfig, UsageError } from './config.ts'
import { version } from './version.ts'
import { BadFixture } from './world/fixture-file.ts'
import { suggest } from './world/problem.ts'

const help = `hubspot-campaigns-mock ${version}: a local stand-in for HubSpot's campaigns batch-read endpoint

hubspot-campaigns-mock [start]   start it; each flag can be given as HUBSPOT_MOCK_<FLAG> too
${describeFlags(StartConfig)}

hubspot-campaigns-mock ready     exit 0 when it answers
${describeFlags(ReadyConfig)}
`

const commands = { start, ready }

/** Runs one command. */
async function run([first = 'start', ...rest]: readonly string[]): Promise<void> {
  if (first === '--help' || first === '-h' || first === 'help') return void process.stdout.write(help)
  if (first === '--version' || first === '-v') return void process.stdout.write(`${version}\n`)
  if (first === 'ready') return ready(rest)
  if (first === 'start') return start(rest)
  if (first.startsWith('-')) return start([first, ...rest])
  throw new UsageError(`${first}: unknown command, ${suggest(first, Object.keys(commands))}`)
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`hubspot-campaigns-mock: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof UsageError || error instanceof BadFixture ? 2 : 1
}
