import type { Json } from '../json.ts'

/** Names that are made of words, in one of the usual spellings, with short numbers. */
const wordName =
  /^(?:[a-z]{1,20}(?:[A-Z][a-z]{1,20}|[_-](?:[a-z]{1,20}|\d{1,2}))*|[A-Z]{1,20}(?:_[A-Z]{1,20})*|\d{1,3})$/

const maximumNameChars = 80

/** A name in a recording if it consists of words. Any other name could be a secret, so only its length is shown. */
export function showName(name: string): string {
  const isPlain = name.length <= maximumNameChars && wordName.test(name)
  return isPlain ? name : `(a name of ${name.length} characters)`
}

/** The kind of a recorded value, without the value: it could be a secret. */
export function describeValue(value: Json | undefined): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'null'
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}
