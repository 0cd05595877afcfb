import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the operator's monitoring reads, as Prometheus text. */
export interface Metrics {
  /** Counts an answered request: its route as a pattern, never an address with an identifier. */
  answered(method: string, route: string, status: number, seconds: number): void
  /** A figure that is asked for when it is read. */
  gauge(name: string, help: string, read: () => number): void
  /** Everything as Prometheus text, and its media type. */
  text(): Promise<{ body: string; type: string }>
}

/** Starts counting; each world has a registry of its own. */
export function openMetrics(): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const seconds = new Histogram({
    name: 'cts_request_seconds',
    help: 'Seconds to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  })
  return {
    answered(method, route, status, took) {
      seconds.observe({ method, route, status }, took)
    },
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({ name, help, registers: [register], collect: () => gauge.set(read()) })
    },
    text: async () => ({ body: await register.metrics(), type: register.contentType }),
  }
}
