import type { ResponseText } from '../world/journal/exchange.ts'

/** What a handler responds with. */
export interface OperationResponse {
  readonly status: number
  /** Nothing for a status without a body, such as 204. */
  readonly body?: string | Buffer | undefined
  /** Headers beside the usual ones, by their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** The body as the journal keeps it, where that is less than the body itself. */
  readonly journalText?: ResponseText
  /** Called when the response has ended and nobody reads the body any more. */
  readonly release?: () => void
}
