/**
 * Fills `{words}` into every text of a piece of plain data.
 * What is filled in is never read as a template itself, and a word nobody gave stays as it stands.
 */
export function fill<T>(template: T, words: Readonly<Record<string, string>>): T {
  const known = new Map(Object.entries(words))
  return JSON.parse(JSON.stringify(template), (_key, value) =>
    typeof value === 'string' ? value.replace(/\{(\w+)\}/g, (braced, word) => known.get(word) ?? braced) : value,
  )
}
