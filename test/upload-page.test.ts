import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { JOHN_FROST } from './api.ts'
import { checkPage } from './browser-page.ts'
import { look } from './browser-pictures.ts'
import {
  answered,
  checked,
  choose,
  openUploadStage,
  rowOf,
  states,
  until,
  type Chosen,
  type UploadStage,
} from './upload-stage.ts'

let stage: UploadStage

before(async () => {
  stage = await openUploadStage()
})
after(() => stage.close())

const SAID = {
  en: { ten: '10 files chosen', send: 'Send 10 files', done: '9 sent, 1 refused', pupil: 'Pupil 1' },
  cy: {
    ten: '10 ffeil wedi’u dewis',
    send: 'Anfon 10 ffeil',
    done: 'Anfonwyd 9, gwrthodwyd 1',
    pupil: 'Disgybl 1',
  },
}

for (const language of ['en', 'cy'] as const) {
  test(`of ten files one is refused and nine go through, each answered by itself: ${language}`, async () => {
    const one = await stage.open(language)
    const { page } = one
    await checkPage(one)
    const files = Array.from({ length: 10 }, (_, at) => stage.newFile({ wrong: at === 4 }))
    await choose(page, files)
    await checked(page)
    assert.equal(await page.locator('[data-summary]').innerText(), SAID[language].ten)
    assert.equal((await page.getByText('The John Frost School').count()) >= 10, true)
    await checkPage(one)
    await look(page, `upload-chosen-${language}`)

    await page.getByRole('button', { name: SAID[language].send }).click()
    await answered(page)
    const expected = files.map((_, at) => (at === 4 ? 'refused' : 'sent'))
    assert.deepEqual(await states(page), expected)
    assert.equal(await page.locator('[data-summary]').innerText(), SAID[language].done)
    assert.equal(await page.evaluate('document.activeElement.id'), 'upload-summary')
    assert.equal(await page.locator('[data-send-all]').isVisible(), false)
    const refused = rowOf(page, 'refused')
    assert.match(await refused.innerText(), new RegExp(SAID[language].pupil))
    await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true })`)
    await checkPage(one)
    await look(page, `upload-done-${language}`)

    const download = page.waitForEvent('download')
    await refused.getByRole('link', { name: /CSV/ }).click()
    const file = await download
    assert.match(file.suggestedFilename(), new RegExp(`^${files[4]!.name}-\\w+\\.csv$`))
    assert.match(readFileSync(await file.path(), 'utf8'), /^\uFEFF.*\r\n1,wrong,/)
    // the one that was refused is put right and chosen again: it takes the place of the former
    await choose(page, [{ ...files[4]!, buffer: stage.newFile().buffer }])
    await until(page, 'sent', 'ready')
    await page.locator('[data-send-all]').click()
    await answered(page)
    assert.deepEqual(new Set(await states(page)), new Set(['sent']))
    await one.close()
  })
}

describe('names', () => {
  test('a file of any name gets the right one by what it says itself', async () => {
    const one = await stage.open()
    const { page } = one
    await choose(page, [{ ...stage.newFile(), name: 'leavers.xml' }])
    await until(page, 'wrong')
    await page.getByRole('button', { name: /^Use the name \w{7}_CTF_6804020_\d{3}\.XML/ }).click()
    await until(page, 'ready')
    await page.getByRole('button', { name: 'Send 1 file' }).click()
    await until(page, 'sent')
    await one.close()
  })

  test('a wrong one is answered with the right one, before anything is sent and after', async () => {
    const one = await stage.open()
    const { page } = one
    const short = stage.newFile()
    const right = short.name
    const renamed = stage.newFile()
    await choose(page, [
      { ...short, name: right.replace(/_0+(\d+)\./, '_$1.') },
      { ...renamed, name: renamed.name.replace(JOHN_FROST, '6804025') },
    ])
    await checked(page)
    assert.deepEqual(await states(page), ['wrong', 'ready'])
    await page.getByRole('button', { name: `Use the name ${right}` }).click()
    await until(page, 'ready')
    assert.match(await page.locator('[data-rows] > li').first().innerText(), /On your computer it is called/)
    await page.getByRole('button', { name: 'Send 2 files' }).click()
    await answered(page)
    assert.deepEqual(await states(page), ['sent', 'refused'])
    await checkPage(one)
    await page.getByRole('button', { name: `Send it as ${renamed.name}` }).click()
    await until(page, 'sent')
    await one.close()
  })

  test('a file that is too large is refused without sending a byte, and there is room for 200', async () => {
    const one = await stage.open()
    const { page } = one
    let posts = 0
    page.on('request', (request) => {
      if (request.method() === 'POST') posts += 1
    })
    const large = stage.newFile()
    await choose(page, [{ ...large, buffer: Buffer.alloc(20 * 1024 * 1024 + 1) }])
    await checked(page)
    assert.match(await rowOf(page, 'wrong').innerText(), /At most 20 MiB can be sent/)
    assert.equal(await page.locator('[data-send-all]').isVisible(), false)
    const bad = Array.from({ length: 200 }, (_, at) => ({
      ...large,
      name: `x${at}.XML`,
      buffer: Buffer.alloc(1),
    }))
    await choose(page, bad)
    assert.equal(await page.locator('[data-rows] > li').count(), 200)
    assert.match(await page.locator('[data-limit]').innerText(), /At most 200 files/)
    await checked(page)
    assert.equal(posts, 0)
    await one.close()
  })
})

test('files may be dropped on the area and anywhere else on the page', async () => {
  const one = await stage.open()
  const { page } = one
  const drop = async (selector: string, files: readonly Chosen[]): Promise<void> => {
    const given = JSON.stringify(files.map(({ name, buffer }) => [name, buffer.toString()]))
    const dataTransfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer()
      for (const [name, text] of ${given}) data.items.add(new File([text], name, { type: 'text/xml' }))
      return data
    })()`)
    for (const type of ['dragenter', 'dragover', 'drop'])
      await page.dispatchEvent(selector, type, { dataTransfer })
  }
  await drop('#file', [stage.newFile(), stage.newFile()])
  await drop('h1', [stage.newFile()])
  await checked(page)
  assert.deepEqual(await states(page), ['ready', 'ready', 'ready'])
  await page.getByRole('button', { name: 'Send 3 files' }).click()
  await until(page, 'sent')
  assert.equal(new URL(page.url()).pathname, '/upload')
  await one.close()
})

test('by keyboard alone: choose, take one out, send, and send the refused one under its right name', async () => {
  const one = await stage.open()
  const { page } = one
  // the body has the focus until something else takes it
  const focus = (): Promise<string> =>
    page.evaluate<string>(`(({ localName, innerText }) =>
      localName === 'body' ? '' : innerText.replaceAll(/\\s+/g, ' ').trim())(document.activeElement)`)
  const tabTo = async (text: RegExp, key = 'Tab'): Promise<void> => {
    for (let tries = 0; tries < 60; tries += 1) {
      await page.keyboard.press(key)
      if (text.test(await focus())) return
    }
    assert.fail(`no way by ${key} to ${text}, last at ${await focus()}`)
  }
  const renamed = stage.newFile()
  const other = stage.newFile()
  // listened for long before it comes: Chromium is told of it beside the keys
  const chooser = page.waitForEvent('filechooser')
  await tabTo(/Choose files/)
  await page.keyboard.press('Enter')
  const wrong = { ...renamed, name: renamed.name.replace(JOHN_FROST, '6804025') }
  await (await chooser).setFiles([other, wrong])
  await checked(page)
  await tabTo(new RegExp(`Remove ${other.name}`))
  await page.keyboard.press('Enter')
  assert.equal((await focus()).replaceAll('\u200B', ''), wrong.name)
  await tabTo(/Send 1 file/)
  await page.keyboard.press('Enter')
  await answered(page)
  assert.equal(await focus(), '1 refused')
  await tabTo(new RegExp(`Send it as ${renamed.name}`))
  await page.keyboard.press('Enter')
  await until(page, 'sent')
  assert.equal(await focus(), '1 sent')
  await tabTo(/Follow this file/)
  await one.close()
})

describe('without scripts', () => {
  for (const language of ['en', 'cy'] as const) {
    test(`one file at a time, refused and then accepted under its right name: ${language}`, async () => {
      const one = await stage.open(language, { javaScript: false, width: 320 })
      const { page } = one
      const send = (): Promise<void> => page.locator('[data-send-one]').click()
      const file = stage.newFile()
      await send()
      await checkPage(one)
      assert.equal(await page.locator('#file-error').isVisible(), true)
      await choose(page, [{ ...file, name: file.name.replace(/_0+(\d+)\./, '_$1.') }])
      await send()
      await checkPage(one)
      await look(page, `upload-plain-refused-${language}`)
      assert.equal(await page.locator('#name').inputValue(), file.name)
      await choose(page, [file])
      await send()
      await checkPage(one)
      await look(page, `upload-plain-sent-${language}`)
      assert.equal(await page.locator('section[data-state=sent]').count(), 1)
      await one.close()
    })
  }
})
