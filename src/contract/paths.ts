/** What one version of the endpoint promises that another does not. */
export interface BatchReadPath {
  /** The path, as in HubSpot's own OpenAPI file of that version. */
  readonly url: string
  /** The version HubSpot gives that file. */
  readonly version: string
  /**
   * The status of an answer in which some inputs failed: 207 where the spec lists it;
   * 200 where it does not and puts `errors` and `numErrors` into the 200 body instead.
   */
  readonly partialFailure: 200 | 207
}

/**
 * The paths of the batch-read endpoint, all served by one handler.
 * @see https://developers.hubspot.com/docs/api-reference/latest/marketing/campaigns (documented, one OpenAPI file each)
 */
export const batchReadPaths: readonly BatchReadPath[] = [
  { url: '/marketing/v3/campaigns/batch/read', version: 'v3', partialFailure: 207 },
  { url: '/marketing/campaigns/2025-09/batch/read', version: '2025-09', partialFailure: 200 },
  { url: '/marketing/campaigns/2026-03/batch/read', version: '2026-03', partialFailure: 207 },
  { url: '/marketing/campaigns/2026-09/batch/read', version: '2026-09', partialFailure: 200 },
  { url: '/marketing/campaigns/2026-09-beta/batch/read', version: '2026-09-beta', partialFailure: 207 },
]

/** The paths of the endpoint in any version, also one that this mock does not know. */
export const anyBatchReadPath = /\/campaigns\/(?:[\w.-]+\/)?batch\/read$/

/** What this mock serves beside HubSpot's paths: health and the control API. HubSpot has nothing under these. */
export const ownPaths = /^\/(_mock|health)(?=[/?]|$)/
