import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { maximumRecordingBytes, readRecordings, recordingForms } from '../drift/recording/read-recordings.ts'
import { type RecordedExchange, UnusableRecording } from '../drift/recording/recorded-exchange.ts'
import { UsageError } from './flags.ts'

/** The exchanges of all files, and the files that have none. */
export interface RecordingFiles {
  readonly exchanges: readonly RecordedExchange[]
  readonly unused: readonly { readonly file: string; readonly reason: string }[]
}

/** A folder with more files is not one of recordings. */
const maximumFiles = 10_000

/**
 * Reads a recording, or all recordings in a folder and its subfolders, in the order of their names.
 * @throws {UsageError} if there is no such file, if the file is no recording, or if no file of the folder is one
 */
export async function readRecordingFiles(path: string): Promise<RecordingFiles> {
  const found = await stat(path).catch(() => {
    throw new UsageError(`${path}: no such file or folder`)
  })
  if (!found.isDirectory()) {
    const exchanges = await readOne(path, basename(path)).catch((error: unknown) => {
      throw error instanceof UnusableRecording ? new UsageError(placed(path, error)) : error
    })
    return { exchanges, unused: [] }
  }
  const exchanges: RecordedExchange[] = []
  const unused: { file: string; reason: string }[] = []
  for (const file of await filesIn(path)) {
    const name = relative(path, file)
    await readOne(file, name).then(
      (more) => exchanges.push(...more),
      (error: unknown) => {
        if (!(error instanceof UnusableRecording)) throw error
        unused.push({ file: name, reason: error.message })
      },
    )
  }
  if (exchanges.length === 0) throw new UsageError(`${path}: no recording in this folder: ${recordingForms}`)
  return { exchanges, unused }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(folder, file)
          .split(/[/\\]/)
          .some((part) => part.startsWith('.')),
    )
  if (files.length > maximumFiles) throw new UsageError(`${folder}: over ${maximumFiles} files: name a smaller folder`)
  return files.sort()
}

function placed(file: string, { message, position }: UnusableRecording): string {
  return position === undefined ? `${file}: ${message}` : `${file}:${position}: ${message}`
}

/** @throws {UnusableRecording} if the file is no recording */
async function readOne(file: string, name: string): Promise<RecordedExchange[]> {
  const found = await stat(file)
  if (!found.isFile()) throw new UnusableRecording('not a file')
  if (found.size > maximumRecordingBytes) {
    throw new UnusableRecording(`over ${maximumRecordingBytes / 1024 / 1024} MiB: record fewer requests`)
  }
  return readRecordings(name, await readFile(file))
}
