/**
 * Fills `{words}` into every text of a piece of plain data.
 * A filled-in value is never expanded again, and an unknown word is kept.
 */
export function fill<T>(template: T, words: Readonly<Record<string, string>>): T {
  return filled(template, words) as T
}

function filled(template: unknown, words: Readonly<Record<string, string>>): unknown {
  if (typeof template === 'string') return template.includes('{') ? fillText(template, words) : template
  if (typeof template !== 'object' || template === null) return template
  if (Array.isArray(template)) return template.map((item) => filled(item, words))
  const copy: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(template)) copy[name] = filled(value, words)
  return copy
}

function fillText(template: string, words: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (braced, word) => (Object.hasOwn(words, word) ? String(words[word]) : braced))
}
