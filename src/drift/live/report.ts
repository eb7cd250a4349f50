import { guesses } from '../../contract/evidence/guesses.ts'
import type { LiveReport, ProbeResult } from './compare-live.ts'
import type { Verdict } from './probe.ts'

/**
 * A report for people, which can be attached to an issue: shapes and statuses, but no value of the account.
 * @param host what was compared with the mock, without credentials
 */
export function writeLiveReport(host: string, { fidelity, probes, guesses: results }: LiveReport): string {
  const compared = probes.filter(({ status, skipped }) => status !== null && skipped === undefined)
  const differing = compared.filter(isDifferent)
  const skipped = probes.filter(({ skipped }) => skipped !== undefined)
  const counts = ['same', 'different', 'not seen'].map((word) => {
    return `${results.filter(({ verdict }) => wordOf(verdict) === word).length} ${word}`
  })
  const lines = [
    `${host}: ${compared.length} requests compared with the mock in ${fidelity} fidelity: ${differing.length} differ`,
    ...differing.flatMap(linesOf),
    ...skipped.map(({ id, skipped: reason }) => `not compared: ${id}: ${reason}`),
    `guesses: ${counts.join(' · ')}`,
    ...results.map(({ id, verdict }) => {
      const reason = typeof verdict === 'string' ? '' : ` (${verdict.unseen})`
      return `  ${wordOf(verdict).padEnd(wordColumns)}${id}: ${guesses[id].about}${reason}`
    }),
  ]
  return `${lines.join('\n')}\n`
}

const wordColumns = 'different  '.length

function wordOf(verdict: Verdict): string {
  return typeof verdict === 'string' ? verdict : 'not seen'
}

/** Whether a response differs, or HubSpot contradicts a guess of the mock. */
export function hasDifferences({ probes, guesses: results }: LiveReport): boolean {
  return probes.some(isDifferent) || results.some(({ verdict }) => verdict === 'different')
}

function isDifferent({ headers, content }: ProbeResult): boolean {
  return headers.length + content.length > 0
}

function linesOf({ id, operation, status, content, headers }: ProbeResult): string[] {
  return [`${id} (${operation}), status ${status}`, ...[...content, ...headers].map((line) => `  ${line}`)]
}
