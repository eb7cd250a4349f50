import { started } from '../command.ts'

/** One of several mocks with the same fixture and seed. */
export interface Replica {
  readonly url: string
  readonly port: number
  /** Kills its process. */
  kill(): Promise<void>
  /** Starts it again on its port. */
  restart(): Promise<void>
}

export const replicaCount = 4

/** Starts mocks with `--replica`, each in a process of its own. They end with the test. */
export function startReplicas(): Promise<Replica[]> {
  return Promise.all(Array.from({ length: replicaCount }, startReplica))
}

async function startReplica(): Promise<Replica> {
  const flags = ['--replica', '--log-level', 'silent']
  let running = await started(flags)
  const { url } = running
  const port = Number(new URL(url).port)
  return {
    url,
    port,
    async kill() {
      running.child.kill('SIGKILL')
      await running.ended
    },
    async restart() {
      // The last of two equal flags counts.
      running = await started(['--port', String(port), ...flags])
    },
  }
}
