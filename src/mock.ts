import type { FastifyInstance } from 'fastify'
import { type AppOptions, buildApp } from './app.ts'
import { BadFixture } from './world/fixture-file.ts'
import { defaultFixturePath } from './world/fixture-source.ts'
import { type Unwatch, watchFixtures } from './world/fixture-watcher.ts'

/** What a running mock is made of. */
export interface MockOptions extends AppOptions {
  /** The port to listen on; 0, the default, takes a free one. */
  port?: number | undefined
  /** The address to listen on. Default: 127.0.0.1, which nobody else reaches. */
  host?: string | undefined
  /** Reload the fixture when its file or folder changes; a fixture that is wrong is told and left alone. */
  watch?: boolean | undefined
}

/** One running stand-in. */
export interface Mock {
  /** The base URL to give to a client, without a slash at its end. */
  readonly url: string
  /** Lets running answers finish, then frees the port. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Thrown when the port cannot be had. The message is one line with the fix. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen'
}

/**
 * Starts a mock and gives it back as soon as it answers.
 * @throws {BadFixture} if the fixture cannot be used · {CannotListen} if the port cannot be had
 * @example
 * const mock = await startMock({ fixtures: { campaigns: [{ id: '430318c4-abb7-4bf7-a75e-9c5fa8f475a6' }] } })
 * await fetch(`${mock.url}/marketing/v3/campaigns/batch/read`, { method: 'POST', ... })
 * await mock.close()
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const app = await buildApp(options)
  const url = await listen(app, options)
  const unwatch = options.watch ? await watch(app, options) : undefined
  let closing: Promise<void> | undefined
  const close = () => (closing ??= closeMock(app, unwatch))
  return { url, close, [Symbol.asyncDispose]: close }
}

async function listen(app: FastifyInstance, { port = 0, host = '127.0.0.1' }: MockOptions): Promise<string> {
  const { level } = app.log
  // Fastify logs its address; whoever starts a mock tells it in words of its own.
  app.log.level = 'silent'
  try {
    return await app.listen({ port, host })
  } catch (error) {
    await app.close()
    throw new CannotListen(sayListenError(error as NodeJS.ErrnoException, host, port))
  } finally {
    app.log.level = level
  }
}

function sayListenError({ code = '', message }: NodeJS.ErrnoException, host: string, port: number): string {
  const fixes: Record<string, string> = {
    EADDRINUSE: `port ${port} is in use: stop what uses it, or choose another with --port (0 for a free one)`,
    EACCES: `port ${port} needs more rights: choose one above 1023 with --port`,
    EADDRNOTAVAIL: `host ${host} is no address of this machine: choose another with --host`,
    ENOTFOUND: `host ${host} is unknown: choose another with --host`,
  }
  return fixes[code] ?? message
}

function watch(app: FastifyInstance, { fixtures = defaultFixturePath }: MockOptions): Promise<Unwatch> {
  if (typeof fixtures !== 'string') throw new BadFixture('watch: only a file or folder can be watched')
  return watchFixtures(fixtures, async () => {
    try {
      await app.world.reload()
      app.log.info(`fixtures reloaded: ${app.world.campaigns} campaigns`)
    } catch (error) {
      app.log.error(`fixtures not reloaded, the old ones stay: ${error}`)
    }
  })
}

/** How often, while closing, connections that have become idle are looked for. */
const sweepMs = 20

async function closeMock(app: FastifyInstance, unwatch: Unwatch | undefined): Promise<void> {
  await unwatch?.()
  // A connection that was busy when the server closed stays open, kept alive, once its answer is out.
  const sweep = setInterval(() => app.server.closeIdleConnections(), sweepMs)
  await app.close().finally(() => clearInterval(sweep))
}
