import { syncBuiltinESMExports } from 'node:module'
import { patchConnections } from './patched-connections.ts'
import { patchFetch } from './patched-fetch.ts'
import { patchRequests } from './patched-requests.ts'

/** Stops an interception. */
export type StopIntercepting = () => void

/** The base URLs of the mocks that intercept this process. The newest gets the calls. */
const active: { readonly base: URL }[] = []
const currentBase = () => active.at(-1)?.base
let undo: (() => void) | undefined

/**
 * Redirects the calls of this process to HubSpot's hosts to a mock: those of `fetch`, `node:https`, `node:http` and undici, and
 * so of every client that uses them. Calls to other hosts are not changed. If there are several interceptions, the newest applies.
 * @param baseUrl the base URL of the mock
 * @returns a function that undoes it
 */
export function interceptProcess(baseUrl: string): StopIntercepting {
  const interception = { base: new URL(baseUrl) }
  active.push(interception)
  undo ??= patchProcess()
  return () => {
    const index = active.indexOf(interception)
    if (index >= 0) active.splice(index, 1)
    if (active.length > 0) return
    undo?.()
    undo = undefined
  }
}

/** Patches everything by which this process can call HubSpot. @returns a function that undoes it */
function patchProcess(): () => void {
  const undos = [patchFetch(currentBase), patchRequests(currentBase), patchConnections(currentBase)]
  syncBuiltinESMExports()
  return () => {
    for (const undo of undos) undo()
    syncBuiltinESMExports()
  }
}
