import type * as api from '../../public/portal.ts'
import { portalTokenOf } from '../tokens.ts'
import type { World } from '../world.ts'
import { Controls } from './controls.ts'
import { TokenControls } from './token-controls.ts'

/** The verbs of one portal. */
export class PortalControls extends Controls implements api.PortalControls {
  readonly token: TokenControls

  /** @throws {BadInput} if the token is invalid */
  constructor(world: World, token: string) {
    super(world, token)
    this.token = new TokenControls(world, portalTokenOf(token))
  }
}
