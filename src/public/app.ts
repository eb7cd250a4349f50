/**
 * A mock without a port, for requests in the same process. It behaves exactly like a mock on a port. At run time it is a
 * Fastify instance, so that hooks and plugins for Fastify work.
 * @example
 * const app: App = await buildApp({ fixtures: { campaigns: [{ id: 'spring' }] } })
 * const response = await app.inject({ url: '/health' })
 * console.log(response.statusCode, response.json())
 * await app.close()
 */
export interface App {
  /**
   * Sends a request without a port.
   * @param request the request, or the URL of a GET request
   * @example
   * const app = await buildApp()
   * const { statusCode } = await app.inject('/health')
   * console.log(statusCode)
   * await app.close()
   */
  inject(request: InjectRequest | string): Promise<InjectResponse>
  /**
   * Listens on a port.
   * @returns the URL
   * @example
   * const app = await buildApp()
   * console.log(await app.listen({ port: 0 }))
   * await app.close()
   */
  listen(address?: ListenAddress): Promise<string>
  /**
   * Waits for responses in progress, then closes the port and frees all resources.
   * @example
   * const app = await buildApp()
   * await app.close()
   */
  close(): PromiseLike<undefined>
  /**
   * Adds a hook before a response is sent.
   * @example
   * const app = await buildApp()
   * app.addHook('onSend', async (request, reply, payload) => {
   *   reply.header('x-path', request.url)
   *   return payload
   * })
   * await app.close()
   */
  addHook(name: 'onSend', hook: (request: HookRequest, reply: HookReply, payload: unknown) => Promise<unknown>): unknown
  /**
   * Adds a hook to all requests.
   * @example
   * const app = await buildApp()
   * app.addHook('onRequest', async (request, reply) => {
   *   if (request.headers['x-forbidden']) reply.code(418).send('teapot')
   * })
   * await app.close()
   */
  addHook(
    name: 'onRequest' | 'preHandler' | 'onResponse',
    hook: (request: HookRequest, reply: HookReply) => Promise<unknown>,
  ): unknown
  /**
   * Registers a plugin of Fastify.
   * @example
   * const app = await buildApp()
   * await app.register(async (scope) => {
   *   scope.addHook('onRequest', async (request) => console.log(request.method))
   * })
   * await app.close()
   */
  register<Options = object>(plugin: AppPlugin<Options>['plugin'], options?: Options): PromiseLike<unknown>
}

/**
 * A plugin of Fastify.
 * @example
 * const plugin: AppPlugin<{ name: string }>['plugin'] = async (app, { name }) => console.log(name)
 */
export interface AppPlugin<Options> {
  /** Called with the app and the options of `register`. As a method, so that plugins with Fastify's types fit. */
  plugin(app: App, options: Options): Promise<void>
}

/**
 * The address to listen on.
 * @example
 * const address: ListenAddress = { port: 4010, host: '127.0.0.1' }
 */
export interface ListenAddress {
  /** The port. 0, the default, picks a free port. */
  port?: number | undefined
  /** The host. Default: localhost. */
  host?: string | undefined
}

/**
 * A request for `inject`.
 * @example
 * const request: InjectRequest = { method: 'GET', url: '/health' }
 */
export interface InjectRequest {
  /** The HTTP method. Default: GET. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'HEAD'
  /** The path with the query. */
  url: string
  /** The request headers. */
  headers?: Record<string, string>
  /** The request body: a text, or a value that is sent as JSON. */
  payload?: string | object
}

/**
 * The response of `inject`.
 * @example
 * const app = await buildApp()
 * const { statusCode, headers, body }: InjectResponse = await app.inject('/health')
 * console.log(statusCode, headers['content-type'], body)
 * await app.close()
 */
export interface InjectResponse {
  /** The HTTP status. */
  readonly statusCode: number
  /** The response headers by name in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  /** The response body as text. */
  readonly body: string
  /** Parses the response body as JSON. */
  json<T = unknown>(): T
}

/**
 * The request that a hook gets: a part of Fastify's request.
 * @example
 * const describe = ({ method, url }: HookRequest) => `${method} ${url}`
 */
export interface HookRequest {
  /** The correlation id of the request. */
  readonly id: string
  /** The HTTP method. */
  readonly method: string
  /** The path with the query. */
  readonly url: string
  /** The request headers by name in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * The reply that a hook gets: a part of Fastify's reply.
 * @example
 * const refuse = (reply: HookReply) => reply.code(418).send('teapot')
 */
export interface HookReply {
  /** The HTTP status. */
  statusCode: number
  /** Sets the HTTP status. */
  code(status: number): HookReply
  /** Sets a response header. */
  header(name: string, value: string): HookReply
  /** Sends the response. */
  send(payload?: unknown): HookReply
}
