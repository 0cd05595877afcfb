import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** A file that pages load: as it is sent. */
export interface Asset {
  type: string
  body: Buffer
  /** The same by Brotli; null where that makes it no smaller. */
  brotli: Buffer | null
}

const { resolve } = createRequire(import.meta.url)

/** Where GOV.UK Frontend lies. */
export const GOVUK = dirname(resolve('govuk-frontend/package.json'))

/** SimpleWebAuthn for browsers as one file, beside its entry point: it puts its functions into the global scope. */
const WEBAUTHN = join(dirname(resolve('@simplewebauthn/browser')), '../dist/bundle/index.umd.min.js')

const OWN = join(import.meta.dirname, 'assets')

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/**
 * The style sheet of GOV.UK Frontend without its typeface, which is licensed for gov.uk alone; Arial stands in, as
 * GOV.UK Frontend itself says for services elsewhere.
 */
export function withoutTransport(css: string): string {
  return css.replaceAll(/@font-face\{[^}]*\}/g, '').replaceAll(/"?GDS Transport"?,\s*/g, '')
}

function loadAll(): Map<string, Buffer> {
  const govuk = (name: string): Buffer => readFileSync(join(GOVUK, 'dist/govuk', name))
  const files = new Map([
    ['govuk.css', Buffer.from(withoutTransport(govuk('govuk-frontend.min.css').toString()))],
    ['govuk.js', govuk('govuk-frontend.min.js')],
    ['webauthn.js', readFileSync(WEBAUTHN)],
  ])
  for (const name of readdirSync(OWN).sort()) files.set(name, readFileSync(join(OWN, name)))
  return files
}

const FILES = loadAll()

const VERSION = [...FILES]
  .reduce((digest, [name, body]) => digest.update(name).update(body), createHash('sha256'))
  .digest('hex')
  .slice(0, 12)

/** The path of an asset: it changes with any of their contents, so browsers keep them for good. Throws when unknown. */
export function assetPath(name: string): string {
  if (!FILES.has(name)) throw new Error(`no asset ${name}`)
  return `/assets/${VERSION}/${name}`
}

const ASSETS = new Map(
  [...FILES].map(([name, body]): [string, Asset] => {
    const type = TYPES[extname(name)]
    if (!type) throw new Error(`asset ${name} has no media type`)
    const small = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
    return [assetPath(name), { type, body, brotli: small.length < body.length ? small : null }]
  }),
)

/** The asset at a path, or undefined. */
export function assetAt(path: string): Asset | undefined {
  return ASSETS.get(path)
}
