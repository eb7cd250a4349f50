import type { ComponentChildren } from 'preact'

export interface Tab {
  readonly id: string
  readonly title: string
}

interface TabsProps {
  readonly tabs: readonly Tab[]
  readonly current: string
  readonly choose: (id: string) => void
  readonly children: ComponentChildren
}

/** Tabs with the panel of the current one. The arrow keys, Home and End move between them. */
export function Tabs({ tabs, current, choose, children }: TabsProps) {
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === current)
    const targets: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }
    const target = targets[event.key]
    const tab = target === undefined ? undefined : tabs[(target + tabs.length) % tabs.length]
    if (tab === undefined) return
    event.preventDefault()
    choose(tab.id)
    document.getElementById(`tab-${tab.id}`)?.focus()
  }
  return (
    <div class="tabs">
      <div role="tablist" aria-label="Parts of the inspector" onKeyDown={move}>
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === current}
            aria-controls="panel"
            tabIndex={id === current ? 0 : -1}
            onClick={() => choose(id)}
          >
            {title}
          </button>
        ))}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby={`tab-${current}`}>
        {children}
      </div>
    </div>
  )
}
