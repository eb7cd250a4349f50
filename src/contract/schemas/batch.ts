import { type Static, Type } from '@sinclair/typebox'
import { PublicCampaign, PublicCampaignInput, PublicCampaignWithAssets } from './campaign.ts'

/** The most inputs one call may hold (documented). */
export const maximumInputs = 50

/** The most bytes a body may have (inferred). */
export const maximumBodyBytes = 1024 * 1024

/** The maximum length of a URL. Clients report failures from about 16 200 characters of `properties` on (observed). */
export const maximumUrlChars = 16 * 1024

export const PublicCampaignReadInput = Type.Object({ id: Type.String() }, { title: 'PublicCampaignReadInput' })
export type PublicCampaignReadInput = Static<typeof PublicCampaignReadInput>

export const BatchInputPublicCampaignReadInput = Type.Object(
  {
    inputs: Type.Array(PublicCampaignReadInput, { maxItems: maximumInputs }),
  },
  { title: 'BatchInputPublicCampaignReadInput' },
)
export type BatchInputPublicCampaignReadInput = Static<typeof BatchInputPublicCampaignReadInput>

export const BatchInputPublicCampaignInput = Type.Object(
  { inputs: Type.Array(PublicCampaignInput, { maxItems: maximumInputs }) },
  { title: 'BatchInputPublicCampaignInput' },
)
export type BatchInputPublicCampaignInput = Static<typeof BatchInputPublicCampaignInput>

export const PublicCampaignBatchUpdateItem = Type.Object(
  { id: Type.String(), properties: Type.Record(Type.String(), Type.String()) },
  { title: 'PublicCampaignBatchUpdateItem' },
)

export const BatchInputPublicCampaignBatchUpdateItem = Type.Object(
  { inputs: Type.Array(PublicCampaignBatchUpdateItem, { maxItems: maximumInputs }) },
  { title: 'BatchInputPublicCampaignBatchUpdateItem' },
)
export type BatchInputPublicCampaignBatchUpdateItem = Static<typeof BatchInputPublicCampaignBatchUpdateItem>

export const PublicCampaignDeleteInput = Type.Object({ id: Type.String() }, { title: 'PublicCampaignDeleteInput' })

export const BatchInputPublicCampaignDeleteInput = Type.Object(
  { inputs: Type.Array(PublicCampaignDeleteInput, { maxItems: maximumInputs }) },
  { title: 'BatchInputPublicCampaignDeleteInput' },
)
export type BatchInputPublicCampaignDeleteInput = Static<typeof BatchInputPublicCampaignDeleteInput>

/** Documented. Real answers have only ever been seen to say COMPLETE. */
export const BatchStatus = Type.Union(
  [Type.Literal('COMPLETE'), Type.Literal('PENDING'), Type.Literal('PROCESSING'), Type.Literal('CANCELED')],
  { description: 'COMPLETE, PENDING, PROCESSING or CANCELED' },
)
export type BatchStatus = Static<typeof BatchStatus>

export function isBatchStatus(text: string): text is BatchStatus {
  return BatchStatus.anyOf.some((status) => status.const === text)
}

const ErrorContext = Type.Record(Type.String(), Type.Array(Type.String()))

export const ErrorDetail = Type.Object(
  {
    message: Type.String(),
    in: Type.Optional(Type.String()),
    code: Type.Optional(Type.String()),
    subCategory: Type.Optional(Type.String()),
    context: Type.Optional(ErrorContext),
  },
  { title: 'ErrorDetail' },
)

/** Why one input failed, as HubSpot's spec has it. Its `subCategory`, an object there, is never sent. */
export const StandardError = Type.Object(
  {
    status: Type.String(),
    category: Type.String(),
    message: Type.String(),
    context: ErrorContext,
    errors: Type.Array(ErrorDetail),
    links: Type.Record(Type.String(), Type.String()),
  },
  { title: 'StandardError' },
)
export type StandardError = Static<typeof StandardError>

/** Why one input failed, as it was recorded: a `subCategory` that is a string, and neither `errors` nor `links`. */
export const RecordedError = Type.Object({
  status: Type.String(),
  category: Type.String(),
  subCategory: Type.Optional(Type.String()),
  message: Type.String(),
  context: ErrorContext,
})
export type RecordedError = Static<typeof RecordedError>

const answered = {
  completedAt: Type.String({ format: 'date-time' }),
  status: BatchStatus,
  startedAt: Type.String({ format: 'date-time' }),
  results: Type.Array(PublicCampaignWithAssets),
}

/** A batch in which no input failed; the members stand in the order they were recorded in. */
export const BatchResponsePublicCampaignWithAssets = Type.Object(answered, {
  title: 'BatchResponsePublicCampaignWithAssets',
})
export type BatchResponsePublicCampaignWithAssets = Static<typeof BatchResponsePublicCampaignWithAssets>

const numErrors = Type.Integer({ format: 'int32' })

/** A batch in which at least one input failed: one entry in `errors` for each. */
export const BatchResponsePublicCampaignWithAssetsWithErrors = Type.Object(
  { ...answered, errors: Type.Array(StandardError), numErrors },
  { title: 'BatchResponsePublicCampaignWithAssetsWithErrors' },
)
export type BatchResponsePublicCampaignWithAssetsWithErrors = Static<
  typeof BatchResponsePublicCampaignWithAssetsWithErrors
>

/** The same as it was recorded. */
export const RecordedBatchResponseWithErrors = Type.Object(
  { ...answered, errors: Type.Array(RecordedError), numErrors },
  { title: 'RecordedBatchResponseWithErrors' },
)

/** The one answer of the versions that have no 207: with errors if some inputs failed. */
export const BatchResponsePublicCampaignWithAssetsMaybeWithErrors = Type.Object(
  { ...answered, errors: Type.Optional(Type.Array(StandardError)), numErrors: Type.Optional(numErrors) },
  { title: 'BatchResponsePublicCampaignWithAssetsMaybeWithErrors' },
)
export type BatchResponsePublicCampaignWithAssetsMaybeWithErrors = Static<
  typeof BatchResponsePublicCampaignWithAssetsMaybeWithErrors
>

const written = { ...answered, results: Type.Array(PublicCampaign) }

/** A batch of writes in which no input failed: the campaigns without their assets. */
export const BatchResponsePublicCampaign = Type.Object(written, { title: 'BatchResponsePublicCampaign' })

/** A batch of writes in which at least one input failed. */
export const BatchResponsePublicCampaignWithErrors = Type.Object(
  { ...written, errors: Type.Array(StandardError), numErrors },
  { title: 'BatchResponsePublicCampaignWithErrors' },
)

/** The same as batch reads were recorded. */
export const RecordedBatchWriteResponseWithErrors = Type.Object(
  { ...written, errors: Type.Array(RecordedError), numErrors },
  { title: 'RecordedBatchWriteResponseWithErrors' },
)

/** The one response to writes of the versions that have no 207. */
export const BatchResponsePublicCampaignMaybeWithErrors = Type.Object(
  { ...written, errors: Type.Optional(Type.Array(StandardError)), numErrors: Type.Optional(numErrors) },
  { title: 'BatchResponsePublicCampaignMaybeWithErrors' },
)

/** Why one input failed, with all that is known of it; the fidelity decides what of it is sent. */
export type InputError = RecordedError

/** Why an input fails that no fixture speaks of. `{id}` is the id as it was asked for. */
export const inputErrors = {
  /** Observed: not a GUID. */
  malformed: {
    status: 'error',
    category: 'VALIDATION_ERROR',
    subCategory: 'CampaignApiError.INVALID_REQUEST',
    message: "Invalid request: 'Invalid campaign GUID format: {id}'",
    context: { message: ['Invalid campaign GUID format: {id}'] },
  },
  /** That it lands here is documented, its words are inferred: a GUID nobody knows. */
  unknown: {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: 'Campaign not found: {id}',
    context: { campaignGuid: ['{id}'] },
  },
} satisfies Record<string, InputError>
