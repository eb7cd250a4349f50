import { findJsonLosses } from '../../text/json-members.ts'
import { redactorOf } from '../../text/redact.ts'
import { findProblems, writeProblem } from '../../text/schema-problems.ts'
import { checkCampaign } from '../../world/fixtures/check-fixture.ts'
import { canonicalId, type Fixture, type FixtureCampaign, type FixtureError } from '../../world/fixtures/fixture.ts'
import { FixtureAccount } from '../../world/fixtures/fixture-account.ts'
import type { FixtureProperty } from '../../world/fixtures/fixture-property.ts'
import { CampaignDraft } from './campaign-draft.ts'

/** What could not be used, and why. */
export interface Unused {
  /** A place in a recording, or a campaign. */
  readonly place: string
  readonly reason: string
}

/** A fixture that is built from recorded responses. Later responses override earlier ones. */
export class FixtureDraft {
  readonly account: Partial<FixtureAccount> = {}
  readonly properties = new Map<string, FixtureProperty>()
  /** The places of property definitions with members that the mock does not send. */
  readonly otherMembers = new Set<string>()
  readonly unused: Unused[] = []
  /** The `total` of the last list that was not filtered by name. */
  total: number | undefined
  readonly #campaigns = new Map<string, CampaignDraft>()
  readonly #errors = new Map<string, FixtureError>()

  campaign(id: string): CampaignDraft {
    const draft = this.#campaigns.get(canonicalId(id)) ?? new CampaignDraft(id)
    this.#campaigns.set(canonicalId(id), draft)
    return draft
  }

  addError(error: FixtureError): void {
    this.#errors.set(canonicalId(error.id), error)
  }

  note(place: string, reason: string): void {
    this.unused.push({ place, reason })
  }

  /** @param secrets those of the recorded calls, which the fixture must not contain */
  toFixture(secrets: readonly string[]): Fixture {
    const campaigns = [...this.#campaigns.values()].map((draft) => this.#campaignOf(draft))
    const kept = campaigns.filter((campaign) => this.#isValid(campaign))
    const seen = new Set(kept.map(({ id }) => canonicalId(id)))
    const errors = [...this.#errors.values()].filter(({ id }) => !seen.has(canonicalId(id)))
    if (this.total !== undefined && this.total !== kept.length) {
      this.note(
        'campaigns',
        `${kept.length} of ${this.total} were recorded: lists of the mock have the total ${kept.length}`,
      )
    }
    for (const place of this.otherMembers)
      this.note(place, 'members of property definitions that the mock does not send')
    const account = this.#validAccount()
    const fixture: Fixture = {
      ...(Object.keys(account).length > 0 && { account }),
      campaigns: kept,
      ...(errors.length > 0 && { errors }),
      ...(this.properties.size > 0 && { properties: [...this.properties.values()] }),
    }
    return this.#withoutSecrets(fixture, secrets)
  }

  #validAccount(): FixtureAccount {
    const members = Object.entries(this.account).filter(([name, value]) => {
      const [problem] = findProblems(FixtureAccount, { [name]: value })
      if (problem !== undefined) this.note('account', `left out: ${writeProblem(problem)}`)
      return problem === undefined
    })
    return Object.fromEntries(members)
  }

  #campaignOf(draft: CampaignDraft): FixtureCampaign {
    if (!draft.isSeen) this.note(`campaign ${draft.id}`, 'no response has the campaign itself: it has no properties')
    const { currencyCode, properties } = draft
    if (currencyCode !== undefined && currencyCode !== (this.account.companyCurrency ?? 'USD')) {
      properties['hs_currency_code'] ??= currencyCode
    }
    return draft.toFixture((what) => this.note(`campaign ${draft.id}`, what))
  }

  #isValid(campaign: FixtureCampaign): boolean {
    const [problem] = checkCampaign(campaign).map(writeProblem)
    // JSON.parse has rounded a larger integer.
    const [loss] = findJsonLosses(JSON.stringify(campaign))
    const reason = problem ?? loss?.problem
    if (reason !== undefined) this.note(`campaign ${campaign.id}`, `left out: ${reason}`)
    return reason === undefined
  }

  #withoutSecrets(fixture: Fixture, secrets: readonly string[]): Fixture {
    const text = JSON.stringify(fixture)
    const cleaned = redactorOf(secrets)(text)
    if (cleaned !== text)
      this.note('the fixture', 'a token or another secret in a recorded body was replaced by [REDACTED]')
    return JSON.parse(cleaned)
  }
}
