import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { createApp, loopback } from './app.ts'
import { checkOptions } from './config.ts'
import { reportClosing } from './intercept/mock-closing.ts'
import { BadFixture, CannotListen } from './public/errors.ts'
import type { Mock, MockOptions } from './public/mock.ts'
import { isLoopback } from './text/loopback.ts'
import { Controls } from './world/controls/controls.ts'
import { listPortals, openPortal } from './world/controls/portals.ts'
import { defaultFixturePath } from './world/fixtures/fixture-source.ts'
import { type FixtureState, lookAtFixtures, type Unwatch, watchFixtures } from './world/fixtures/fixture-watcher.ts'

/**
 * Starts a mock on a port of its own, and returns when it accepts requests. It does not touch the process: no signal
 * handlers, no environment variables, and nothing on stdout or stderr unless a `logger` is given.
 * @throws {BadFixture} if the fixture is invalid · {BadInput} if an option is invalid · {CannotListen} if the port
 * cannot be opened
 * @example
 * const mock = await startMock({ fixtures: { campaigns: [{ id: 'spring', properties: { hs_name: 'Spring' } }] } })
 * const response = await fetch(`${mock.url}/marketing/v3/campaigns/batch/read?properties=hs_name`, {
 *   method: 'POST',
 *   headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
 *   body: JSON.stringify({ inputs: [{ id: 'spring' }] }),
 * })
 * console.log(response.status)
 * await mock.close()
 */
export function startMock(options: MockOptions = {}): Promise<Mock> {
  return startMockFor(options)
}

/** The same as `UpstreamProxies`: the types of the package must not import from `intercept`. */
interface Upstream {
  /** The proxy for plain HTTP. */
  readonly http: URL | undefined
  /** The proxy for HTTPS. */
  readonly https: URL | undefined
  /** The entries of NO_PROXY. */
  readonly noProxy: readonly string[]
}

/**
 * Starts a mock that is a proxy as well.
 * @param upstream the proxies that connections to hosts other than HubSpot's go through
 * @internal its types are not part of the package
 */
export async function startMockFor(options: MockOptions, upstream?: Upstream): Promise<Mock> {
  checkOptions(options)
  const watched = watchedPath(options)
  // Taken before the fixture is read, so that no later change is missed.
  const seen = watched === undefined ? undefined : await lookAtFixtures(watched)
  const app = await createApp({ ...options, upstream })
  const unwatch = watched === undefined || seen === undefined ? undefined : watch(app, watched, seen)
  const { url, httpsUrl } = await listenAll(app, options)
    .then((urls) => {
      logStart(app, options)
      return urls
    })
    .catch(async (error: Error) => {
      await closeMock(app, unwatch)
      throw error
    })
  let closing: Promise<void> | undefined
  const { world } = app
  const close = () => {
    reportClosing(mock)
    world.close()
    closing ??= closeMock(app, unwatch)
    return closing
  }
  const controls = new Controls(world)
  const { campaigns, errors, scenarios, journal, clock, rateLimit } = controls
  const mock: Mock = {
    url,
    httpsUrl,
    ca: app.ca,
    campaigns,
    errors,
    scenarios,
    journal,
    clock,
    rateLimit,
    fixture: () => controls.fixture(),
    reset: () => controls.reset(),
    // Without a token the controls would apply to the whole mock.
    portal: (token, options) => openPortal(world, token ?? '', options),
    portals: () => listPortals(world),
    close,
    [Symbol.asyncDispose]: close,
  }
  return mock
}

/**
 * Starts a mock on a free port that ends with the process, and does not keep it alive.
 * @returns the URL
 */
export async function startDetached(options: MockOptions): Promise<string> {
  const app = await createApp(options)
  const url = await listen(app, options)
  app.server.unref()
  // A client in the same process keeps connections open for later calls.
  app.server.on('connection', (socket) => socket.unref())
  return url
}

function logStart(
  app: FastifyInstance,
  { fixtures = defaultFixturePath, fidelity = 'documented', ...options }: MockOptions,
): void {
  const source = typeof fixtures === 'string' ? fixtures : 'a value'
  const watched = options.watch ? ', watched' : ''
  app.log.info(`serving ${app.world.campaigns.size} campaigns of ${source}, ${fidelity}${watched}`)
  if (!isLoopback(options.host ?? loopback) && options.controlToken === undefined) {
    app.log.warn('other machines can reach the control API under /_mock: set a control token to prevent that')
  }
}

/** Listens for HTTP, and for HTTPS if the options say so. */
async function listenAll(app: FastifyInstance, options: MockOptions): Promise<Pick<Mock, 'url' | 'httpsUrl'>> {
  const url = await listen(app, options)
  const server = options.tls ? app.newTlsServer() : undefined
  if (server === undefined) return { url, httpsUrl: undefined }
  const { tlsPort = 0, host = loopback } = options
  server.listen({ port: tlsPort, host })
  await once(server, 'listening').catch((error) => {
    throw new CannotListen(describeListenError(error, host, tlsPort))
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : tlsPort
  return { url, httpsUrl: `https://${new URL(url).hostname}:${port}` }
}

async function listen(app: FastifyInstance, { port = 0, host = loopback }: MockOptions): Promise<string> {
  const { level } = app.log
  // Suppresses Fastify's log line about its address: the command prints its own.
  app.log.level = 'silent'
  try {
    // A name such as localhost can have an IPv4 and an IPv6 address.
    const [first = host, ...others] = await addressesOf(host)
    const url = await app.listen({ port, host: first })
    for (const address of others) await listenOn(app.newServer(), address, Number(new URL(url).port))
    return url
  } catch (error) {
    throw new CannotListen(describeListenError(error as NodeJS.ErrnoException, host, port))
  } finally {
    app.log.level = level
  }
}

async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true })
  return [...new Set(found.map(({ address }) => address))]
}

/** Listens on a further address. It may not exist on this machine, or have the port in use: then it is left out. */
async function listenOn(server: Server, host: string, port: number): Promise<void> {
  server.listen({ host, port })
  await once(server, 'listening').catch(() => {})
}

function describeListenError({ code = '', message }: NodeJS.ErrnoException, host: string, port: number): string {
  const fixes: Record<string, string> = {
    EADDRINUSE: `port ${port} is in use: stop what uses it, or choose another port (0 for a free one)`,
    EACCES: `port ${port} needs root rights: choose a port above 1023`,
    EADDRNOTAVAIL: `host ${host} is not an address of this machine: choose another host`,
    ENOTFOUND: `host ${host} is unknown: choose another host`,
  }
  return fixes[code] ?? message
}

/** @throws {BadFixture} if the fixture is an object, which cannot be watched */
function watchedPath({ watch = false, fixtures = defaultFixturePath }: MockOptions): string | undefined {
  if (!watch) return undefined
  if (typeof fixtures === 'string') return fixtures
  throw new BadFixture('watch: expected fixtures to be a file or a folder, got an object')
}

function watch(app: FastifyInstance, path: string, seen: FixtureState): Unwatch {
  const reload = async () => {
    await app.world.reload()
    app.log.info(`fixtures reloaded: ${app.world.campaigns.size} campaigns`)
  }
  return watchFixtures(path, seen, () =>
    reload().catch((error: Error) =>
      app.log.error(`fixtures not reloaded, the previous ones stay in use: ${error.message}`),
    ),
  )
}

async function closeMock(app: FastifyInstance, unwatch: Unwatch | undefined): Promise<void> {
  await unwatch?.()
  await app.close()
}
