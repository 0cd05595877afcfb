import { Worker } from 'node:worker_threads'
import type { WorkerInput, WorkerReport, WorkerRequest } from './worker.ts'

/** The running engine in its own thread, so that no statement ever holds up the event loop. */
export interface Engine {
  /** Runs `work` while no transaction is open and every client waits; one after the other. */
  paused: <T>(work: () => Promise<T>) => Promise<T>
  /** Lets running transactions end and stops it; resolves when everything is written. */
  close(): Promise<void>
}

/**
 * Starts the engine; resolves when its socket takes connections. `onStopped` gets the reason if it stops by itself
 * later.
 * @throws Error with PostgreSQL's own reason where the database cannot be opened
 */
export function startEngine(input: WorkerInput, onStopped: (reason: string) => void): Promise<Engine> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: input,
    // options of this process, such as --eval's, need not suit a file
    execArgv: [],
  })
  const awaited = new Map<WorkerReport['is'], PromiseWithResolvers<void>>()
  let started = false
  let ended: string | null = null
  let last: Promise<unknown> = Promise.resolve()

  const send = (request: WorkerRequest): void => worker.postMessage(request, [])
  const ask = (request: WorkerRequest, answer: WorkerReport['is']): Promise<void> => {
    if (ended) return Promise.reject(new Error(ended))
    const asked = Promise.withResolvers<void>()
    awaited.set(answer, asked)
    send(request)
    return asked.promise
  }
  const engine: Engine = {
    paused(work) {
      const run = last.then(async () => {
        await ask('pause', 'paused')
        try {
          return await work()
        } finally {
          send('resume')
        }
      })
      last = run.catch(() => {})
      return run
    },
    async close() {
      await last
      // where it has stopped by itself, that was told
      await ask('close', 'closed').catch(() => {})
      ended = 'it was closed'
      await worker.terminate()
    },
  }
  return new Promise((resolve, reject) => {
    const stopped = (reason: string): void => {
      if (ended) return
      ended = reason
      if (started) onStopped(reason)
      else reject(new Error(reason))
      for (const asked of awaited.values()) asked.reject(new Error(reason))
    }
    worker.on('message', (report: WorkerReport) => {
      if (report.is === 'stopped') return stopped(report.reason)
      if (report.is === 'ready') {
        started = true
        resolve(engine)
      }
      awaited.get(report.is)?.resolve()
    })
    worker.on('error', (error) => stopped(error instanceof Error ? error.message : String(error)))
    worker.on('exit', (code) => stopped(`its thread ended with code ${code}`))
  })
}
