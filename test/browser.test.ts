import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { wordsOf } from '../src/kit/i18n.ts'
import { newPerson, openBrowser, type Browser, type Person, type PersonOptions } from './browser.ts'
import { checkPage } from './browser-page.ts'
import { testClock } from './world.ts'

// Pages that are wrong in one thing each: the tests in a browser must see it.

const SOUND = { lang: 'en', title: 'Home – Common Transfer System', main: '<h1>Home</h1>' }

type Parts = Partial<typeof SOUND>

/** What checkPage finds wrong: of what, what it says, and the page. */
const WRONG: readonly [string, RegExp, Parts][] = [
  ['a picture without words for it', /image-alt: .*: img/, { main: '<h1>Home</h1><img src="/dot.svg">' }],
  [
    'text too faint to read',
    /color-contrast: .*: p/,
    { main: '<h1>Home</h1><p class="faint">Faint words</p>' },
  ],
  ['something wider than 320 pixels', /wider/, { main: '<h1>Home</h1><div class="wide">x</div>' }],
  ['a page without a heading', /headings/, { main: '<p>Home</p>' }],
  ['a page with two headings', /headings/, { main: '<h1>Home</h1><h1>Sent</h1>' }],
  ['a language that the person did not choose', /lang/, { lang: 'cy' }],
  ['a title without the name of the service', /Home/, { title: 'Home' }],
  ['a title with nothing else', /Common/, { title: ' – Common Transfer System' }],
  ['words left as their key', /pages\.home\.title/, { main: '<h1>pages.home.title</h1>' }],
  ['a key in an attribute', /pages\.a\.b/, { main: '<h1>Home</h1><p data-words="pages.a.b">x</p>' }],
  ['a placeholder that was not filled', /\{\{name\}\}/, { main: '<h1>Hello {{name}}</h1>' }],
  ['a value that is none', /undefined/, { main: '<h1>Sent to undefined</h1>' }],
  [
    'a sentence of the other language',
    /words on/,
    { main: `<h1>${wordsOf('cy')('refusals.role.title')}</h1>` },
  ],
]

const script = (name: string): string => `<script src="/${name}.js"></script>`

/** What happens on one page and may not: what, what is said about it, and what does it. */
const UNRULY: readonly [string, RegExp, string][] = [
  ['an error on the console', /^console: oh no/, script('error')],
  ['a script that throws', /^script: thrown/, script('throw')],
  ['a promise that fails unseen', /^script: late/, script('reject')],
  [
    'an inline script against the policy',
    /^console: .*script.*Content Security Policy/,
    '<script>1</script>',
  ],
  ['a style against the policy', /^console: .*style.*Content Security Policy/, '<p style="top:0">x</p>'],
  ['a request to another host', /^another origin: http:\/\/elsewhere\.invalid/, script('away')],
  ['a request to another port', /^another origin: http:\/\/127\.0\.0\.1:9\//, script('port')],
  ['a part that is not there', /^answered 404: .*gone\.js/, script('gone')],
  ['a request that goes wrong', /^answered 500: .*broken/, script('fetch-broken')],
  ['an answer that never comes', /^net::ERR_EMPTY_RESPONSE: .*cut\.js/, script('cut')],
]

function html(parts: Parts): [string, string] {
  const { lang, title, main } = { ...SOUND, ...parts }
  return [
    'text/html',
    `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/dot.svg">
    <link rel="stylesheet" href="/page.css"></head><body><main>${main}</main></body></html>`,
  ]
}

/** What the server answers: type, body and status. */
const FILES: Record<string, [string, string, number?]> = {
  '/error.js': ['text/javascript', 'console.error("oh no")'],
  '/throw.js': ['text/javascript', 'throw new Error("thrown")'],
  '/reject.js': ['text/javascript', 'Promise.reject(new Error("late"))'],
  '/away.js': ['text/javascript', 'fetch("http://elsewhere.invalid/x").catch(() => {})'],
  '/port.js': ['text/javascript', 'fetch("http://127.0.0.1:9/x").catch(() => {})'],
  '/fetch-broken.js': ['text/javascript', 'fetch("/broken")'],
  '/fetch-refused.js': ['text/javascript', 'fetch("/refused")'],
  '/clock.js': [
    'text/javascript',
    `const h1 = document.querySelector("h1")
    const show = () => { h1.textContent = navigator.language + " " + new Date().toLocaleString("en-GB") }
    show()
    setTimeout(show, 60_000)`,
  ],
  '/sound': html({}),
  '/broken': ['text/plain', 'broken', 500],
  '/refused': ['text/plain', 'refused', 422],
  '/file.zip': ['application/zip', 'PK'],
  '/page.css': ['text/css', '.wide { width: 400px } .faint { color: #eee }'],
  '/dot.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
}

let server: Server
let service: string
let browser: Browser
let shown = 0

before(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    const [type, body, status = 200] = FILES[path] ?? ['text/plain', 'gone', 404]
    if (path === '/cut.js') return void request.socket.destroy()
    const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src *"
    response.writeHead(status, { 'content-type': type, 'content-security-policy': policy }).end(body)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  service = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
})

after(() => {
  server.closeAllConnections()
  server.close()
})

/** Puts a page on the server and gives somebody who sees it. */
async function show(parts: Parts, options: Partial<PersonOptions> = {}): Promise<Person> {
  const path = `/page-${(shown += 1)}`
  FILES[path] = html(parts)
  const person = await newPerson(browser, { service, ...options })
  await person.page.goto(path)
  return person
}

for (const [name, options] of [
  ['wide', {}],
  ['narrow', { width: 320 }],
  ['without JavaScript', { javaScript: false }],
] as const) {
  test(`a sound page passes, ${name}`, async () => {
    const person = await show({}, options)
    await checkPage(person)
    assert.equal(person.page.viewportSize()?.width, 'width' in options ? 320 : 1280)
    await person.close()
  })
  test(`a page that axe finds wrong is reported, ${name}`, async () => {
    const person = await show({ main: '<h1>Home</h1><img src="/dot.svg">' }, options)
    await assert.rejects(checkPage(person), /image-alt/)
    await person.close()
  })
}

describe('checkPage reports', () => {
  for (const [title, said, parts] of WRONG) {
    test(title, async () => {
      const person = await show(parts)
      await assert.rejects(checkPage(person), said)
      await person.close()
    })
  }

  test('nothing of another language that says which it is', async () => {
    const welsh = `<p lang="cy">${wordsOf('cy')('refusals.role.title')}</p>`
    const person = await show({ main: `<h1>Home</h1>${welsh}` })
    await checkPage(person)
    await person.close()
  })
})

describe('a test is told of', () => {
  let faults: string[]
  before(async () => {
    const person = await show({ main: SOUND.main + UNRULY.map(([, , part]) => part).join('') })
    await person.page.waitForLoadState('networkidle')
    faults = person.takeFaults()
    await person.close()
  })
  for (const [title, said] of UNRULY) {
    test(title, () =>
      assert.ok(
        faults.some((fault) => said.test(fault)),
        faults.join('\n'),
      ),
    )
  }

  test('a page that crashes', async () => {
    const person = await show({})
    const crash = person.page.waitForEvent('crash')
    await Promise.all([crash, person.page.goto('chrome://crash').catch(() => {})])
    assert.match(person.takeFaults().join('\n'), /^crashed/)
    await person.close()
  })
})

test('a fault fails the test: when a page is checked, when a window is closed, and when none is', async () => {
  const other = await openBrowser()
  for (const end of [checkPage, (person: Person) => person.close(), () => other.close()]) {
    const person = await newPerson(other, { service })
    await person.page.goto('/sound')
    await person.page.evaluate('console.error("oh no")')
    await assert.rejects(end(person), /oh no/)
    person.takeFaults()
  }
})

test('a refusal and a download are no faults', async () => {
  const person = await show({ main: SOUND.main + script('fetch-refused') })
  await person.page.goto('/refused')
  const download = person.page.waitForEvent('download')
  await person.page.goto('/file.zip').catch(() => {})
  assert.equal(await (await download).failure(), null)
  await person.close()
})

test('scripts see the time of the test and the language, and their timers fire as time passes', async () => {
  const clock = testClock()
  const person = await show({ main: SOUND.main + script('clock') }, { clock, language: 'cy' })
  const heading = person.page.locator('h1')
  assert.equal(await heading.textContent(), 'cy-GB 02/09/2026, 10:05:00')
  clock.advance(60_000)
  await person.pass(60_000)
  assert.equal(await heading.textContent(), 'cy-GB 02/09/2026, 10:06:00')
  await person.close()
})
