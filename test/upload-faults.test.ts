import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Route } from 'playwright-core'
import { checkPage } from './browser-page.ts'
import { look } from './browser-pictures.ts'
import {
  answered,
  checked,
  choose,
  openUploadStage,
  rowOf,
  until,
  untilStates,
  type UploadStage,
} from './upload-stage.ts'

let stage: UploadStage

before(async () => {
  stage = await openUploadStage()
})
after(() => stage.close())

test('at most three are sent at once, with progress, and leaving asks first', async () => {
  const one = await stage.open()
  const { page } = one
  const held: Route[] = []
  let isOpen = false
  await page.route('**/upload?name=*', async (route) => {
    if (isOpen) await route.continue()
    else held.push(route)
  })
  await choose(
    page,
    Array.from({ length: 5 }, () => stage.newFile()),
  )
  await checked(page)
  await page.getByRole('button', { name: 'Send 5 files' }).click()
  const isUnderWay = (state: string): boolean => state === 'sending' || state === 'checking'
  await untilStates(page, (states) => states.filter(isUnderWay).length === 3)
  assert.equal(await rowOf(page, 'queued').count(), 2)
  assert.equal(await page.locator('progress:visible').count(), 3)
  assert.equal(await page.locator('[data-summary]').innerText(), 'Sending: 0 of 5 done')
  await checkPage(one)
  await look(page, 'upload-sending')
  const asked = new Promise<string>((resolve) => {
    page.once('close', () => resolve('left at once'))
    page.once('dialog', (dialog) => {
      resolve(dialog.type())
      void dialog.dismiss()
    })
  })
  await page.close({ runBeforeUnload: true })
  assert.equal(await asked, 'beforeunload')
  isOpen = true
  for (const route of held) await route.continue()
  await until(page, 'sent')
  await one.close()
})

test('without a connection a file is not sent, says so, and is sent when tried again', async () => {
  const one = await stage.open()
  const { page } = one
  await choose(page, [stage.newFile()])
  await checked(page)
  await page.route('**/upload?name=*', (route) => route.abort('connectionreset'))
  await page.locator('[data-send-all]').click()
  await answered(page)
  assert.match(await rowOf(page, 'failed').innerText(), /there was no connection to the service/)
  assert.equal(await page.locator('[data-summary]').innerText(), '1 not sent')
  one.takeFaults()
  await checkPage(one)
  await page.unroute('**/upload?name=*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await until(page, 'sent')
  await one.close()
})

test('a busy service is asked again by itself after the seconds that it named', async () => {
  const one = await stage.open('cy')
  const { page } = one
  await choose(page, [stage.newFile()])
  await checked(page)
  let tries = 0
  await page.route('**/upload?name=*', (route) => {
    tries += 1
    if (tries > 2) return route.continue()
    return route.fulfill({ status: tries === 1 ? 503 : 429, headers: { 'retry-after': '1' }, body: '' })
  })
  await page.locator('[data-send-all]').click()
  await page.getByText('ymhen 1 eiliad').waitFor()
  await until(page, 'sent')
  assert.equal(tries, 3)
  one.takeFaults()
  await one.close()
})

test('whoever was signed out signs in elsewhere and tries again; for another person nothing is sent', async () => {
  const one = await stage.open()
  const { page, context } = one
  await choose(page, [stage.newFile()])
  await checked(page)
  const account = await stage.newAccount()
  await stage.signIn(one, account)
  await page.locator('[data-send-all]').click()
  await answered(page)
  assert.match(await rowOf(page, 'failed').innerText(), /signed in as somebody else/)

  await page.goto('/upload')
  await choose(page, [stage.newFile()])
  await checked(page)
  await context.clearCookies()
  await page.locator('[data-send-all]').click()
  await answered(page)
  assert.match(await rowOf(page, 'failed').innerText(), /You have been signed out/)
  assert.equal(await page.getByRole('link', { name: 'Sign in (opens a new tab)' }).isVisible(), true)
  await checkPage(one)
  await look(page, 'upload-signed-out')
  await stage.signIn(one, account)
  await page.getByRole('button', { name: 'Try again' }).click()
  await until(page, 'sent')
  await one.close()
})
