import type { World } from '../world.ts'

/**
 * The part of a mock that controls apply to: the whole mock, or the portal of one token. It is looked up for each call,
 * because a reset replaces it.
 */
export class WorldPart {
  protected readonly world: World
  protected readonly token: string | undefined

  constructor(world: World, token: string | undefined) {
    this.world = world
    this.token = token
  }

  /** For reading: this does not create a portal. */
  protected get current() {
    return this.token === undefined ? this.world : this.world.lookAt(this.token)
  }

  /**
   * For changes: this creates the portal if it is new.
   * @throws {BadInput} if the mock is closed
   */
  protected get changed() {
    this.world.refuseIfClosed()
    return this.token === undefined ? this.world : this.world.portal(this.token)
  }

  get portalName(): string | undefined {
    return this.token === undefined ? undefined : this.world.portalName(this.token)
  }
}
