import { onTestFinished } from 'vitest'
import { started } from '../command.ts'
import type { Balancer } from './balancers.ts'

/** One of several mocks with the same fixture and seed. */
export interface Replica {
  readonly url: string
  /** Kills its process. */
  kill(): Promise<void>
  /** Starts it again on its port. */
  restart(): Promise<void>
}

export const replicaCount = 4

/**
 * Starts mocks with `--replica`, each in a process of its own, and a balancer in front of them. They end with the test.
 * @param edit changes the shipped configuration of the balancer
 */
export async function startBehind(balancer: Balancer, edit?: (config: string) => string) {
  const replicas = await Promise.all(Array.from({ length: replicaCount }, startReplica))
  const ports = replicas.map(({ url }) => Number(new URL(url).port))
  const { port, stop } = await balancer.start(ports, edit)
  onTestFinished(stop)
  return { replicas, url: `http://127.0.0.1:${port}` }
}

async function startReplica(): Promise<Replica> {
  const flags = ['--replica', '--log-level', 'silent']
  let running = await started(flags)
  const { url } = running
  return {
    url,
    async kill() {
      running.child.kill('SIGKILL')
      await running.ended
    },
    async restart() {
      // The last of two equal flags counts.
      running = await started(['--port', new URL(url).port, ...flags])
    },
  }
}
