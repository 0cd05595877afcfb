import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, PageScreenshotOptions } from 'playwright-core'
import { smallPng } from './small-png.ts'

/** Where the pictures of README and handbooks are. */
const PICTURES = join(import.meta.dirname, '../docs/handbooks/pictures')

/** Pixels from the top of a page that a picture shows unless more is asked for. */
const HEIGHT = 900

/**
 * Takes the picture of a page for README and handbooks, docs/handbooks/pictures/<name>.png, when CTS_PICTURES is set; so a
 * run of the tests changes no file. The same page is the same picture. It ends where the page does, above its footer.
 * @param height pixels that it shows at most
 */
export async function snap(page: Page, name: string, height: number = HEIGHT): Promise<void> {
  if (process.env['CTS_PICTURES']) {
    // nothing is pointed at
    await page.mouse.move(0, 0)
    await showDemonstration(page, false)
    const main = (await page.locator('main').boundingBox())!
    const scrolled = await page.evaluate<number>('scrollY')
    const shown = Math.min(height, Math.round(main.y + main.height + scrolled))
    const clip = { x: 0, y: 0, width: page.viewportSize()!.width, height: shown }
    await shoot(page, PICTURES, name, { clip })
    await showDemonstration(page, true)
  }
  await look(page, name)
}

/**
 * Takes the pictures <name>.cy and <name>.en of a page that is opened by its address, as `snap` does, and leaves the
 * page in English.
 */
export async function snapBoth(page: Page, name: string, height?: number): Promise<void> {
  for (const language of ['cy', 'en']) {
    const address = new URL(page.url())
    address.searchParams.set('lang', language)
    await page.goto(address.href)
    await snap(page, `${name}.${language}`, height)
  }
}

/** What only a demonstration has is not in the pages of those who read a handbook. */
async function showDemonstration(page: Page, shown: boolean): Promise<void> {
  await page.evaluate(
    `document.querySelectorAll('[data-demonstration]').forEach((one) => { one.hidden = ${!shown} })`,
  )
}

/** With CTS_SCREENSHOTS=folder, pictures of the page at both widths there, <name>-320.png and <name>-1280.png. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['CTS_SCREENSHOTS']
  const before = page.viewportSize()
  if (!folder || !before) return
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: before.height })
    await shoot(page, folder, `${name}-${width}`)
  }
  await page.setViewportSize(before)
}

async function shoot(
  page: Page,
  folder: string,
  name: string,
  options: PageScreenshotOptions = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const png = await page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide', ...options })
  writeFileSync(join(folder, `${name}.png`), smallPng(png))
}
