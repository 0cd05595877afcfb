import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import type { Person } from '../browser.ts'

/** Whether the keyboard is at this. */
export async function focused(target: Locator): Promise<boolean> {
  return (await target.and(target.page().locator(':focus')).count()) === 1
}

// What shows where the keyboard is: of a box that GOV.UK draws itself, what stands before its label.
const SHOWN = `(() => {
  const one = document.activeElement
  const drawn = one.matches('[type=checkbox], [type=radio]') ? [one.nextElementSibling, '::before'] : [one]
  const look = () => {
    const style = getComputedStyle(...drawn)
    const hasOutline = style.outlineStyle !== 'none' && !/, 0\\)$/.test(style.outlineColor)
    return [hasOutline && style.outline, style.boxShadow, style.backgroundColor, style.borderColor].join()
  }
  const focused = look()
  one.blur()
  const blurred = look()
  one.focus()
  return one === document.body || focused !== blurred ? '' : one.outerHTML.slice(0, 200)
})()`

/** More than the stops of any page of the demonstration. */
const MOST_TABS = 100

/** Goes to something by Tab alone. Each stop on the way must be seen to be where the keyboard is. */
export async function tabsTo({ page }: Person, target: Locator): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await focused(target)) return
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate<string>(SHOWN), '', `where the keyboard is, on ${page.url()}`)
  }
  throw new Error(`Tab does not lead to ${target.toString()}`)
}
