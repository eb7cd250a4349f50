/** The types of a HubSpot account (documented). */
export const accountTypes = ['STANDARD', 'APP_DEVELOPER', 'DEVELOPER_TEST', 'SANDBOX'] as const
