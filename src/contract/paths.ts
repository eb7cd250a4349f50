import { operationRoutes } from './operation-routes.ts'

/** The paths of batch read, one for each version, for the drift check, which compares this operation only. */
export const batchReadPaths = operationRoutes
  .filter(({ name }) => name === 'batch.read')
  .map(({ path, version, partialFailure = 207 }) => ({ url: path, version, partialFailure }))
export type BatchReadPath = (typeof batchReadPaths)[number]

/** A path of batch read on any version, including one that this mock does not know. */
export const anyBatchReadPath = /\/campaigns\/(?:[\w.-]+\/)?batch\/read$/
