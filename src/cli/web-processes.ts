import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'

/** Web processes that answer on one address. */
export interface WebProcesses {
  url: string
  /** Lets each finish its requests in flight. */
  stop(): Promise<void>
}

/** Whether this process is one of them. */
export const isWebProcess = cluster.isWorker

/** In a web process: tells the first process that it answers at `url`. */
export function tellReady(url: string): void {
  process.send?.({ url })
}

/** In a web process that has stopped: its line to the first process would keep it alive. */
export function leave(): void {
  if (isWebProcess) process.disconnect()
}

/**
 * Starts `count` web processes that share one port; one that dies is replaced. They end with this process, however
 * that ends. Throws when one ends before it was ready; it has said why itself.
 */
export async function startWebProcesses(count: number): Promise<WebProcesses> {
  let stopping = false
  const ready = await Promise.all(Array.from({ length: count }, () => startOne()))
  cluster.on('exit', () => {
    if (stopping) return
    startOne().catch(() => {
      // one that cannot even start says that all will fail
      if (!stopping) process.kill(process.pid, 'SIGTERM')
    })
  })
  return {
    url: ready[0]!,
    async stop() {
      stopping = true
      const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
      await Promise.all(workers.map(end))
    },
  }
}

async function startOne(): Promise<string> {
  const worker = cluster.fork()
  const died = once(worker, 'exit').then(() => null)
  const told = once(worker, 'message').then(([message]: { url: string }[]) => message!.url)
  const url = await Promise.race([told, died])
  if (url === null) throw new Error('a web process ended before it was ready')
  return url
}

async function end(worker: Worker): Promise<void> {
  const exited = once(worker, 'exit')
  worker.process.kill('SIGTERM')
  await exited
}
