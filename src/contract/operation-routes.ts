import type { TSchema } from '@sinclair/typebox'
import { type Operation, type OperationName, operations } from './operations.ts'
import { multiStatusVersions } from './versions.ts'

/** One operation on one version. */
export interface OperationRoute {
  readonly name: OperationName
  readonly operation: Operation
  readonly version: string
  /** The path as in HubSpot's OpenAPI file, such as `/marketing/v3/campaigns/{campaignGuid}`. */
  readonly path: string
  /** A token needs one of these scopes. */
  readonly scopes: readonly string[]
  /** The status of a batch in which some inputs failed; undefined where there are no inputs. */
  readonly partialFailure: 200 | 207 | undefined
}

const multiStatus: readonly string[] = multiStatusVersions

/** Every operation on every version, one row each. */
export const operationRoutes: readonly OperationRoute[] = Object.entries<Operation>(operations).flatMap(
  ([name, operation]) =>
    Object.entries(operation.paths).map(([version, path]) => ({
      name: name as OperationName,
      operation,
      version,
      path,
      scopes: operation.scopesByVersion?.[version] ?? operation.scopes,
      partialFailure: operation.partialFailure && (multiStatus.includes(version) ? 207 : 200),
    })),
)

/** The body of each status that a route documents, in the documented fidelity. */
export const responsesOf = ({ operation, partialFailure }: OperationRoute): Record<string, TSchema> => {
  const { responses, partialFailure: bodies } = operation
  if (bodies === undefined) return responses
  if (partialFailure === 207) return { ...responses, 207: bodies.multiStatus }
  return Object.fromEntries(Object.keys(responses).map((status) => [status, bodies.success]))
}

/** Whether the 201 of a route has a `Location` header: on the versions that have a 207 as well (documented). */
export function hasLocation({ operation, version }: OperationRoute): boolean {
  return operation.hasLocation === true && multiStatus.includes(version)
}

/** The paths of health and the control API. HubSpot has no paths under these. */
export const ownPaths = /^\/(_mock|health)(?=[/?]|$)/
