import type { Json } from './schema.ts'

/** A text that is longer than this is no description. */
const mostWordsChars = 20_000

/** How many inputs a text says there may be: a number for each sentence that says so. */
export function maximaIn(text: Json | undefined): string[] {
  const sentences = String(text ?? '')
    .slice(0, mostWordsChars)
    .split(/[.\n](?!\d)/)
  return sentences
    .filter((sentence) => /\b(maximum|at most|up to|no more than|limit|limited)\b/i.test(sentence))
    .filter((sentence) => /\b(items|inputs|ids|campaigns)\b/i.test(sentence))
    .flatMap((sentence) => {
      const numbers = [...sentence.matchAll(/(\bis )?\b(\d[\d,]*)/g)]
      const number = numbers.find(([, is]) => is !== undefined) ?? numbers[0]
      return number?.[2]?.replaceAll(',', '') ?? []
    })
}
