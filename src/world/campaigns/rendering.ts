import type { InputError } from '../../contract/schemas/batch.ts'
import type { InputFailure } from './batch-lookup.ts'
import { type Campaign, present, type View } from './campaign.ts'

/** The maximum size of rendered campaigns in bytes. When it is reached, the cache is emptied. */
const mostKeptBytes = 16 * 1024 * 1024

type Rendered = WeakMap<Campaign, Buffer>

/**
 * Campaigns as JSON, each rendered once for a view and then copied, because most calls request what others requested
 * before. The same as `JSON.stringify(present(campaign, view))`, byte for byte.
 */
export class Renderings {
  #views = new Map<string, Rendered>()
  /** The same by the view objects, for callers that pass the same one again. */
  #known = new WeakMap<View, Rendered>()
  #keptBytes = 0

  /** The JSON of campaigns in a view, in their order. A campaign that was passed once must not be changed. */
  render(campaigns: readonly Campaign[], view: View): Buffer[] {
    const rendered = this.#known.get(view) ?? this.#viewOf(view)
    return campaigns.map((campaign) => rendered.get(campaign) ?? this.#keep(rendered, campaign, view))
  }

  #keep(rendered: Rendered, campaign: Campaign, view: View): Buffer {
    const json = Buffer.from(JSON.stringify(present(campaign, view)))
    this.#makeRoom(json.length)
    rendered.set(campaign, json)
    return json
  }

  #viewOf(view: View): Rendered {
    const { properties, period, baseUrl } = view
    // No name has a comma in it: there they are taken apart.
    const key = `${period?.start} ${period?.end} ${baseUrl} ${properties.join()}`
    const known = this.#views.get(key)
    if (known === undefined) this.#makeRoom(key.length)
    const rendered: Rendered = known ?? new WeakMap()
    this.#views.set(key, rendered)
    this.#known.set(view, rendered)
    return rendered
  }

  #makeRoom(bytes: number): void {
    this.#keptBytes += bytes
    if (this.#keptBytes <= mostKeptBytes) return
    this.#views = new Map()
    this.#known = new WeakMap()
    this.#keptBytes = bytes
  }
}

/** Errors of inputs as JSON. The parts that are the same for all ids are rendered once. */
export class ErrorRenderings {
  readonly #say: (error: InputError) => object
  /** The text between the `{id}` placeholders. */
  readonly #pieces = new WeakMap<InputError, readonly string[]>()

  /** @param say returns an error as it is sent */
  constructor(say: (error: InputError) => object) {
    this.#say = say
  }

  render(failed: readonly InputFailure[]): string[] {
    return failed.map(({ error, id }) => {
      const pieces = this.#pieces.get(error) ?? this.#takeApart(error)
      return pieces.join(id === undefined ? idPlace : JSON.stringify(id).slice(1, -1))
    })
  }

  #takeApart(error: InputError): readonly string[] {
    const pieces = JSON.stringify(this.#say(error)).split(idPlace)
    this.#pieces.set(error, pieces)
    return pieces
  }
}

const idPlace = '{id}'

const comma = ','.charCodeAt(0)

/**
 * A JSON list of items that are JSON already, between a head and a tail.
 * @param allocate returns a buffer of at least this many bytes for the result
 */
export function joinList(
  head: string,
  items: readonly Buffer[],
  tail: string,
  allocate: (bytes: number) => Buffer = Buffer.allocUnsafe,
): Buffer {
  let bytes = Buffer.byteLength(head) + Math.max(0, items.length - 1) + Buffer.byteLength(tail)
  for (const item of items) bytes += item.length
  const joined = allocate(bytes)
  let at = joined.write(head)
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Buffer
    if (i > 0) joined[at++] = comma
    joined.set(item, at)
    at += item.length
  }
  joined.write(tail, at)
  return joined.length === bytes ? joined : joined.subarray(0, bytes)
}
