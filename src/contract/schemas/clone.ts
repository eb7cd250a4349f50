import { type Static, Type } from '@sinclair/typebox'
import { AnyName } from './any-name.ts'

/** A list of names, such as those of asset types. */
export const CollectionResponseStringNoPaging = Type.Object(
  { results: Type.Array(Type.String()) },
  { title: 'CollectionResponseStringNoPaging' },
)

/** The campaign to copy, and the members of the copy. All members after the first eight are optional (documented). */
export const PublicCampaignCloneInput = Type.Object(
  {
    sourceCampaignGuid: Type.String(),
    name: Type.String(),
    assetsToClone: Type.Record(AnyName, Type.Array(Type.String())),
    shouldCloneDraftNodes: Type.Boolean(),
    shouldCloneEdges: Type.Boolean(),
    shouldCloneStickyNotes: Type.Boolean(),
    shouldCloneTasks: Type.Boolean(),
    shouldCloneTrackingUrls: Type.Boolean(),
    audience: Type.Optional(Type.String()),
    currencyCode: Type.Optional(Type.String()),
    endDate: Type.Optional(Type.String()),
    notes: Type.Optional(Type.String()),
    startDate: Type.Optional(Type.String()),
  },
  { title: 'PublicCampaignCloneInput' },
)
export type PublicCampaignCloneInput = Static<typeof PublicCampaignCloneInput>

/** The progress of a clone (documented). */
export const CloneStatus = Type.Union([
  Type.Literal('COMPLETE'),
  Type.Literal('FAILED'),
  Type.Literal('PARTIAL_FAILURE'),
  Type.Literal('PENDING'),
])
export type CloneStatus = Static<typeof CloneStatus>

export function isCloneStatus(text: string): text is CloneStatus {
  return CloneStatus.anyOf.some((status) => status.const === text)
}

export const PublicCampaignCloneResponse = Type.Object(
  { campaignGuid: Type.String(), status: CloneStatus },
  { title: 'PublicCampaignCloneResponse' },
)
export type PublicCampaignCloneResponse = Static<typeof PublicCampaignCloneResponse>
