import { type InputError, inputErrors } from '../contract/batch.ts'
import { readableProperties, retiredProperties } from '../contract/campaign.ts'
import { type Campaign, fromFixture } from './campaign.ts'
import { canonicalId, type FixtureCampaign, type FixtureError, isGuid } from './fixture.ts'
import type { Generator } from './generator.ts'
import { fill } from './template.ts'

/** What a batch of ids comes to. */
export interface BatchOutcome {
  readonly found: readonly Campaign[]
  readonly failed: readonly InputError[]
}

/** The campaigns of a portal, the ids that always fail, and those that can be grown on demand. */
export class Campaigns {
  readonly #planted = new Map<string, Campaign>()
  readonly #failing = new Map<string, InputError>()
  readonly #properties = new Set<string>([...readableProperties, ...retiredProperties])
  readonly #generator: Generator | undefined

  constructor(campaigns: readonly FixtureCampaign[], errors: readonly FixtureError[], generator?: Generator) {
    for (const campaign of campaigns) {
      this.#planted.set(canonicalId(campaign.id), fromFixture(campaign))
      for (const name of Object.keys(campaign.properties ?? {})) this.#properties.add(name)
    }
    for (const error of errors) this.#failing.set(canonicalId(error.id), inputErrorOf(error))
    this.#generator = generator
  }

  /** How many there are, the generated ones included. */
  get size(): number {
    return this.#planted.size + (this.#generator?.size ?? 0)
  }

  /** The ids of the first generated ones, at most so many. */
  generatedIds(most: number): string[] {
    const generator = this.#generator
    if (generator === undefined) return []
    return Array.from({ length: Math.min(most, generator.size) }, (_, index) => generator.idAt(index))
  }

  /** Every property name that can be asked for: those all portals have, and those some fixture campaign brings. */
  get propertyNames(): ReadonlySet<string> {
    return this.#properties
  }

  find(id: string): Campaign | undefined {
    const canonical = canonicalId(id)
    return this.#planted.get(canonical) ?? this.#generator?.find(canonical)
  }

  /** Looks ids up, each one once, in the order first asked for. */
  read(ids: Iterable<string>): BatchOutcome {
    const found: Campaign[] = []
    const failed: InputError[] = []
    for (const id of distinct(ids)) {
      const error = this.#failing.get(canonicalId(id))
      const campaign = error === undefined ? this.find(id) : undefined
      if (campaign !== undefined) found.push(campaign)
      else failed.push(error ?? fill(isGuid(id) ? inputErrors.unknown : inputErrors.malformed, { id }))
    }
    return { found, failed }
  }
}

/** An entry of `errors` from a fixture, its members in the recorded order. */
function inputErrorOf({ category, subCategory, message, context = {} }: FixtureError): InputError {
  return { status: 'error', category, ...(subCategory === undefined ? {} : { subCategory }), message, context }
}

/** Two spellings of one GUID are one id; the first is kept. */
function distinct(ids: Iterable<string>): Iterable<string> {
  const byCanonical = new Map<string, string>()
  for (const id of ids) {
    const canonical = canonicalId(id)
    if (!byCanonical.has(canonical)) byCanonical.set(canonical, id)
  }
  return byCanonical.values()
}
