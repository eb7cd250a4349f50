// A module to preload: `node --import hubspot-campaigns-mock/intercept app.js`. It leads the calls of the program to HubSpot's
// hosts to the mock at HUBSPOT_BASE_URL, or to one in this process, which the environment variables of `start` configure.
import { readConfig } from './commands/flags.ts'
import { StartConfig } from './config.ts'
import { interceptProcess } from './intercept/interception.ts'

interceptProcess(process.env['HUBSPOT_BASE_URL'] || (await startHere()))

/** Starts a mock that does not keep the process alive. */
async function startHere(): Promise<string> {
  const { startDetached } = await import('./mock.ts')
  const { fixtures, campaigns, seed, tokens, fidelity, rateLimit, frozen, strict } = readConfig(
    StartConfig,
    [],
    process.env,
  )
  return startDetached({ fixtures, campaigns, seed, tokens, fidelity, rateLimit, frozen, strict })
}
