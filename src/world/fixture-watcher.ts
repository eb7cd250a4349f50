import { stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fixtureFiles } from './fixture-source.ts'

/** Stops a watch. */
export type Unwatch = () => Promise<void>

const betweenLooksMs = 200

/**
 * Calls `onChange` whenever a fixture file, or a file of a fixture folder, has changed, come or gone, and the change
 * has settled. It looks instead of being told: a folder that was replaced, a link that was turned, a file on a mounted
 * disk tell nobody.
 * @param seen what `lookAtFixtures` gave before they were read
 */
export function watchFixtures(path: string, seen: string, onChange: () => Promise<void>): Unwatch {
  const stopped = new AbortController()
  const watching = (async () => {
    let [known, before] = [seen, seen]
    while (!stopped.signal.aborted) {
      await pause(betweenLooksMs, undefined, { signal: stopped.signal, ref: false }).catch(() => {})
      const now = await lookAtFixtures(path)
      // Seen twice alike: nobody is in the middle of writing it.
      if (now !== known && now === before && !stopped.signal.aborted) {
        known = now
        await onChange()
      }
      before = now
    }
  })()
  return async () => {
    stopped.abort()
    await watching
  }
}

/** All that changes when a fixture does; what cannot be looked at is a state as well. */
export async function lookAtFixtures(path: string): Promise<string> {
  try {
    const files = await fixtureFiles(path)
    const states = await Promise.all(files.map((file) => stat(file)))
    return states.map(({ ino, size, mtimeMs }, i) => [files[i], ino, size, mtimeMs].join(':')).join('\n')
  } catch (error) {
    return String(error)
  }
}
