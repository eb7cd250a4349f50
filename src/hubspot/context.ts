import type { FidelityRules } from '../contract/fidelity.ts'
import type { CloseSignal } from '../text/close-signal.ts'
import { ErrorRenderings, Renderings } from '../world/campaigns/rendering.ts'
import type { CommonHeaders } from '../world/common-headers.ts'
import type { World } from '../world/world.ts'
import type { LinkOptions } from './base-url.ts'
import { inputErrorEntry } from './batch-error.ts'
import { BufferPool } from './buffer-pool.ts'
import { ViewCache } from './campaign-view.ts'
import { SendQueue } from './send-queue.ts'

/** What a mock gives to its HubSpot API. */
export interface HubspotOptions {
  readonly world: World
  readonly rules: FidelityRules
  readonly commonHeaders: CommonHeaders
  readonly links: LinkOptions
  /** Refuses requests that draw a hint. */
  readonly strict: boolean
  /** Ends everything that waits when the mock closes. */
  readonly closing: CloseSignal
}

/** What every operation and every request concern of one mock shares. */
export interface HubspotContext extends HubspotOptions {
  /** Caches: campaigns as JSON, batch errors as JSON, and the views that the queries of clients ask for. */
  readonly renderings: Renderings
  readonly errorRenderings: ErrorRenderings
  readonly views: ViewCache
  readonly sendQueue: SendQueue
  readonly buffers: BufferPool
}

export function createHubspotContext(options: HubspotOptions): HubspotContext {
  return {
    ...options,
    renderings: new Renderings(),
    errorRenderings: new ErrorRenderings((error) => inputErrorEntry(error, options.rules)),
    views: new ViewCache(),
    sendQueue: new SendQueue(),
    buffers: new BufferPool(),
  }
}
