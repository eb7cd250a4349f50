import { type Campaign, present, type View } from './campaign.ts'

/** So many bytes of rendered campaigns are kept; then all are forgotten, and what is asked for comes back. */
const mostKeptBytes = 16 * 1024 * 1024

type Rendered = WeakMap<Campaign, Buffer>

/**
 * Campaigns as JSON, each made once for a view and then copied: what most calls ask for is what others asked for
 * before. The same as `JSON.stringify(present(campaign, view))`, byte for byte.
 */
export class Renderings {
  #views = new Map<string, Rendered>()
  #keptBytes = 0

  /** The JSON of campaigns in a view, in their order. A campaign that was given once must not be changed. */
  render(campaigns: readonly Campaign[], view: View): Buffer[] {
    const rendered = this.#viewOf(view)
    return campaigns.map((campaign) => rendered.get(campaign) ?? this.#keep(rendered, campaign, view))
  }

  #keep(rendered: Rendered, campaign: Campaign, view: View): Buffer {
    const json = Buffer.from(JSON.stringify(present(campaign, view)))
    this.#makeRoom(json.length)
    rendered.set(campaign, json)
    return json
  }

  #viewOf({ properties, period, baseUrl }: View): Rendered {
    // No name has a comma in it: there they are taken apart.
    const key = `${period?.start} ${period?.end} ${baseUrl} ${properties.join()}`
    const known = this.#views.get(key)
    if (known !== undefined) return known
    this.#makeRoom(key.length)
    const rendered: Rendered = new WeakMap()
    this.#views.set(key, rendered)
    return rendered
  }

  #makeRoom(bytes: number): void {
    this.#keptBytes += bytes
    if (this.#keptBytes <= mostKeptBytes) return
    this.#views = new Map()
    this.#keptBytes = bytes
  }
}

const comma = ','.charCodeAt(0)

/** A JSON list of items that are JSON already, between a head and a tail. */
export function joinList(head: string, items: readonly Buffer[], tail: string): Buffer {
  const [first, last] = [Buffer.from(head), Buffer.from(tail)]
  const commas = Math.max(0, items.length - 1)
  const itemBytes = items.reduce((sum, { length }) => sum + length, 0)
  const joined = Buffer.allocUnsafe(first.length + itemBytes + commas + last.length)
  let at = first.copy(joined)
  for (const [i, item] of items.entries()) {
    if (i > 0) joined[at++] = comma
    joined.set(item, at)
    at += item.length
  }
  last.copy(joined, at)
  return joined
}
