import { operationRoutes } from './operation-routes.ts'

export const batchReadPaths = operationRoutes
  .filter(({ name }) => name === 'batch.read')
  .map(({ path, version, partialFailure = 207 }) => ({ url: path, version, partialFailure }))
export type BatchReadPath = (typeof batchReadPaths)[number]
export const anyBatchReadPath = /\/campaigns\/(?:[\w.-]+\/)?batch\/read$/
