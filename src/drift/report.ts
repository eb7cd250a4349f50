import { shorten } from '../text/shorten.ts'
import type { Comparison, Difference } from './compare.ts'

/** A comparison as people read it: what nobody knows of first. */
export function report(title: string, { same, differences }: Comparison): string {
  const unknown = differences.filter(({ known }) => known === null)
  const breaking = unknown.filter(({ breaks }) => breaks)
  const counts = `${same} same · ${differences.length - unknown.length} differ as known · ${unknown.length} differ`
  const lines = [title, breaking.length === 0 ? counts : `${counts}, ${breaking.length} of them break clients`]
  const rows = [...unknown, ...differences.filter(({ known }) => known !== null)].map(rowOf)
  return `${[...lines, ...align([['', 'place', 'theirs', 'ours', ''], ...rows])].join('\n')}\n`
}

function rowOf({ place, kind, theirs, ours, breaks, known }: Difference): string[] {
  const said = (value: string | null) => shorten(value ?? '-', mostCellChars)
  if (known !== null) return ['known', place, said(theirs), said(ours), known]
  return [breaks ? 'BREAKS' : 'differs', place, said(theirs), said(ours), kind]
}

const mostCellChars = 60

/** Cells under each other; the last one runs on. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2, 3].map((column) => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
