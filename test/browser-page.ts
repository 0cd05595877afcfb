import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import type { Language } from '../src/kit/i18n.ts'
import { withScripts, type Person } from './browser.ts'

/** The name of the service, with which every title ends. */
const SERVICE = { en: 'Common Transfer System', cy: 'System Drosglwyddo Gyffredin' }

/** WCAG 2.2 A and AA, and what axe recommends beyond. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

/** Narrowest width without scrolling to the side (WCAG 1.4.10 Reflow). */
const NARROWEST = 320

/** Asserts that axe finds nothing on the page as it stands; else its rule, what it asks for and where, a line each. */
export async function axe(page: Page): Promise<void> {
  // "legacy": in the page itself; the other way opens a second page for frames of other origins, which we have not
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(RULES)
  const { violations, passes } = await withScripts(page, () => builder.setLegacyMode().analyze())
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  )
  assert.deepEqual(found, [], `axe on ${page.url()}`)
  assert.ok(passes.length > 0, 'axe looked at nothing')
}

/** What every page of the service has in common. */
interface Seen {
  title: string
  lang: string
  headings: number
  /** Text and texts of attributes, in the language of the page, a line each. */
  texts: string[]
}

// Runs in the page. What is in another language says so by a lang attribute of its own and is left out.
const SEE = `(() => {
  const { lang } = document.documentElement
  const isOurs = (element) => element.closest('[lang]')?.lang === lang && !element.closest('script, style')
  const elements = [...document.querySelectorAll('body, body *')].filter(isOurs)
  const texts = elements.flatMap((element) => [
    ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data),
    ...['alt', 'aria-label', 'placeholder', 'title', 'value'].map((name) => element.getAttribute(name) ?? ''),
    ...Object.values(element.dataset),
  ])
  return {
    title: document.title,
    lang,
    headings: document.querySelectorAll('h1').length,
    texts: [document.title, ...texts].map((text) => text.replaceAll(/\\s+/g, ' ').trim()).filter(Boolean),
  }
})()`

/**
 * Asserts what holds for every page at every step: nothing found by axe, no scrolling to the side at 320 pixels, one
 * h1, a title that ends with the name of the service, the page in the person's language and in no other, no word left
 * as its key or its placeholder; and that no page so far did what no page may.
 */
export async function checkPage(person: Person): Promise<void> {
  const { page, language } = person
  // a click is done when the next page has begun to come
  await page.waitForLoadState()
  const seen = await page.evaluate<Seen>(SEE)
  const { title, lang, headings } = seen
  assert.deepEqual({ lang, headings }, { lang: language, headings: 1 }, page.url())
  assert.match(title, new RegExp(`^\\S.* – ${SERVICE[language]}$`))
  assert.deepEqual(wrongWords(seen.texts, language), [], `words on ${page.url()}`)
  await axe(page)
  assert.equal(await overflow(page), 0, `pixels wider than the window of ${NARROWEST} on ${page.url()}`)
  assert.deepEqual(person.takeFaults(), [], `what no page may, up to ${page.url()}`)
}

/** Pixels by which the page is wider than a window of 320. */
async function overflow(page: Page): Promise<number> {
  const before = page.viewportSize()
  const isNarrow = before === null || before.width === NARROWEST
  if (!isNarrow) await page.setViewportSize({ width: NARROWEST, height: before.height })
  const pixels = await page.evaluate<number>(
    'document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth',
  )
  if (!isNarrow) await page.setViewportSize(before)
  return pixels
}

const TEXTS = { en: textsOf('en'), cy: textsOf('cy') }
const KEY = new RegExp(`(?<![\\w@./-])(${[...TEXTS.en.keys()].join('|')})\\.\\w[\\w-]*\\.[\\w.-]+`)
const RAW = /\{\{|\}\}|\[object |\bundefined\b|\bNaN\b/

/** Locale texts under each top key. */
function textsOf(language: Language): Map<string, string[]> {
  const file = new URL(`../locales/${language}.json`, import.meta.url)
  return new Map(
    Object.entries<unknown>(JSON.parse(readFileSync(file, 'utf8'))).map(([key, value]) => [
      key,
      leaves(value),
    ]),
  )
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []
}

/** Stretches of four words and more between placeholders that are said in one language and not in the other. */
function sentences(language: Language, other: Language): string[] {
  const pieces = (one: Language): string[] =>
    [...TEXTS[one].values()]
      .flat()
      .flatMap((text) => text.split(/\{\{.*?\}\}|\n/).map((piece) => piece.trim()))
  const both = new Set(pieces(other))
  return pieces(language).filter((piece) => piece.split(/\s+/).length >= 4 && !both.has(piece))
}

const FOREIGN = { en: sentences('cy', 'en'), cy: sentences('en', 'cy') }

/** Lines in which a key, a placeholder or a sentence of the other language stands. */
function wrongWords(texts: readonly string[], language: Language): string[] {
  return texts.filter(
    (text) =>
      KEY.test(text) || RAW.test(text) || FOREIGN[language].some((sentence) => text.includes(sentence)),
  )
}
