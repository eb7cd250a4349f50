import type { ExchangeReport, RecordingReport } from './check-exchange.ts'

/**
 * A report for people: the responses that differ, and how many do not.
 * @param source the name of the file or folder
 * @param isVerbose whether to list the responses without differences, the known differences and what was skipped as well
 */
export function writeRecordingReport(source: string, report: RecordingReport, isVerbose: boolean): string {
  const { responses, skipped } = report
  const known = responses.reduce((sum, response) => sum + response.known.length, 0)
  const counts = [
    count(responses.length, 'response'),
    `${responses.filter(({ findings }) => findings.length > 0).length} differ`,
    ...(known === 0 ? [] : [count(known, 'known difference')]),
    ...(skipped.length === 0 ? [] : [`${skipped.length} skipped`]),
  ]
  const shown = responses.filter(({ findings }) => isVerbose || findings.length > 0)
  const rest = isVerbose ? skipped.map(({ place, reason }) => `${place}: skipped: ${reason}`) : []
  return `${[`${source}: ${counts.join(' · ')}`, ...shown.flatMap((one) => linesOf(one, isVerbose)), ...rest].join('\n')}\n`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function linesOf({ place, title, findings, known }: ExchangeReport, isVerbose: boolean): string[] {
  const lines = [...findings, ...(isVerbose ? known.map(({ line, known }) => `${line} (known: ${known})`) : [])]
  return [`${place}: ${title}`, ...(lines.length === 0 ? ['no differences'] : lines).map((line) => `  ${line}`)]
}
