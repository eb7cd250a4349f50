import type { Json } from '../json.ts'

/** Longer texts are not searched further. */
const maximumChars = 20_000

/** The maximum numbers of inputs that a text names, one for each sentence that names one. */
export function maximaIn(text: Json | undefined): number[] {
  const sentences = String(text ?? '')
    .slice(0, maximumChars)
    .split(/[.\n](?!\d)/)
  return sentences
    .filter((sentence) => /\b(maximum|at most|up to|no more than|limit|limited)\b/i.test(sentence))
    .filter((sentence) => /\b(items|inputs|ids|campaigns)\b/i.test(sentence))
    .flatMap((sentence) => {
      const numbers = [...sentence.matchAll(/(\bis )?\b(\d[\d,]*)/g)]
      const number = numbers.find(([, is]) => is !== undefined) ?? numbers[0]
      return number?.[2] === undefined ? [] : Number(number[2].replaceAll(',', ''))
    })
}
