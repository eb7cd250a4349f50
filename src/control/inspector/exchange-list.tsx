import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Exchange } from '../../public/journal.ts'
import { ExchangeRow } from './exchange-row.tsx'

/** The height of a row in the style sheet. */
const rowPx = 30
/** Rows above and below the visible ones, so that scrolling shows no gaps. */
const spareRows = 10

interface ExchangeListProps {
  readonly exchanges: readonly Exchange[]
  readonly selected: Exchange | undefined
  readonly select: (exchange: Exchange) => void
  readonly open: () => void
  readonly isNarrow: boolean
}

/** The list of exchanges, newest first. Only visible rows are in the document, so that a long list is as fast as a short one. */
export function ExchangeList({ exchanges, selected, select, open, isNarrow }: ExchangeListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const { top, height } = useScroll(scroller)
  useAnchor(scroller, exchanges)
  const first = Math.max(0, Math.floor(top / rowPx) - spareRows)
  const visible = exchanges.slice(first, first + Math.ceil(height / rowPx) + 2 * spareRows)
  const at = exchanges.findIndex(({ correlationId }) => correlationId === selected?.correlationId)
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && at >= 0) return open()
    const target = targetOf(event.key, at, exchanges.length, Math.floor(height / rowPx))
    const exchange = target === undefined ? undefined : exchanges[target]
    if (target === undefined || exchange === undefined) return
    event.preventDefault()
    select(exchange)
    scrollTo(scroller.current, target)
  }
  return (
    <div class={isNarrow ? 'list narrow' : 'list'}>
      <div
        ref={scroller}
        class="scroller"
        role="grid"
        aria-label="Requests, newest first. Use the arrow keys, and Enter for details."
        aria-rowcount={exchanges.length + 1}
        aria-activedescendant={at < 0 ? undefined : `row-${at}`}
        tabIndex={0}
        onKeyDown={move}
      >
        <HeadRow />
        <div class="rows" role="rowgroup" style={{ height: `${exchanges.length * rowPx}px` }}>
          {visible.map((exchange, i) => (
            <ExchangeRow
              key={exchange.correlationId}
              exchange={exchange}
              index={first + i}
              topPx={(first + i) * rowPx}
              isSelected={first + i === at}
              choose={() => {
                select(exchange)
                open()
              }}
            />
          ))}
        </div>
        {exchanges.length === 0 && <p class="empty">Requests to the mock appear here.</p>}
      </div>
    </div>
  )
}

const columns = ['Status', 'Operation', 'Portal', 'Scenario', 'Time', 'Duration', 'Hint']

function HeadRow() {
  return (
    <div class="line head" role="row" aria-rowindex={1}>
      {columns.map((title) => (
        <span key={title} role="columnheader" class={`cell ${title.toLowerCase()}`}>
          {title}
        </span>
      ))}
    </div>
  )
}

/** The row that a key leads to; undefined for other keys. */
function targetOf(key: string, at: number, count: number, rowsPerPage: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + rowsPerPage,
    PageUp: at - rowsPerPage,
    Home: 0,
    End: count - 1,
  }
  const target = targets[key]
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target))
}

function scrollTo(scroller: HTMLElement | null, row: number): void {
  if (scroller === null) return
  const viewPx = scroller.clientHeight - rowPx
  if (row * rowPx < scroller.scrollTop) scroller.scrollTop = row * rowPx
  else if ((row + 1) * rowPx > scroller.scrollTop + viewPx) scroller.scrollTop = (row + 1) * rowPx - viewPx
}

function useScroll(scroller: { readonly current: HTMLElement | null }): { top: number; height: number } {
  const [view, setView] = useState({ top: 0, height: 600 })
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const update = () => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(update)
    observer.observe(element)
    element.addEventListener('scroll', update, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', update)
    }
  }, [])
  return view
}

/** Keeps the visible rows in place while new ones are added above them. */
function useAnchor(scroller: { readonly current: HTMLElement | null }, exchanges: readonly Exchange[]): void {
  const anchor = useRef<string | undefined>(undefined)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const at = exchanges.findIndex(({ correlationId }) => correlationId === anchor.current)
    const before = Math.floor(element.scrollTop / rowPx)
    if (element.scrollTop > 0 && at > before) element.scrollTop += (at - before) * rowPx
    const remember = () => {
      anchor.current = exchanges[Math.floor(element.scrollTop / rowPx)]?.correlationId
    }
    remember()
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [exchanges])
}
