import { type Static, Type } from '@sinclair/typebox'

/** The types of a HubSpot account (documented). */
export const accountTypes = ['STANDARD', 'APP_DEVELOPER', 'DEVELOPER_TEST', 'SANDBOX'] as const

/** The details of a HubSpot account, in the order of HubSpot's reference (documented). */
export const PortalInformationResponse = Type.Object(
  {
    portalId: Type.Integer({ format: 'int32' }),
    accountType: Type.Union(accountTypes.map((type) => Type.Literal(type))),
    timeZone: Type.String(),
    companyCurrency: Type.String(),
    additionalCurrencies: Type.Array(Type.String()),
    utcOffset: Type.String(),
    utcOffsetMilliseconds: Type.Integer({ format: 'int32' }),
    uiDomain: Type.String(),
    dataHostingLocation: Type.String(),
  },
  { title: 'PortalInformationResponse' },
)
export type PortalInformationResponse = Static<typeof PortalInformationResponse>

/** The account of a token, as HubSpot's older API describes it (documented). */
export const IntegrationAccount = Type.Object({
  portalId: Type.Integer(),
  timeZone: Type.String(),
  currency: Type.String(),
  utcOffsetMilliseconds: Type.Integer(),
  utcOffset: Type.String(),
})

/** The details of an account that the fixture does not give. */
export const defaultAccount = {
  accountType: 'STANDARD',
  timeZone: 'US/Eastern',
  companyCurrency: 'USD',
  additionalCurrencies: [] as string[],
  utcOffset: '-04:00',
  utcOffsetMilliseconds: -14_400_000,
  uiDomain: 'app.hubspot.com',
  dataHostingLocation: 'na1',
} as const
