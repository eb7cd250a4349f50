// A module to preload: `node --import hubspot-campaigns-mock/intercept app.js`. It redirects calls to HubSpot's hosts to the mock
// at HUBSPOT_BASE_URL, or to a mock in this process, which the environment variables of `start` configure.
import { interceptProcess } from './intercept/interception.ts'

interceptProcess(baseUrlOf(process.env['HUBSPOT_BASE_URL']) ?? (await startHere()))

/** @throws if the variable is not a URL of a mock */
function baseUrlOf(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new Error(
    `HUBSPOT_BASE_URL: ${JSON.stringify(text)} is not the URL of a mock: use one such as http://localhost:4010`,
  )
}

/** Starts a mock that does not keep the process alive. What it needs is loaded only here: `exec` preloads this in many processes. */
async function startHere(): Promise<string> {
  const [{ startDetached }, { readConfig }, { StartConfig }] = await Promise.all([
    import('./mock.ts'),
    import('./commands/flags.ts'),
    import('./config.ts'),
  ])
  const { fixtures, campaigns, seed, tokens, fidelity, rateLimit, frozen, strict } = readConfig(
    StartConfig,
    [],
    process.env,
  )
  return startDetached({ fixtures, campaigns, seed, tokens, fidelity, rateLimit, frozen, strict })
}
