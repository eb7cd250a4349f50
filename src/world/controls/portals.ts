import { type TSchema, Type } from '@sinclair/typebox'
import type * as api from '../../public/portal.ts'
import { findProblems, withoutUndefined } from '../../text/schema-problems.ts'
import { refuseFirst } from '../refusal.ts'
import { portalTokenOf } from '../tokens.ts'
import type { World } from '../world.ts'
import { PortalControls } from './portal-controls.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** The schema of `PortalSummary`. */
export const PortalSummary = Type.Object({
  name: Type.String({ description: 'a short hash of the token, as in the journal' }),
  label: Nullable(Type.String()),
  requests: Type.Integer({ description: 'the number of its requests in the journal' }),
  dropped: Type.Integer({ description: 'the number of its requests that the journal has dropped' }),
  campaigns: Type.Integer(),
  scenario: Nullable(Type.String({ description: 'the name of the active scenario' })),
})
export type PortalSummary = api.PortalSummary

/** The schema of `PortalOptions`. */
export const PortalOptions = Type.Object(
  { label: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'text of 1 to 100 characters' })) },
  { additionalProperties: false },
)
export type PortalOptions = api.PortalOptions

/**
 * The controls of the portal of a token. With a label, the portal is created if it is new.
 * @throws {BadInput} if the token or an option is invalid
 */
export function openPortal(world: World, token: string, options: PortalOptions = {}): PortalControls {
  refuseFirst(findProblems(PortalOptions, withoutUndefined(options)), 'the options are {label}')
  const controls = new PortalControls(world, token)
  if (options.label !== undefined) world.labelPortal(portalTokenOf(token), options.label)
  return controls
}

/** All portals, the most recently used one first. */
export function listPortals(world: World): PortalSummary[] {
  return world.portals.map(({ name, label, campaigns, playing }) => ({
    name,
    label: label ?? null,
    requests: world.journal.count({}, name),
    dropped: world.journal.dropped(name),
    campaigns: campaigns.size,
    // After its last step a scenario changes nothing any more.
    scenario: playing === undefined || playing.step === null ? null : playing.name,
  }))
}
