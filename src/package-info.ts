import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

// One folder below the package's own, as it is written and as it is built.
const root = new URL('../', import.meta.url)

/** This package's version. */
export const version: string = createRequire(import.meta.url)('../package.json').version

/** Where a file of this package lies. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(path, root))
}
