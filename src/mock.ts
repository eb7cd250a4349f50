import type { FastifyInstance } from 'fastify'
import { type AppOptions, buildApp, loopback } from './app.ts'
import { isLoopback } from './control/access.ts'
import { Controls } from './world/controls.ts'
import { BadFixture } from './world/fixtures/fixture-file.ts'
import { defaultFixturePath } from './world/fixtures/fixture-source.ts'
import { lookAtFixtures, type Unwatch, watchFixtures } from './world/fixtures/fixture-watcher.ts'

/**
 * What a running mock is made of. All of it may be left out.
 * @example
 * const options: MockOptions = { fixtures: './test/fixtures', rateLimit: 'professional', frozen: true }
 */
export interface MockOptions extends AppOptions {
  /** The port to listen on; 0, the default, takes a free one. */
  port?: number | undefined
  /** Reload the fixture when its file or folder changes; a fixture that is wrong is told and left alone. */
  watch?: boolean | undefined
}

/**
 * One running stand-in. Give `url` to the client under test; the verbs do what the control API does, for the whole
 * mock, and `portal(token)` has the same for one portal alone.
 * @example
 * await using mock = await startMock()
 * mock.scenarios.play('rate-limited')
 */
export interface Mock {
  /** The base URL to give to a client, without a slash at its end. */
  readonly url: string
  /** Looks at, plants and removes campaigns, which all portals see. */
  readonly campaigns: Controls['campaigns']
  /** Says what is played to all portals that do not play their own. */
  readonly scenarios: Controls['scenarios']
  /** What was asked and answered, in all portals. */
  readonly journal: Controls['journal']
  /** Reads and moves the clock of the mock; a portal's clock runs with it. */
  readonly clock: Controls['clock']
  /**
   * Back to the moment after start: campaigns, scenarios, portals, journal, rate limits. Takes well under a millisecond.
   * @example
   * mock.campaigns.put({ id: 'spring' })
   * mock.reset()
   */
  reset(): void
  /**
   * The same verbs for the portal of one token alone: give each test a token of its own, and none sees another's.
   * @throws {BadInput} if no client could bear such a token
   * @example
   * const portal = mock.portal('token-of-this-test')
   * portal.scenarios.play('backlog')
   */
  portal(token: string): Controls
  /**
   * Lets running answers finish, then frees the port. Nothing of the mock is left then. May be called twice.
   * @example
   * await mock.close()
   */
  close(): Promise<void>
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Thrown when the port cannot be had. The message is one line with the fix.
 * @example
 * const taken = Number(new URL(mock.url).port)
 * await startMock({ port: taken }).catch((error) => {
 *   if (error instanceof CannotListen) console.error(error.message)
 * })
 */
export class CannotListen extends Error {
  override readonly name = 'CannotListen'
}

/**
 * Starts a mock on a port of its own and gives it back as soon as it answers. It leaves the process alone: no signal
 * handlers, no environment, nothing on stdout or stderr unless a `logger` is given.
 * @throws {BadFixture} if the fixture cannot be used · {BadInput} if an option cannot · {CannotListen} if the port
 * cannot be had
 * @example
 * const mock = await startMock({ fixtures: { campaigns: [{ id: 'spring', properties: { hs_name: 'Spring' } }] } })
 * const answer = await fetch(`${mock.url}/marketing/v3/campaigns/batch/read?properties=hs_name`, {
 *   method: 'POST',
 *   headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
 *   body: JSON.stringify({ inputs: [{ id: 'spring' }] }),
 * })
 * console.log(answer.status)
 * await mock.close()
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const watched = watchedPath(options)
  // Before they are read, so that no change after that is missed.
  const seen = watched === undefined ? '' : await lookAtFixtures(watched)
  const app = await buildApp(options)
  const unwatch = watched === undefined ? undefined : watch(app, watched, seen)
  const url = await listen(app, options).catch(async (error: Error) => {
    await closeMock(app, unwatch)
    throw error
  })
  const { fixtures = defaultFixturePath, fidelity = 'documented' } = options
  const source = typeof fixtures === 'string' ? fixtures : 'a value'
  app.log.info(`serving ${app.world.campaigns.size} campaigns of ${source}, ${fidelity}${watched ? ', watched' : ''}`)
  if (!isLoopback(options.host ?? loopback) && options.controlToken === undefined) {
    app.log.warn('other machines can reach the control API under /_mock: --control-token closes it to them')
  }
  let closing: Promise<void> | undefined
  const close = () => (closing ??= closeMock(app, unwatch))
  const { world } = app
  const { campaigns, scenarios, journal, clock } = new Controls(world)
  return {
    url,
    campaigns,
    scenarios,
    journal,
    clock,
    reset: () => world.reset(),
    // Without a token it would be the whole mock.
    portal: (token) => new Controls(world, token ?? ''),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function listen(app: FastifyInstance, { port = 0, host = loopback }: MockOptions): Promise<string> {
  const { level } = app.log
  // Fastify logs its address; whoever starts a mock tells it in words of its own.
  app.log.level = 'silent'
  try {
    return await app.listen({ port, host })
  } catch (error) {
    throw new CannotListen(sayListenError(error as NodeJS.ErrnoException, host, port))
  } finally {
    app.log.level = level
  }
}

function sayListenError({ code = '', message }: NodeJS.ErrnoException, host: string, port: number): string {
  const fixes: Record<string, string> = {
    EADDRINUSE: `port ${port} is in use: stop what uses it, or choose another port (0 for a free one)`,
    EACCES: `port ${port} needs more rights: choose one above 1023`,
    EADDRNOTAVAIL: `host ${host} is not an address of this machine: choose another host`,
    ENOTFOUND: `host ${host} is unknown: choose another host`,
  }
  return fixes[code] ?? message
}

/** @throws {BadFixture} if there is nothing to watch */
function watchedPath({ watch = false, fixtures = defaultFixturePath }: MockOptions): string | undefined {
  if (!watch) return undefined
  if (typeof fixtures === 'string') return fixtures
  throw new BadFixture('watch: only a file or folder can be watched')
}

function watch(app: FastifyInstance, path: string, seen: string): Unwatch {
  const reload = async () => {
    await app.world.reload()
    app.log.info(`fixtures reloaded: ${app.world.campaigns.size} campaigns`)
  }
  return watchFixtures(path, seen, () =>
    reload().catch((error: Error) => app.log.error(`fixtures not reloaded, the old ones stay: ${error.message}`)),
  )
}

async function closeMock(app: FastifyInstance, unwatch: Unwatch | undefined): Promise<void> {
  await unwatch?.()
  await app.close()
}
