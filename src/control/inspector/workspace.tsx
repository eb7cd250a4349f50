import { useEffect, useState } from 'preact/hooks'
import type { Exchange } from '../../public/journal.ts'
import { CampaignPanel } from './campaigns.tsx'
import { ClockPanel } from './clock.tsx'
import { ExchangeDetail } from './exchange-detail.tsx'
import { ExchangePanel } from './exchange-panel.tsx'
import { RateLimitPanel } from './rate-limit.tsx'
import { ScenarioPanel } from './scenarios.tsx'
import { Tabs } from './tabs.tsx'

const tabs = [
  { id: 'details', title: 'Details' },
  { id: 'scenarios', title: 'Scenarios' },
  { id: 'campaigns', title: 'Campaigns' },
  { id: 'controls', title: 'Clock, limits' },
]
const requestsTab = { id: 'requests', title: 'Requests' }

/** On a wide screen the list of requests is beside the tabs; on a narrow one it is the first tab. */
const narrow = window.matchMedia('(max-width: 860px)')

/** The list of requests, and beside it the details and the controls. */
export function Workspace() {
  const isNarrow = useIsNarrow()
  const [chosen, setChosen] = useState('requests')
  const [selected, setSelected] = useState<Exchange>()
  const current = chosen === 'requests' && !isNarrow ? 'details' : chosen
  const list = (
    <ExchangePanel
      selected={selected}
      select={setSelected}
      open={() => {
        setChosen('details')
        requestAnimationFrame(() => document.getElementById('exchange-title')?.focus())
      }}
      isNarrow={isNarrow}
    />
  )
  return (
    <main class="workspace">
      {!isNarrow && list}
      <Tabs tabs={isNarrow ? [requestsTab, ...tabs] : tabs} current={current} choose={setChosen}>
        {current === 'requests' && list}
        {current === 'details' && <ExchangeDetail selected={selected} />}
        {current === 'scenarios' && <ScenarioPanel />}
        {current === 'campaigns' && <CampaignPanel />}
        {current === 'controls' && (
          <>
            <ClockPanel />
            <RateLimitPanel />
          </>
        )}
      </Tabs>
    </main>
  )
}

function useIsNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(narrow.matches)
  useEffect(() => {
    const update = () => setIsNarrow(narrow.matches)
    narrow.addEventListener('change', update)
    return () => narrow.removeEventListener('change', update)
  }, [])
  return isNarrow
}
