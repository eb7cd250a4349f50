import { decodeCursor, plainCursor } from '../../text/cursor.ts'

/** A recorded page of a list. */
export interface RecordedPage<T> {
  readonly items: readonly T[]
  /** The cursor that led to it; undefined for the first page. */
  readonly start: string | undefined
  /** The cursor of the next page; undefined for the last one. */
  readonly next: string | undefined
}

/** A list that was joined from its pages. */
export interface JoinedList<T> {
  readonly items: readonly T[]
  /** The cursors that are not the base64 of their offset, by the index of the item that they lead to. */
  readonly cursors: ReadonlyMap<number, string>
  /** What the recording lacks. */
  readonly gaps: readonly string[]
}

/** A page and the pages that follow it. */
interface Chain<T> {
  readonly page: RecordedPage<T>
  readonly rest: Chain<T> | undefined
  /** The number of items. */
  readonly size: number
}

/** The recorded pages of one list, which can have been read with several limits. */
export class RecordedPages<T extends { readonly id: string }> {
  readonly #pages = new Map<string, RecordedPage<T>>()

  /**
   * Adds a page. It replaces an earlier page with the same cursor and limit. A list with a single page replaces all pages.
   * @param limit the parameter of the request, or another text that identifies the size of the page
   */
  add(limit: string, { items, start, next }: RecordedPage<T>): void {
    if (start === undefined && next === undefined) this.#pages.clear()
    const plain = { items, start: start && plainCursor(start), next: next && plainCursor(next) }
    this.#pages.set(`${limit} ${plain.start ?? ''}`, plain)
  }

  /** Joins the pages, each item once: first the longest chain from the first page, then the pages that no cursor leads to. */
  join(): JoinedList<T> {
    const pages = this.#inOrder()
    const items = new Map<string, T>()
    for (const item of pages.flatMap((page) => page.items)) items.set(item.id, { ...item, ...items.get(item.id) })
    const places = new Map([...items.keys()].map((id, i) => [id, i]))
    const cursors = cursorsOf(pages, ({ items: [first] }) => first && places.get(first.id))
    return { items: [...items.values()], cursors, gaps: [...gapsIn(pages)] }
  }

  #inOrder(): RecordedPage<T>[] {
    const chains = new Map<string, Chain<T> | undefined>()
    const pages = new Set<RecordedPage<T>>()
    for (const start of [undefined, ...[...this.#pages.values()].map((page) => page.start)]) {
      for (let chain = this.#chainFrom(start, chains); chain !== undefined; chain = chain.rest) pages.add(chain.page)
    }
    return [...new Set([...pages, ...this.#pages.values()])]
  }

  /**
   * The chain with the most items among those that start at a cursor.
   * @param known the chains by cursor; undefined while a search is in progress, so that a cycle of cursors ends
   */
  #chainFrom(start: string | undefined, known: Map<string, Chain<T> | undefined>): Chain<T> | undefined {
    const key = start ?? ''
    if (known.has(key)) return known.get(key)
    known.set(key, undefined)
    for (const page of this.#pages.values()) {
      if (page.start !== start) continue
      const rest = page.next === undefined ? undefined : this.#chainFrom(page.next, known)
      const size = page.items.length + (rest?.size ?? 0)
      if (size >= (known.get(key)?.size ?? 0)) known.set(key, { page, rest, size })
    }
    return known.get(key)
  }
}

/** @param placeOf returns the index of the first item of a page */
function cursorsOf<T>(
  pages: readonly RecordedPage<T>[],
  placeOf: (page: RecordedPage<T>) => number | undefined,
): Map<number, string> {
  const cursors = new Map<number, string>()
  for (const page of pages) {
    const place = placeOf(page)
    if (page.start === undefined || place === undefined || decodeCursor(page.start) === place) continue
    cursors.set(place, page.start)
  }
  return cursors
}

function* gapsIn<T>(pages: readonly RecordedPage<T>[]): Generator<string> {
  const starts = new Set(pages.map(({ start }) => start))
  const nexts = new Set(pages.map(({ next }) => next))
  if (pages.some(({ next }) => next !== undefined && !starts.has(next))) yield 'a later page was not recorded'
  if (pages.some(({ start }) => start !== undefined && !nexts.has(start))) yield 'the page before was not recorded'
}
