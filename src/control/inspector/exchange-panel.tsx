import { useMemo, useState } from 'preact/hooks'
import type { Exchange } from '../../public/journal.ts'
import { emptyFilter, filterExchanges } from './exchange-filter.ts'
import { ExchangeList } from './exchange-list.tsx'
import { ExchangeToolbar } from './exchange-toolbar.tsx'
import { useInspector } from './inspector.ts'
import { useChanges } from './observable.ts'
import { StatusTimeline } from './status-timeline.tsx'

interface ExchangePanelProps {
  readonly selected: Exchange | undefined
  readonly select: (exchange: Exchange) => void
  /** Shows the details of the selected exchange. */
  readonly open: () => void
  readonly isNarrow: boolean
}

/** The live list of exchanges with its filters. */
export function ExchangePanel({ selected, select, open, isNarrow }: ExchangePanelProps) {
  const { exchanges } = useInspector()
  useChanges(exchanges)
  const [filter, setFilter] = useState(emptyFilter)
  const { rows } = exchanges
  const shown = useMemo(() => filterExchanges(rows, filter), [rows, filter])
  return (
    <section class="exchanges" aria-label="Requests">
      <ExchangeToolbar filter={filter} setFilter={setFilter} shown={shown.length} />
      <StatusTimeline exchanges={shown} />
      <ExchangeList exchanges={shown} selected={selected} select={select} open={open} isNarrow={isNarrow} />
    </section>
  )
}
