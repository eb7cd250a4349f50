import { LRUCache } from 'lru-cache'
import { eventOf } from '../world/journal/journal-events.ts'
import type { JournalChange } from '../world/journal/journal-reader.ts'

/** The maximum size of the texts that are kept. */
const maximumKeptBytes = 16 * 1024 * 1024

/** The texts of the newest events, so that all readers of an event share one. */
export class EventTexts {
  readonly #texts = new LRUCache<number, Buffer>({
    maxSize: maximumKeptBytes,
    sizeCalculation: ({ length }) => length,
  })

  /** A change in the format of server-sent events. */
  textOf(change: JournalChange): Buffer {
    // A request without a response still changes without an event, for example when a scenario takes it.
    if (change.type !== 'exchange' || change.entry.record.ms === null) return createText(change)
    const text = this.#texts.get(change.id) ?? createText(change)
    this.#texts.set(change.id, text)
    return text
  }

  clear(): void {
    this.#texts.clear()
  }
}

function createText(change: JournalChange): Buffer {
  const event = eventOf(change)
  if (event.type === 'exchange') return message('exchange', event.id, event.exchange)
  if (event.type === 'clear') return message('clear', event.id, { portal: event.portal })
  return message('dropped', undefined, { count: event.count })
}

function message(name: string, id: number | undefined, data: object): Buffer {
  return Buffer.from(`event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`)
}
