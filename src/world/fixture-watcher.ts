/** Stops a watch. */
export type Unwatch = () => Promise<void>

/** Editors and copies write in several steps: so long it is quiet before a change counts as one. */
const quietMs = 50

/**
 * Calls `onChange` whenever a fixture file, or a file of a fixture folder, has changed, come or gone,
 * one call after the other; and `onError` when something of it cannot be watched.
 */
export async function watchFixtures(
  path: string,
  onChange: () => Promise<void>,
  onError: (error: unknown) => void,
): Promise<Unwatch> {
  const { watch } = await import('chokidar')
  const watcher = watch(path, { ignoreInitial: true, depth: 0 })
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  watcher.on('error', onError)
  watcher.on('all', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(onChange)
    }, quietMs)
  })
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return async () => {
    clearTimeout(timer)
    await watcher.close()
    await running
  }
}
