/**
 * Fills `{words}` into every text of a piece of plain data.
 * What is filled in is never read as a template itself, and a word nobody gave stays as it stands.
 */
export function fill<T>(template: T, words: Readonly<Record<string, string>>): T {
  return JSON.parse(JSON.stringify(template), (_key, value) =>
    typeof value === 'string'
      ? value.replace(/\{(\w+)\}/g, (braced, word) => (Object.hasOwn(words, word) ? (words[word] ?? braced) : braced))
      : value,
  )
}
