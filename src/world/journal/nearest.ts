import { distance } from 'fastest-levenshtein'
import type { Difference } from '../../public/journal.ts'
import type { Exchange } from './exchange.ts'

/** An exchange, and the conditions that it does not meet. */
export interface ComparedExchange {
  readonly exchange: Exchange
  readonly differs: readonly Difference[]
}

/** How many of the nearest exchanges are shown. */
const maximumNearest = 3

/** The exchanges that come closest to the conditions, the closest first. */
export function nearestOf(compared: readonly ComparedExchange[]): ComparedExchange[] {
  return compared
    .map((one) => ({ one, distance: distanceOf(one.differs) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, maximumNearest)
    .map(({ one }) => one)
}

/**
 * The end of a message: the nearest exchanges, each in one line.
 * @param total how many exchanges were compared
 */
export function describeNearest(shown: readonly ComparedExchange[], total: number): string {
  if (total === 0) return '; there are no requests'
  if (shown.length === 0) return ''
  const intro = shown.every(({ differs }) => differs.length === 0) ? 'for example' : 'the nearest'
  return `; ${intro}:\n${shown.map(describeCompared).join('\n')}`
}

/** An exchange in one line: what was sent, the status, and each difference. */
function describeCompared({ exchange, differs }: ComparedExchange): string {
  const { method, path, status, scenario } = exchange
  const response = `${status ?? 'no response'}${scenario === null ? '' : ` (scenario ${scenario})`}`
  return `  ${method} ${path} ${response}: ${differs.map(describeDifference).join(', ') || 'matches'}`
}

/** One for each difference, and a fraction for how far apart the values are. */
function distanceOf(differs: readonly Difference[]): number {
  return differs.reduce((sum, { wanted, got }) => sum + 1 + shareOfChange(wanted, got) / 2, 0)
}

/** How different two values are, from 0 to 1. */
function shareOfChange(wanted: unknown, got: unknown): number {
  if (Array.isArray(wanted) && Array.isArray(got)) {
    return (without(wanted, got).length + without(got, wanted).length) / (wanted.length + got.length)
  }
  const [a, b] = [show(wanted), show(got)]
  return distance(a, b) / Math.max(a.length, b.length)
}

/** Describes a difference. For two lists it shows only missing and additional items, because the rest can be long. */
function describeDifference({ field, wanted, got }: Difference): string {
  if (!Array.isArray(wanted) || !Array.isArray(got)) return `${field} is ${show(got)}, not ${show(wanted)}`
  const [missing, extra] = [without(wanted, got), without(got, wanted)]
  const parts = [
    ...(missing.length === 0 ? [] : [`without ${showAll(missing)}`]),
    ...(extra.length === 0 ? [] : [`with ${showAll(extra)} in addition`]),
  ]
  return `${field} ${parts.join(' and ')}`
}

/** The items of a list that another does not have. An item that occurs twice has to be there twice. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const counts = new Map<unknown, number>()
  for (const item of other) counts.set(item, (counts.get(item) ?? 0) + 1)
  return list.filter((item) => {
    const count = counts.get(item) ?? 0
    if (count > 0) counts.set(item, count - 1)
    return count === 0
  })
}

const maximumShownItems = 3

function showAll(items: readonly unknown[]): string {
  const shown = items.slice(0, maximumShownItems).map(show).join(', ')
  const rest = items.length - maximumShownItems
  return rest > 0 ? `${shown} and ${rest} more` : shown
}

const maximumShownChars = 200

/** A value as JSON, shortened if it is long. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= maximumShownChars ? text : `${text.slice(0, maximumShownChars)}…`
}
