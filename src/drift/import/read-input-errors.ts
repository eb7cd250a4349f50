import { canonicalId, type FixtureError } from '../../world/fixtures/fixture.ts'
import { idsIn } from '../../world/journal/exchange.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'
import type { FixtureDraft } from './fixture-draft.ts'
import { itemsIn, type RecordedCall, textIn } from './recorded-call.ts'

/** The errors of the inputs of a batch become ids that fail. */
export function readInputErrors(draft: FixtureDraft, call: RecordedCall): void {
  const found = new Set(itemsIn(member(call.body, 'results')).map(({ id }) => canonicalId(id)))
  const failed = new Set(idsIn(call.sent).filter((id) => !found.has(canonicalId(id))))
  const errors = listOf(member(call.body, 'errors')).map((error) => ({ error, id: idNamedBy(error, [...failed]) }))
  for (const { id } of errors) failed.delete(id ?? '')
  const unnamed = errors.filter(({ id }) => id === undefined)
  // If as many ids as errors are left, they belong together in the order of the request.
  const rest = unnamed.length === failed.size ? [...failed] : []
  for (const { error, id = rest.shift() } of errors) {
    const entry = id === undefined ? undefined : errorOf(id, error)
    if (entry === undefined) draft.note(call.place, 'an error of an input that does not show which id failed')
    else draft.addError(entry)
  }
}

/** The id that an error names: the longest failed id in its text, otherwise the id in its context or message. */
function idNamedBy(error: Json, failed: readonly string[]): string | undefined {
  const text = JSON.stringify(error)
  const [longest] = failed
    .filter((id) => id !== '' && text.includes(JSON.stringify(id).slice(1, -1)))
    .sort((a, b) => b.length - a.length)
  const [named] = listOf(member(member(error, 'context'), 'campaignGuid'))
  if (longest !== undefined || failed.length > 0) return longest
  return typeof named === 'string' ? named : /: ([^:']+)'?$/.exec(textIn(error, 'message') ?? '')?.[1]
}

/** An error as a fixture has it; undefined without a category or a message. */
export function errorOf(id: string, error: Json): FixtureError | undefined {
  const [category, message, subCategory] = ['category', 'message', 'subCategory'].map((name) => textIn(error, name))
  if (category === undefined || message === undefined) return undefined
  const context = member(error, 'context')
  const lists = Object.entries(objectOf(context)).map(([name, values]) => [name, listOf(values).filter(isText)])
  return {
    id,
    category,
    message,
    ...(subCategory !== undefined && { subCategory }),
    ...(context !== undefined && { context: Object.fromEntries(lists) }),
  }
}

function isText(value: Json): value is string {
  return typeof value === 'string'
}
