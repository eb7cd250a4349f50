import { operationRoutes } from '../src/contract/operation-routes.ts'

/** The paths of batch read, one for each version. */
export const batchReadPaths = operationRoutes
  .filter(({ name }) => name === 'batch.read')
  .map(({ path, version, partialFailure = 207 }) => ({ url: path, version, partialFailure }))
