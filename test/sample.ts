import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Writes a sample where a user would have it: in a folder from which this package is found by its name, as are the
 * packages next to it. Removed after the test.
 * @returns the folder
 */
export async function sample(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(root, '.sample-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}
