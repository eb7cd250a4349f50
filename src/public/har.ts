/**
 * Exchanges in the format HTTP Archive 1.2, which browsers and many tools open. Tokens and secrets are redacted.
 * @example
 * const har: Har = portal.journal.har({ status: 429 })
 * console.log(JSON.stringify(har), har.log.entries.length)
 */
export interface Har {
  /** All content is in this member. */
  log: HarLog
}

/**
 * The content of an archive.
 * @example
 * const { version, entries }: HarLog = portal.journal.har().log
 */
export interface HarLog {
  /** The version of the format. */
  version: '1.2'
  /** This package. */
  creator: {
    /** The name of this package. */
    name: string
    /** The version of this package. */
    version: string
  }
  /** Always empty: the format demands nothing here. */
  pages: never[]
  /** The exchanges, in the order in which their requests arrived. */
  entries: HarEntry[]
}

/**
 * One request with its response.
 * @example
 * const statusOf = ({ response }: HarEntry) => response.status
 */
export interface HarEntry {
  /** When the request arrived, such as `2026-05-01T00:00:00.000Z`. */
  startedDateTime: string
  /** The duration in milliseconds; 0 if the response has not ended. */
  time: number
  /** The request. */
  request: HarRequest
  /** The response. */
  response: HarResponse
  /** Always empty. */
  cache: Record<string, never>
  /** The duration, all of it as waiting. */
  timings: {
    /** Always 0. */
    send: number
    /** The duration in milliseconds. */
    wait: number
    /** Always 0. */
    receive: number
  }
  /** The kind of request, for browsers. */
  _resourceType: 'fetch'
  /** The `x-hubspot-correlation-id` of the response. */
  _correlationId: string
  /** The name of the portal; null for a request without a token. */
  _portal: string | null
  /** The operation, such as `batch.read`; null for a path that is not served. */
  _operation: string | null
  /** The scenario that produced the response; null for a normal response. */
  _scenario: string | null
  /** The `x-mock-hint` of the response; null if there is none. */
  _hint: string | null
  /** Parameters and members of the body that the operation does not read. */
  _unread: string[]
}

/**
 * A name with its value: a header, a parameter or a cookie.
 * @example
 * const write = ({ name, value }: HarPair) => `${name}: ${value}`
 */
export interface HarPair {
  /** The name. */
  name: string
  /** The value; `[REDACTED]` for a secret. */
  value: string
}

/**
 * A request.
 * @example
 * const write = ({ method, url }: HarRequest) => `${method} ${url}`
 */
export interface HarRequest {
  /** The HTTP method. */
  method: string
  /** The absolute URL with the query. */
  url: string
  /** The version of HTTP. */
  httpVersion: string
  /** The cookies. */
  cookies: HarPair[]
  /** The headers. */
  headers: HarPair[]
  /** The parameters of the query, decoded. */
  queryString: HarPair[]
  /** The body, if there is one. */
  postData?: {
    /** The content type. */
    mimeType: string
    /** The body as text. */
    text: string
    /** The parameters of a form, decoded. */
    params?: HarPair[]
  }
  /** Always -1, which stands for unknown. */
  headersSize: number
  /** The number of bytes of the body. */
  bodySize: number
}

/**
 * A response. Without one, as after a fault, its status is 0 and `_error` says why.
 * @example
 * const textOf = ({ content }: HarResponse) => content.text
 */
export interface HarResponse {
  /** The HTTP status. */
  status: number
  /** The words for the status. */
  statusText: string
  /** The version of HTTP. */
  httpVersion: string
  /** The cookies that the response sets. */
  cookies: HarPair[]
  /** The headers. */
  headers: HarPair[]
  /** The body. */
  content: {
    /** The number of bytes. */
    size: number
    /** The content type; `x-unknown` without a response. */
    mimeType: string
    /** The body as text: the mock sends nothing else. */
    text: string
  }
  /** The `location` header; empty if there is none. */
  redirectURL: string
  /** Always -1, which stands for unknown. */
  headersSize: number
  /** The number of bytes of the body. */
  bodySize: number
  /** Why there is no response. */
  _error?: string
}
