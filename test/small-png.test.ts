import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from './browser.ts'
import { smallPng } from './small-png.ts'

const PAGE = `<body style="background: #f4f8fb; font: 19px sans-serif">
  <h1 style="background: #0f4c5c; color: #fff">Ysgol y Môr</h1>
  <a href="#" style="color: #1a65a6">Lawrlwytho</a> <b style="background: #cce2d8; color: #005a30">Anfonwyd</b>
  <button style="background: #00703c; color: #fff">Anfon</button>`

/** The greatest difference of any red, green or blue between two pictures of one size. */
const DIFFERENCE = `async (pictures) => {
  const [a, b] = await Promise.all(pictures.map(async (src) => {
    const picture = new Image()
    picture.src = src
    await picture.decode()
    const { width, height } = picture
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context.drawImage(picture, 0, 0)
    return context.getImageData(0, 0, width, height)
  }))
  if (a.width !== b.width || a.height !== b.height) return Infinity
  return a.data.reduce((most, value, at) => Math.max(most, Math.abs(value - b.data[at])), 0)
}`

test('the picture of a page in less than half of its bytes shows the same to the eye', async () => {
  const browser = await openBrowser()
  const page = await browser.chromium.newPage({ viewport: { width: 640, height: 400 } })
  await page.setContent(PAGE)
  const whole = await page.screenshot()
  const small = smallPng(whole)
  assert.ok(small.length < whole.length / 2, `${small.length} of ${whole.length}`)
  const addresses = [whole, small].map((png) => `data:image/png;base64,${png.toString('base64')}`)
  const most = await page.evaluate<number>(`(${DIFFERENCE})(${JSON.stringify(addresses)})`)
  assert.ok(most > 0 && most <= 16, `${most} of 255 apart`)
  await browser.close()
})
