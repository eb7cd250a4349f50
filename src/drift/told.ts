import type { Json } from './schema.ts'

/** HubSpot's names and those people give: words, in one of the usual ways to join them, with a number here and there. */
const madeOfWords =
  /^(?:[a-z]{1,20}(?:[A-Z][a-z]{1,20}|[_-](?:[a-z]{1,20}|\d{1,2}))*|[A-Z]{1,20}(?:_[A-Z]{1,20})*|\d{1,3})$/

const mostNameChars = 80

/** A name in a recording as it may be told: if it is made of words. Another may be a secret, and its length is told. */
export function sayName(name: string): string {
  const isPlain = name.length <= mostNameChars && madeOfWords.test(name)
  return isPlain ? name : `(a name of ${name.length} characters)`
}

/** What a recorded value is, without it: it may be a secret. */
export function kindOf(value: Json | undefined): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`
  if (value === undefined) return 'not there'
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'null'
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}
