import type { JsonProblem } from './json-text.ts'
import { maximumLevels, tooDeep } from './representable.ts'

const [quote, backslash, colon, comma] = ['"', '\\', ':', ','].map((char) => char.charCodeAt(0))
const [openObject, closeObject, openArray, closeArray] = ['{', '}', '[', ']'].map((char) => char.charCodeAt(0))

/**
 * Finds the data that a valid JSON text would lose when it is parsed: names that are given twice in one object, and numbers that
 * JavaScript cannot represent; also more than 100 levels, after which it stops.
 * @param text valid JSON
 */
export function* findJsonLosses(text: string): Generator<JsonProblem> {
  /** The names in each open object; undefined for an array. */
  const open: (Set<string> | undefined)[] = []
  let isName = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (open.length > maximumLevels) {
      yield { offset: at, problem: tooDeep }
      return
    }
    if (code === quote) {
      const end = endOfString(text, at)
      const names = open.at(-1)
      if (isName && names !== undefined) {
        const name = nameOf(text.slice(at, end))
        if (names.has(name)) yield { offset: at, problem: 'this name is given twice in one object: keep one' }
        names.add(name)
      }
      at = end - 1
    } else if (code === openObject) {
      open.push(new Set())
      isName = true
    } else if (code === openArray) open.push(undefined)
    else if (code === closeObject || code === closeArray) open.pop()
    else if (code === comma) isName = open.at(-1) !== undefined
    else if (code === colon) isName = false
    else if (isNumberStart(code)) {
      const number = numberAt(text, at)
      if (!isExact(number)) yield { offset: at, problem: describeInexact(number) }
      at += number.length - 1
    }
  }
}

/**
 * Finds the first array or object that is nested too deeply for functions that call themselves for each level.
 * @param text valid JSON
 * @returns its offset; undefined if there is none
 */
export function findTooDeep(text: string): number | undefined {
  let levels = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at) - 1
    else if (code === openObject || code === openArray) levels += 1
    else if (code === closeObject || code === closeArray) levels -= 1
    if (levels > maximumLevels) return at
  }
  return undefined
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1
    if (backslashes % 2 === 0) return end + 1
  }
}

/** The name in a string literal. Most have no escape, and need no parser. */
function nameOf(literal: string): string {
  return literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1)
}

function isNumberStart(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d
}

function numberAt(text: string, start: number): string {
  let end = start + 1
  while (end < text.length && /[\d.eE+-]/.test(text.charAt(end))) end += 1
  return text.slice(start, end)
}

/** Whether a number literal keeps its value: integers up to 2^53, and decimals that are not infinite. */
export function isExact(literal: string): boolean {
  const value = Number(literal)
  if (!Number.isFinite(value)) return false
  return !Number.isInteger(value) || Number.isSafeInteger(value)
}

/** The message for a number that is not exact. */
export function describeInexact(literal: string): string {
  return `the number ${literal} cannot be represented exactly: the largest integer is ${Number.MAX_SAFE_INTEGER}; put it in quotes if text is allowed`
}
