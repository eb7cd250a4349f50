import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { Api, ApiError } from './api.ts'
import { ExchangeFeed } from './exchange-feed.ts'
import { ExchangeStore } from './exchange-store.ts'
import { MockState } from './mock-state.ts'
import { Notices } from './notices.ts'

/** Everything that the parts of the page share. */
export class Inspector {
  readonly api = new Api()
  readonly exchanges = new ExchangeStore()
  readonly feed = new ExchangeFeed(this.api, this.exchanges)
  readonly mock = new MockState(this.api)
  readonly notices = new Notices()

  /** Selects the portal that the page shows and controls; undefined for the whole mock. */
  choosePortal(name: string | undefined): void {
    this.api.portal = name
    this.feed.restart()
    void this.mock.refresh()
  }

  /** Returns to the whole mock when the chosen portal is not there any more, as after a reset. */
  leaveMissingPortal(): void {
    const { portal } = this.api
    if (portal === undefined || this.mock.portals.some(({ name }) => name === portal)) return
    this.notices.show(`Portal ${portal} no longer exists: now showing the whole mock`)
    this.choosePortal(undefined)
  }

  /** What calls apply to, in words. */
  get scope(): string {
    return this.api.portal === undefined ? 'the whole mock' : `portal ${this.mock.labelOf(this.api.portal)}`
  }

  /** Makes a change, shows a notice, and reads the new state. @returns the error if the change failed, otherwise undefined */
  async change<T>(call: () => Promise<T>, describe: (result: T) => string): Promise<ApiError | undefined> {
    try {
      this.notices.show(describe(await call()))
      return undefined
    } catch (error) {
      return error instanceof ApiError
        ? error
        : new ApiError(0, 'the mock cannot be reached', 'check that it still runs')
    } finally {
      void this.mock.refresh()
    }
  }
}

export const InspectorContext = createContext(new Inspector())

export function useInspector(): Inspector {
  return useContext(InspectorContext)
}
