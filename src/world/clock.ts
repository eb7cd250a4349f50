/** Where time comes from, so that a test can hand in its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A moment as HubSpot writes it: UTC, exactly three decimals, `Z` (observed). */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
