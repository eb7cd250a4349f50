import type { Exchange } from '../../public/journal.ts'
import { statusClassOf } from './exchange-filter.ts'
import { useInspector } from './inspector.ts'

interface ExchangeRowProps {
  readonly exchange: Exchange
  readonly index: number
  readonly topPx: number
  readonly isSelected: boolean
  readonly choose: () => void
}

/** One line of the list. */
export function ExchangeRow({ exchange, index, topPx, isSelected, choose }: ExchangeRowProps) {
  const { mock } = useInspector()
  const { at, portal, scenario, method, path, operation, hint, unread, ms } = exchange
  return (
    // The list handles the keyboard: it has the focus, and moves the selection.
    <div
      id={`row-${index}`}
      class={hint === null ? 'line' : 'line hinted'}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ top: `${topPx}px` }}
      onClick={choose}
    >
      <span role="gridcell" class="cell status">
        <Status exchange={exchange} />
      </span>
      <span role="gridcell" class="cell operation" title={`${method} ${path}`}>
        {operation ?? `${method} ${path}`}
      </span>
      <span role="gridcell" class="cell portal" title={portal ?? ''}>
        {mock.labelOf(portal)}
      </span>
      <span role="gridcell" class="cell scenario" title={scenario ?? ''}>
        {scenario}
      </span>
      <span role="gridcell" class="cell time" title={at}>
        {at.slice(11, 23)}
      </span>
      <span role="gridcell" class="cell duration">
        {ms === null ? '' : writeDuration(ms)}
      </span>
      <span role="gridcell" class="cell hint" title={hint ?? ''}>
        {hint}
        {hint === null && unread.length > 0 && `not read: ${unread.join(', ')}`}
      </span>
    </div>
  )
}

/** The status of a response as a number or a word, in the color of its kind. */
export function Status({ exchange }: { exchange: Exchange }) {
  const statusClass = statusClassOf(exchange)
  const isNumber = statusClass !== 'pending' && statusClass !== 'broken'
  return <b class={`badge ${statusClass}`}>{isNumber ? exchange.status : statusClass}</b>
}

/** A duration in the unit that suits it. */
export function writeDuration(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(2)} s`
}
