import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

// This file is one folder below the root of the package, in src/ as well as in dist/.
const root = new URL('../', import.meta.url)

/** The version of this package. */
export const version: string = createRequire(import.meta.url)('../package.json').version

/** The path of a file of this package. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(path, root))
}
