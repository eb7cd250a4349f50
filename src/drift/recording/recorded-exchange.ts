import { findTooDeep } from '../../text/json-members.ts'
import type { Json } from '../json.ts'

/** The request of a recorded exchange. */
export interface RecordedRequest {
  /** In capital letters; empty if it was not recorded. */
  readonly method: string
  readonly url: string
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** The body as text; undefined if there was none, or if it was not recorded. */
  readonly body: string | undefined
}

/** A response of HubSpot with what is known of its request, as a file has it. Its values can be secrets. */
export interface RecordedExchange {
  /** Where it is, such as `session.har log.entries[3]`, for messages. */
  readonly place: string
  /** Undefined where only the response was recorded. */
  readonly request: RecordedRequest | undefined
  /** Undefined where only the body was recorded; 0 if there was no response. */
  readonly status: number | undefined
  /** By their names in lower case; undefined where only the body was recorded. */
  readonly headers: ReadonlyMap<string, string> | undefined
  /** The body as text; empty if there was none, or if it was not recorded. */
  readonly text: string
  /** The body as JSON; the text where it is not JSON, such as the page of a gateway. */
  readonly body: Json
}

/** Thrown for a file that has no recorded responses. The message follows the name of the file. */
export class UnusableRecording extends Error {
  override readonly name = 'UnusableRecording'
  /** Where the text stops being JSON, such as `2:1`. */
  readonly position: string | undefined

  constructor(message: string, position?: string) {
    super(message)
    this.position = position
  }
}

const notModified = 304

/** Why an exchange shows nothing of HubSpot's API; undefined if it does. */
export function whyUnusable({ request, status }: RecordedExchange): string | undefined {
  if (request?.method === 'OPTIONS') return 'a preflight request of a browser'
  if (status === 0) return 'a request without a response'
  if (status === notModified) return 'a response from the cache of a browser'
  return undefined
}

/** A JSON text as its value; another text, or one that is nested too deeply to be checked, as it is. */
export function parseBody(text: string): Json {
  try {
    const value = JSON.parse(text)
    return findTooDeep(text) === undefined ? value : text
  } catch {
    return text
  }
}
