import { type InputError, inputErrors } from '../../contract/schemas/batch.ts'
import { readableProperties, retiredProperties } from '../../contract/schemas/campaign.ts'
import { canonicalId, type FixtureCampaign, type FixtureError, isGuid } from '../fixtures/fixture.ts'
import { keeping } from '../keeping.ts'
import { type Campaign, fromFixture } from './campaign.ts'
import type { CampaignGenerator } from './generator.ts'
import type { Shelf } from './shelf.ts'

/** What a batch of ids comes to. */
export interface BatchOutcome {
  readonly found: readonly Campaign[]
  readonly failed: readonly InputFailure[]
}

/** Why one input failed. */
export interface InputFailure {
  readonly error: InputError
  /** What is to stand for `{id}` in that error; undefined where the error has no such place. */
  readonly id: string | undefined
}

/** What a layer says of an id: a campaign, an error it always fails with, or that it is gone. */
type Said = { readonly campaign: Campaign } | { readonly error: InputError } | 'removed'

/** So many campaigns that were taken off the shelf, or grown, are kept. */
const mostKept = 10_000

/** What lies under all layers: the campaigns of a fixture, and those that can be grown on demand. */
interface Ground {
  readonly shelf: Shelf
  readonly generator: CampaignGenerator | undefined
  readonly find: (canonical: string) => Said | undefined
}

function groundOf(shelf: Shelf, generator: CampaignGenerator | undefined): Ground {
  const find = keeping(mostKept, (canonical): Said | undefined => {
    const campaign = shelf.find(canonical) ?? generator?.find(canonical)
    return campaign === undefined ? undefined : { campaign }
  })
  return { shelf, generator, find }
}

/**
 * Campaigns in layers: the fixture's at the bottom, over them the changes of the mock, over those the changes of a
 * portal. A layer changes itself alone, and what it does not speak of is as the layer under it says.
 */
export class Campaigns {
  readonly #own = new Map<string, Said>()
  readonly #propertyNames = new Set<string>()
  readonly #under: Campaigns | undefined
  readonly #ground: Ground | undefined

  private constructor(under?: Campaigns, ground?: Ground) {
    this.#under = under
    this.#ground = ground
  }

  /** The lowest layer: what a fixture holds, and what can be grown on demand. */
  static of(shelf: Shelf, errors: readonly FixtureError[], generator: CampaignGenerator | undefined): Campaigns {
    const lowest = new Campaigns(undefined, groundOf(shelf, generator))
    for (const name of [...readableProperties, ...retiredProperties, ...shelf.propertyNames]) {
      lowest.#propertyNames.add(name)
    }
    for (const error of errors) lowest.#own.set(canonicalId(error.id), { error: inputErrorOf(error) })
    return lowest
  }

  /** A layer over this one, without a change yet. */
  layer(): Campaigns {
    return new Campaigns(this)
  }

  /** How many there are, the generated ones included. */
  get size(): number {
    let size = this.#under?.size ?? 0
    if (this.#ground !== undefined) size += this.#ground.shelf.size + (this.#ground.generator?.size ?? 0)
    for (const [id, said] of this.#own) {
      size += (isCampaign(said) ? 1 : 0) - (this.#under?.find(id) === undefined ? 0 : 1)
    }
    return size
  }

  /** Whether a property of this name can be asked for: one that all portals have, or that some campaign brings. */
  knowsProperty(name: string): boolean {
    return this.#propertyNames.has(name) || (this.#under?.knowsProperty(name) ?? false)
  }

  get propertyNames(): string[] {
    return [...new Set([...this.#propertyNames, ...(this.#under?.propertyNames ?? [])])].sort()
  }

  find(id: string): Campaign | undefined {
    const said = this.#say(canonicalId(id))
    return said !== undefined && isCampaign(said) ? said.campaign : undefined
  }

  /** Plants a campaign, in the place of one with its id if there is one. */
  put(campaign: FixtureCampaign): Campaign {
    const planted = fromFixture(campaign)
    const id = canonicalId(campaign.id)
    this.#own.set(id, { campaign: planted })
    for (const name of Object.keys(planted.properties)) this.#propertyNames.add(name)
    return planted
  }

  /** @returns whether there was one to remove */
  remove(id: string): boolean {
    const was = this.find(id) !== undefined
    if (was) this.#own.set(canonicalId(id), 'removed')
    return was
  }

  /** Looks ids up, each one once, in the order first asked for. Two spellings of one GUID are one id; the first is kept. */
  read(ids: Iterable<string>): BatchOutcome {
    const found: Campaign[] = []
    const failed: InputFailure[] = []
    const seen = new Set<string>()
    for (const id of ids) {
      // What a layer knows an id by is canonical: only what none knows has to be looked at.
      const direct = this.#say(id)
      const canonical = direct === undefined ? canonicalId(id) : id
      const before = seen.size
      if (seen.add(canonical).size === before) continue
      const said = direct ?? (canonical === id ? undefined : this.#say(canonical))
      if (said === undefined || said === 'removed') {
        failed.push({ error: isGuid(id) ? inputErrors.unknown : inputErrors.malformed, id })
      } else if ('campaign' in said) found.push(said.campaign)
      else failed.push({ error: said.error, id: undefined })
    }
    return { found, failed }
  }

  /** The campaigns in a fixed order, generated ones last; those behind the one with the id `after`, if it is given. */
  *list(after?: string): Generator<Campaign> {
    const planted = this.#plantedIds()
    const position = after === undefined ? -1 : [...planted].indexOf(canonicalId(after))
    const inPlanted = after === undefined || position >= 0
    for (const id of inPlanted ? [...planted].slice(position + 1) : []) {
      const campaign = this.find(id)
      if (campaign !== undefined) yield campaign
    }
    for (const id of this.#generatedIds(inPlanted ? undefined : after)) {
      const campaign = planted.has(id) ? undefined : this.find(id)
      if (campaign !== undefined) yield campaign
    }
  }

  /** The ids that some layer holds a campaign under, in the order they came. */
  #plantedIds(): Set<string> {
    const ids = this.#under === undefined ? new Set(this.#ground?.shelf.ids) : this.#under.#plantedIds()
    for (const [id, said] of this.#own) if (isCampaign(said)) ids.add(id)
    return ids
  }

  *#generatedIds(after: string | undefined): Generator<string> {
    if (this.#under !== undefined) return yield* this.#under.#generatedIds(after)
    if (this.#ground?.generator === undefined) return
    const { size, idAt, indexOf } = this.#ground.generator
    const first = after === undefined ? 0 : (indexOf(canonicalId(after)) ?? size) + 1
    for (let index = first; index < size; index++) yield idAt(index)
  }

  #say(canonical: string): Said | undefined {
    // Most layers hold nothing of their own.
    const said = this.#own.size === 0 ? undefined : this.#own.get(canonical)
    if (said !== undefined) return said
    return this.#under === undefined ? this.#ground?.find(canonical) : this.#under.#say(canonical)
  }
}

function isCampaign(said: Said): said is { campaign: Campaign } {
  return said !== 'removed' && 'campaign' in said
}

/** An entry of `errors` from a fixture, its members in the recorded order. */
function inputErrorOf({ category, subCategory, message, context = {} }: FixtureError): InputError {
  return { status: 'error', category, ...(subCategory === undefined ? {} : { subCategory }), message, context }
}
