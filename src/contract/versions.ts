/**
 * The versions of HubSpot's campaigns API that this mock serves (documented: one OpenAPI file each). HubSpot supports
 * its v1 to v3 paths until September 2027 (announced 2026-09-15); 2026-09 is the latest version.
 */
export const campaignVersions = ['v3', '2025-09', '2026-03', '2026-09', '2026-09-beta'] as const
export type CampaignVersion = (typeof campaignVersions)[number]

/**
 * The versions whose spec lists a 207 for a batch in which some inputs failed. The others put `errors` and `numErrors`
 * into the body of the success status instead (documented).
 */
export const multiStatusVersions: readonly CampaignVersion[] = ['v3', '2026-03', '2026-09-beta']
