import type { Json } from '../json.ts'

/** A request that is sent to HubSpot and to this mock. It changes nothing: it reads, or is refused. */
export interface LiveRequest {
  /** A POST is a batch read. */
  readonly method: 'GET' | 'POST'
  /** The path with its query. */
  readonly path: string
  /** The token of the user, no token, or one that is invalid. */
  readonly auth: 'token' | 'none' | 'invalid'
  readonly contentType?: string
  readonly body?: string
}

/** The response to a request. Its values are those of an account, and are never printed. */
export interface LiveResponse {
  readonly status: number
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** The body as JSON; the text where it is not JSON. */
  readonly body: Json
}

/** Sends a request, and adds the credentials. */
export type Send = (request: LiveRequest) => Promise<LiveResponse>

/** A request for a path. @param query the parameters */
export function get(path: string, query: Readonly<Record<string, string>> = {}): LiveRequest {
  return { method: 'GET', path: path + queryOf(query), auth: 'token' }
}

/** A batch read. @param body as JSON, or as the text to send */
export function batchRead(
  body: object | string,
  query: Readonly<Record<string, string>> = {},
  base = '/marketing/v3/campaigns',
): LiveRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    method: 'POST',
    path: `${base}/batch/read${queryOf(query)}`,
    auth: 'token',
    contentType: 'application/json',
    body: text,
  }
}

function queryOf(query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? '' : `?${text}`
}
