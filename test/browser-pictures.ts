import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Where the pictures of README and handbooks are. */
const PICTURES = join(import.meta.dirname, '../docs/handbooks/pictures')

/**
 * Takes the picture of the whole page for README and handbooks, docs/handbooks/pictures/<name>.png, when CTS_PICTURES
 * is set; so a run of the tests changes no file. The same page is the same picture.
 */
export async function snap(page: Page, name: string): Promise<void> {
  if (process.env['CTS_PICTURES']) await shoot(page, PICTURES, name)
  await look(page, name)
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

async function shoot(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await page.screenshot({
    path: join(folder, `${name}.png`),
    fullPage: true,
    animations: 'disabled',
    caret: 'hide',
  })
}
