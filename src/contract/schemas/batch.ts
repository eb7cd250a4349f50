import { type Static, Type } from '@sinclair/typebox'
import { AnyName } from './any-name.ts'
import { PublicCampaign, PublicCampaignInput, PublicCampaignWithAssets } from './campaign.ts'

/** The maximum number of inputs of a batch (documented). */
export const maximumInputs = 50

/** The maximum size of a request body in bytes (inferred). */
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
  { id: Type.String(), properties: Type.Record(AnyName, Type.String()) },
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

/** Documented. Only COMPLETE was observed. */
export const BatchStatus = Type.Union(
  [Type.Literal('COMPLETE'), Type.Literal('PENDING'), Type.Literal('PROCESSING'), Type.Literal('CANCELED')],
  { description: 'COMPLETE, PENDING, PROCESSING or CANCELED' },
)
export type BatchStatus = Static<typeof BatchStatus>

export function isBatchStatus(text: string): text is BatchStatus {
  return BatchStatus.anyOf.some((status) => status.const === text)
}

const ErrorContext = Type.Record(AnyName, Type.Array(Type.String()))

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

/** Why one input failed, as in HubSpot's spec. `subCategory`, an object in the spec, is never sent. */
export const StandardError = Type.Object(
  {
    status: Type.String(),
    category: Type.String(),
    message: Type.String(),
    context: ErrorContext,
    errors: Type.Array(ErrorDetail),
    links: Type.Record(AnyName, Type.String()),
  },
  { title: 'StandardError' },
)
export type StandardError = Static<typeof StandardError>

/** Why one input failed, as recorded: `subCategory` is a string, and there is neither `errors` nor `links`. */
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

/** A batch in which no input failed. The members are in the order in which they were recorded. */
export const BatchResponsePublicCampaignWithAssets = Type.Object(answered, {
  title: 'BatchResponsePublicCampaignWithAssets',
})
export type BatchResponsePublicCampaignWithAssets = Static<typeof BatchResponsePublicCampaignWithAssets>

const numErrors = Type.Integer({ format: 'int32' })

/** A batch in which at least one input failed, with an entry in `errors` for each. */
export const BatchResponsePublicCampaignWithAssetsWithErrors = Type.Object(
  { ...answered, errors: Type.Array(StandardError), numErrors },
  { title: 'BatchResponsePublicCampaignWithAssetsWithErrors' },
)
export type BatchResponsePublicCampaignWithAssetsWithErrors = Static<
  typeof BatchResponsePublicCampaignWithAssetsWithErrors
>

/** A batch in which at least one input failed, as recorded. */
export const RecordedBatchResponseWithErrors = Type.Object(
  { ...answered, errors: Type.Array(RecordedError), numErrors },
  { title: 'RecordedBatchResponseWithErrors' },
)

/** The response of versions without a 207: it has errors if some inputs failed. */
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

/** A batch of writes in which at least one input failed, in the recorded form of batch reads. */
export const RecordedBatchWriteResponseWithErrors = Type.Object(
  { ...written, errors: Type.Array(RecordedError), numErrors },
  { title: 'RecordedBatchWriteResponseWithErrors' },
)

/** The response to writes on versions without a 207. */
export const BatchResponsePublicCampaignMaybeWithErrors = Type.Object(
  { ...written, errors: Type.Optional(Type.Array(StandardError)), numErrors: Type.Optional(numErrors) },
  { title: 'BatchResponsePublicCampaignMaybeWithErrors' },
)

/** Why one input failed, with all members. The fidelity decides which of them are sent. */
export type InputError = RecordedError

/** The errors of inputs that no fixture defines. `{id}` is the requested id. */
export const inputErrors = {
  /** Observed: not a GUID. */
  malformed: {
    status: 'error',
    category: 'VALIDATION_ERROR',
    subCategory: 'CampaignApiError.INVALID_REQUEST',
    message: "Invalid request: 'Invalid campaign GUID format: {id}'",
    context: { message: ['Invalid campaign GUID format: {id}'] },
  },
  /** An unknown GUID. The entry is documented, its message is inferred. */
  unknown: {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: 'Campaign not found: {id}',
    context: { campaignGuid: ['{id}'] },
  },
} satisfies Record<string, InputError>
