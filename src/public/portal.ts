/**
 * What to set when a test takes a portal.
 * @example
 * const options: PortalOptions = { label: 'retries after a 429' }
 */
export interface PortalOptions {
  /** A name for people, 1 to 100 characters, that lists of portals show. A reset of the portal keeps it. */
  label?: string | undefined
}

/**
 * A portal in a list. It does not have the token.
 * @example
 * const busiest: PortalSummary | undefined = mock.portals().sort((a, b) => b.requests - a.requests)[0]
 * console.log(busiest?.label ?? busiest?.name)
 */
export interface PortalSummary {
  /** A short hash of the token, as in the journal. */
  name: string
  /** The label that a test gave to the portal; null without one. */
  label: string | null
  /** The number of its requests in the journal. */
  requests: number
  /** The number of its requests that the journal has dropped. */
  dropped: number
  /** The number of its campaigns, generated ones included. */
  campaigns: number
  /** The name of its active scenario; null if none is active. */
  scenario: string | null
}
