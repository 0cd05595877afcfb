import type { BrowserContext, Request } from 'playwright-core'

/** What Chromium itself writes to the console about an answer or its absence; judged here by what was asked for. */
const NETWORK = 'Failed to load resource:'

/** What a browser makes itself, asking nobody. */
const OWN = /^(about|blob|data):/

/** Asked for by a person or a script, which show a refusal; everything else is a part of the page. */
const MAY_BE_REFUSED = new Set(['document', 'fetch', 'xhr'])

/** The list, growing as it happens, of what pages of the service at `service` did that no page may, a line each. */
export function watchFaults(context: BrowserContext, service: string): string[] {
  const faults: string[] = []
  const { origin } = new URL(service)
  const isForeign = (request: Request): boolean =>
    !OWN.test(request.url()) && new URL(request.url()).origin !== origin

  context.on('console', (message) => {
    if (message.type() !== 'error' || message.text().startsWith(NETWORK)) return
    faults.push(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (thrown) => faults.push(`script: ${thrown.error().message}`))
  context.on('page', (page) => {
    page.on('crash', () => faults.push(`crashed: ${page.url()}`))
  })
  context.on('request', (request) => {
    if (isForeign(request)) faults.push(`another origin: ${request.url()}`)
  })
  context.on('response', (response) => {
    const request = response.request()
    const least = MAY_BE_REFUSED.has(request.resourceType()) ? 500 : 400
    if (response.status() >= least) faults.push(`answered ${response.status()}: ${request.url()}`)
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // a download takes the place of a page, and a person goes on before a page is whole
    if (reason !== 'net::ERR_ABORTED' && !isForeign(request)) faults.push(`${reason}: ${request.url()}`)
  })
  return faults
}
