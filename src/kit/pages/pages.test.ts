import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import { LANGUAGES, type Language } from '../i18n.ts'
import { Refusal } from '../refusal.ts'
import { assetAt, assetPath, withoutTransport } from './assets.ts'
import { agoInWords, dateInWords, dateTimeInWords, sizeInWords } from './dates.ts'
import { refuseForeign } from './form.ts'
import { compileView, renderView } from './render.ts'

const SRC = join(import.meta.dirname, '../..')

describe('views', () => {
  const views = globSync('**/views/*.njk', { cwd: SRC }).sort()

  it('are found', () => assert.ok(views.includes('kit/pages/views/layout.njk')))

  // a mistake in a view that another includes is thrown where nobody catches it
  for (const view of views) it(`${view} compiles`, () => compileView(view))

  it('escape what they show', () => {
    const frame = { inLanguage: { en: '?lang=en', cy: '?lang=cy' }, now: new Date(0) }
    for (const language of LANGUAGES) {
      const data = { title: '<script>alert(1)</script>', detail: '"&', back: '/?a="b' }
      const html = renderView('kit/pages/views/refused.njk', { ...frame, language, data })
      assert.ok(!html.includes('<script>alert'))
      assert.match(html, /&lt;script&gt;/)
      assert.match(html, new RegExp(`<html lang="${language}"`))
    }
  })

  it('hold no inline script or style, which the policy would block', () => {
    const frame = { language: 'en', inLanguage: { en: '', cy: '' }, now: new Date(0) } as const
    const html = renderView('kit/pages/views/refused.njk', { ...frame, data: {} })
    assert.ok(!/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/i.test(html))
  })
})

describe('assets', () => {
  it('carry no typeface of gov.uk', () => {
    const css = assetAt(assetPath('govuk.css'))!.body.toString()
    assert.ok(css.length > 50_000)
    assert.ok(!/GDS Transport|@font-face|\.woff/.test(css))
    assert.match(css, /font-family:arial,sans-serif/)
    assert.equal(withoutTransport('a{font-family:"GDS Transport",arial}'), 'a{font-family:arial}')
  })

  it('are the same compressed and not', () => {
    const asset = assetAt(assetPath('govuk.js'))!
    assert.deepEqual(brotliDecompressSync(asset.brotli!), asset.body)
  })

  it('are found by their whole address only', () => {
    const path = assetPath('cts.css')
    assert.ok(assetAt(path))
    for (const other of [
      path.replace(/\/[0-9a-f]{12}\//, '/000000000000/'),
      `${path}?x`,
      '/assets/../package.json',
    ])
      assert.equal(assetAt(other), undefined)
    assert.throws(() => assetPath('none.css'))
  })
})

describe('dates and sizes', () => {
  const DATES: [at: string, en: string, cy: string][] = [
    ['2026-09-02T08:05:00Z', '2 September 2026, 9:05am', '2 Medi 2026, 9:05yb'],
    ['2026-12-25T12:00:00Z', '25 December 2026, 12:00pm', '25 Rhagfyr 2026, 12:00yp'],
    ['2026-06-30T23:30:00Z', '1 July 2026, 12:30am', '1 Gorffennaf 2026, 12:30yb'],
    ['2026-03-29T00:59:00Z', '29 March 2026, 12:59am', '29 Mawrth 2026, 12:59yb'],
    ['2026-03-29T01:00:00Z', '29 March 2026, 2:00am', '29 Mawrth 2026, 2:00yb'],
  ]
  for (const [at, en, cy] of DATES) {
    it(`${at} is ${en}`, () => {
      assert.equal(dateTimeInWords(new Date(at), 'en'), en)
      assert.equal(dateTimeInWords(new Date(at), 'cy'), cy)
      assert.equal(dateInWords(new Date(at), 'en'), en.split(',')[0])
    })
  }

  const AGO: [minutes: number, language: Language, words: string][] = [
    [0, 'en', 'just now'],
    [1, 'en', '1 minute ago'],
    [59, 'en', '59 minutes ago'],
    [60, 'en', '1 hour ago'],
    [60 * 47, 'en', '1 day ago'],
    [60 * 48, 'en', '2 days ago'],
    [60 * 48, 'cy', '2 ddiwrnod yn ôl'],
    [-5, 'en', 'just now'],
  ]
  for (const [minutes, language, words] of AGO) {
    it(`${minutes} minutes are "${words}"`, () => {
      const now = new Date('2026-09-02T09:00:00Z')
      assert.equal(agoInWords(new Date(now.getTime() - minutes * 60_000), now, language), words)
    })
  }

  it('sizes', () => {
    assert.equal(sizeInWords(1, 'en'), '1 byte')
    assert.equal(sizeInWords(999, 'en'), '999 bytes')
    assert.equal(sizeInWords(50_400, 'en'), '50 KB')
    assert.equal(sizeInWords(3_240_000, 'cy'), '3.2 MB')
  })
})

describe('a form', () => {
  const FORMS: [title: string, headers: Record<string, string>, taken: boolean][] = [
    ['of this site', { 'sec-fetch-site': 'same-origin' }, true],
    ['that a person sent by hand', { 'sec-fetch-site': 'none' }, true],
    ['of another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['of another host of the same domain', { 'sec-fetch-site': 'same-site' }, false],
    ['of this site, by an old browser', { origin: 'https://cts.example.org' }, true],
    ['of another site, by an old browser', { origin: 'https://evil.example' }, false],
    ['of nowhere, by an old browser', { origin: 'null' }, false],
    ['without a browser', {}, true],
  ]
  for (const [title, headers, taken] of FORMS) {
    it(`${title} is ${taken ? 'taken' : 'refused'}`, () => {
      const send = (): void => refuseForeign({ headers } as FastifyRequest, 'https://cts.example.org/')
      if (taken) send()
      else assert.throws(send, (error) => error instanceof Refusal && error.status === 403)
    })
  }
})
