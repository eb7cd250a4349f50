import { basename } from 'node:path'
import { createApp } from '../app.ts'
import { DriftConfig } from '../config.ts'
import type { Json } from '../drift/json.ts'
import { checkExchanges } from '../drift/recording/check-exchange.ts'
import { recordingForms } from '../drift/recording/read-recordings.ts'
import { writeRecordingReport } from '../drift/recording/report.ts'
import { compareDocuments } from '../drift/spec/compare-documents.ts'
import { reportOf, writeReport } from '../drift/spec/report.ts'
import { UnusableDocument } from '../drift/spec/schema-facts.ts'
import { printable } from '../text/printable.ts'
import { readDocument, showSource } from './document-source.ts'
import { readConfig, UsageError } from './flags.ts'
import { readRecordingFiles } from './recording-files.ts'
import type { Terminal } from './terminal.ts'

/**
 * Compares this mock with one of HubSpot's OpenAPI files, or with recorded responses.
 * @returns 0 if there is no difference but the known ones, else 1
 * @throws {UsageError} if the file cannot be read or compared
 */
export async function drift(args: readonly string[], { env, stdout }: Terminal): Promise<number> {
  const [source, ...more] = args.filter((arg) => !arg.startsWith('-'))
  if (source === undefined || more.length > 0) throw new UsageError('drift: give one file, folder or URL')
  const config = readConfig(
    DriftConfig,
    args.filter((arg) => arg.startsWith('-')),
    env,
  )
  try {
    const result = config.recorded ? await compareRecordings(source, config) : await compareSpec(source, config)
    stdout.write(printable(result.text))
    return result.isDifferent ? 1 : 0
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(printable(error.message))
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(printable(`${showSource(source)}: cannot be read (${reason})`))
  }
}

interface Result {
  readonly text: string
  readonly isDifferent: boolean
}

async function compareSpec(source: string, { json, verbose }: DriftConfig): Promise<Result> {
  const shown = showSource(source)
  const document = await readDocument(source)
  try {
    const report = reportOf(compareDocuments(document, await servedDocument()))
    const text = json
      ? `${JSON.stringify({ source: shown, ...report })}\n`
      : writeReport(basename(shown), report, verbose)
    return { text, isDifferent: report.differences.some(({ known }) => known === null) }
  } catch (error) {
    throw error instanceof UnusableDocument ? new UsageError(`${shown}: ${error.message}`) : error
  }
}

async function compareRecordings(source: string, { json, verbose }: DriftConfig): Promise<Result> {
  const { exchanges, unused } = await readRecordingFiles(source)
  const { responses, skipped } = checkExchanges(exchanges)
  const report = { responses, skipped: [...unused.map(({ file, reason }) => ({ place: file, reason })), ...skipped] }
  if (responses.length === 0) {
    throw new UsageError(`${source}: no response of an operation that the mock serves: ${recordingForms}`)
  }
  return {
    text: json ? `${JSON.stringify({ source, ...report })}\n` : writeRecordingReport(basename(source), report, verbose),
    isDifferent: responses.some(({ findings }) => findings.length > 0),
  }
}

/** The document that this mock serves, made from the schemas that responses are checked with. */
async function servedDocument(): Promise<Json> {
  const app = await createApp({ fixtures: {} })
  const response = await app.inject('/_mock/openapi.json')
  await app.close()
  return response.json()
}
