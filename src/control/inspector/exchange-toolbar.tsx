import { useState } from 'preact/hooks'
import type { ApiError } from './api.ts'
import { type ExchangeFilter, emptyFilter, operationOf, type StatusClass, statusClasses } from './exchange-filter.ts'
import { useInspector } from './inspector.ts'
import { Problem } from './problem.tsx'
import { download } from './save-text.ts'

interface ExchangeToolbarProps {
  readonly filter: ExchangeFilter
  readonly setFilter: (filter: ExchangeFilter) => void
  /** How many exchanges pass the filter. */
  readonly shown: number
}

/** Filters the list, pauses, clears and exports it. */
export function ExchangeToolbar({ filter, setFilter, shown }: ExchangeToolbarProps) {
  const inspector = useInspector()
  const { exchanges, api } = inspector
  const [problem, setProblem] = useState<ApiError>()
  const { isPaused, newWhilePaused, rows } = exchanges
  const operations = [...new Set(rows.map(operationOf))].sort()
  const clear = async () =>
    setProblem(
      await inspector.change(
        () => api.delete('requests'),
        () => `Cleared the journal of ${inspector.scope}`,
      ),
    )
  const exportHar = async () =>
    setProblem(
      await inspector.change(
        async () => download('requests.har', await (await api.open('requests?format=har')).blob()),
        () => `Exported the journal of ${inspector.scope} as requests.har`,
      ),
    )
  return (
    <>
      <fieldset class="row toolbar" aria-label="Filter requests">
        <input
          type="search"
          class="grow"
          aria-label="Filter by text"
          placeholder="Filter by path, id, property, hint…"
          value={filter.text}
          onInput={({ currentTarget }) => setFilter({ ...filter, text: currentTarget.value })}
        />
        <select
          aria-label="Operation"
          value={filter.operation}
          onChange={({ currentTarget }) => setFilter({ ...filter, operation: currentTarget.value })}
        >
          <option value="">All operations</option>
          {operations.map((operation) => (
            <option key={operation}>{operation}</option>
          ))}
        </select>
        <select
          aria-label="Status"
          value={filter.statusClass}
          onChange={({ currentTarget }) =>
            setFilter({ ...filter, statusClass: currentTarget.value as StatusClass | '' })
          }
        >
          <option value="">All statuses</option>
          {statusClasses.map((statusClass) => (
            <option key={statusClass}>{statusClass}</option>
          ))}
        </select>
      </fieldset>
      <fieldset class="row toolbar" aria-label="The list">
        <button
          type="button"
          aria-pressed={isPaused}
          onClick={() => (isPaused ? exchanges.resume() : exchanges.pause())}
        >
          {isPaused ? `Resume (${newWhilePaused} new)` : 'Pause'}
        </button>
        <button type="button" onClick={clear}>
          Clear journal
        </button>
        <button type="button" onClick={exportHar}>
          Export HAR
        </button>
        <span class="faint count">
          {shown === rows.length ? `${shown} requests` : `${shown} of ${rows.length} requests`}
          {filter !== emptyFilter && shown < rows.length && (
            <button type="button" class="link" onClick={() => setFilter(emptyFilter)}>
              Show all
            </button>
          )}
        </span>
      </fieldset>
      <Problem error={problem} />
    </>
  )
}
