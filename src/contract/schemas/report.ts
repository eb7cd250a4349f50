import { Type } from '@sinclair/typebox'
import { ForwardPaging } from './asset.ts'

/** How revenue is attributed to campaigns; LINEAR is the default (documented). */
export const attributionModels = [
  'LINEAR',
  'FIRST_INTERACTION',
  'LAST_INTERACTION',
  'FULL_PATH',
  'U_SHAPED',
  'W_SHAPED',
  'TIME_DECAY',
  'J_SHAPED',
  'INVERSE_J_SHAPED',
] as const
export type AttributionModel = (typeof attributionModels)[number]

/** The contacts of a campaign that a report can list (documented). */
export const contactTypes = ['contactFirstTouch', 'contactLastTouch', 'influencedContacts'] as const
export type ContactType = (typeof contactTypes)[number]

const int32 = () => Type.Integer({ format: 'int32' })

/** Sessions and contacts of a campaign. */
export const MetricsCounters = Type.Object(
  {
    sessions: int32(),
    newContactsFirstTouch: int32(),
    influencedContacts: int32(),
    newContactsLastTouch: int32(),
  },
  { title: 'MetricsCounters' },
)

/** The revenue that an attribution model credits to a campaign. */
export const RevenueAttributionAggregate = Type.Object(
  {
    revenueAmount: Type.Optional(Type.Number()),
    dealAmount: Type.Optional(Type.Number()),
    contactsNumber: Type.Optional(int32()),
    dealsNumber: Type.Optional(int32()),
    currencyCode: Type.Optional(Type.String()),
  },
  { title: 'RevenueAttributionAggregate' },
)

export const ContactReference = Type.Object({ id: Type.String() }, { title: 'ContactReference' })

/** A page of contacts: only ids, without a total (documented and observed). */
export const CollectionResponseContactReferenceForwardPaging = Type.Object(
  { results: Type.Array(ContactReference), paging: Type.Optional(ForwardPaging) },
  { title: 'CollectionResponseContactReferenceForwardPaging' },
)

/** The period of a report. */
export const ReportQuery = Type.Object({
  startDate: Type.Optional(Type.String()),
  endDate: Type.Optional(Type.String()),
})

export const RevenueReportQuery = Type.Object({
  attributionModel: Type.Optional(Type.String()),
  ...ReportQuery.properties,
})

export const ContactReportQuery = Type.Object({
  after: Type.Optional(Type.String()),
  limit: Type.Optional(int32()),
  ...ReportQuery.properties,
})

export const ContactReportPath = Type.Object({ campaignGuid: Type.String(), contactType: Type.String() })

/** The default first day of a report (documented); the default last day is today. */
export const defaultReportStart = '2006-01-01'

/** The number of contacts of a page: 100 by default (documented), which is also the maximum (inferred). */
export const contactPageLimits = { default: 100, maximum: 100 }
