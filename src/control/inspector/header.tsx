import { ClockReadout } from './clock.tsx'
import type { FeedStatus } from './exchange-feed.ts'
import { useInspector } from './inspector.ts'
import { useChanges } from './observable.ts'
import { PortalPicker } from './portal-picker.tsx'
import { RateLimitMeter } from './rate-limit.tsx'
import { ResetButton } from './reset.tsx'

const statusTexts: Record<FeedStatus, string> = {
  connecting: 'connecting',
  live: 'live',
  lost: 'mock not reachable, trying again',
  refused: 'refused',
}

/** The line at the top: what is shown, and the state that concerns every request. */
export function Header() {
  const { feed, mock } = useInspector()
  useChanges(feed)
  useChanges(mock)
  return (
    <header class="bar">
      <h1>Inspector</h1>
      <span class={`feed ${feed.status}`} role="status">
        {statusTexts[feed.status]}
      </span>
      <PortalPicker />
      <span class="fact scenario-fact">
        <span class="label">Scenario</span> {mock.scenario.step === null ? 'none' : mock.scenario.name}
      </span>
      <ClockReadout />
      <RateLimitMeter />
      <ResetButton />
    </header>
  )
}
