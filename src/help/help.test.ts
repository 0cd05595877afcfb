import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type Visitor } from '../../test/visitor.ts'
import { LANGUAGES, wordsOf, type Language } from '../kit/i18n.ts'
import { openHandbook } from './handbook.ts'

const { help, pictures } = openHandbook()
const CHAPTERS = help.en.books.flatMap(({ chapters }) => chapters)
const PATHS = ['', ...[...CHAPTERS, ...help.en.about].map(({ slug }) => `/${slug}`)].map(
  (slug) => `/help${slug}`,
)

let server: TestServer
let visitor: Visitor

before(async () => {
  server = await openTestServer('embedded')
  const person = await newPerson(server, { organisation: '6814039', role: 'school-user' })
  visitor = await visitorOf(server, person)
})

after(() => server.close())

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { redirect: 'manual', headers: { accept: 'text/html', ...headers } })

const say = (language: Language, key: string): string => wordsOf(language)(key)

describe('the help is open to everybody, since who cannot sign in needs it', () => {
  for (const path of PATHS) {
    for (const language of LANGUAGES) {
      test(`${path} (${language})`, async () => {
        const answer = await get(`${path}?lang=${language}`)
        assert.equal(answer.status, 200)
        const html = await answer.text()
        assert.match(html, new RegExp(`<html lang="${language}"`))
        assert.equal([...html.matchAll(/<h1[ >]/g)].length, 1)
        // the pictures that are missing leave nothing behind, and no text its Markdown
        const sources = [...html.matchAll(/<img[^>]* src="([^"]*)"/g)].map(([, src = '']) => src)
        for (const src of sources) assert.equal((await get(src)).status, 200, src)
        assert.doesNotMatch(html, /<figure[^>]*><\/figure>|\]\(|\*\*|&lt;/)
      })
    }
  }

  test('and says on its first page where to go who cannot sign in', async () => {
    const html = await (await get('/help')).text()
    assert.ok(html.includes(say('en', 'pages.handbook.cannotSignIn')))
    assert.ok(!(await visitor.get('/help')).html.includes(say('en', 'pages.handbook.cannotSignIn')))
  })
})

test('every link of the help that stays in it leads to a page', async () => {
  const links = new Set<string>()
  for (const path of PATHS) {
    const html = await (await get(path)).text()
    for (const [, href = ''] of html.matchAll(/<a[^>]* href="(\/help[^"#]*)/g)) links.add(href)
  }
  assert.ok(links.size >= PATHS.length)
  for (const link of links) assert.equal((await get(link)).status, 200, link)
})

test('a chapter leads to the one before and the one after', async () => {
  const [first, second, third] = help.en.books[0]!.chapters
  const html = await (await get(`/help/${second!.slug}`)).text()
  assert.match(html, new RegExp(`href="/help/${first!.slug}" rel="prev"`))
  assert.match(html, new RegExp(`href="/help/${third!.slug}" rel="next"`))
  assert.doesNotMatch(await (await get(`/help/${first!.slug}`)).text(), /rel="prev"/)
  assert.doesNotMatch(
    await (await get(`/help/${help.en.books[0]!.chapters.at(-1)!.slug}`)).text(),
    /rel="next"/,
  )
})

test('who is signed in keeps the menu, and gets first the chapter about the page they were on', async () => {
  const title = help.en.books[0]!.chapters.find(({ slug }) => slug === 'download')!.title
  const html = async (referer: string): Promise<string> => (await visitor.get('/help', { referer })).html
  const from = await html(`${server.url}/download?after=x`)
  assert.match(
    from,
    new RegExp(`${say('en', 'pages.handbook.forPage')}[^]{1,40}href="/help/download">${title}`),
  )
  assert.match(from, /govuk-service-navigation/)
  for (const other of [`${server.url}/outbox`, 'no address', '']) {
    assert.ok(!(await html(other)).includes(say('en', 'pages.handbook.forPage')), other)
  }
})

test('what is not there is not found', async () => {
  for (const path of [
    '/help/README',
    '/help/none',
    '/help/pictures/none.png',
    '/help/pictures/..%2fREADME.md',
  ]) {
    const answer = await get(path)
    assert.equal(answer.status, 404, path)
    assert.match(await answer.text(), /<h1/)
  }
})

test('a picture is sent as what it is', async () => {
  const [name, { type, body }] = [...pictures][0]!
  const answer = await get(`/help/pictures/${name}`)
  assert.equal(answer.headers.get('content-type'), type)
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), body)
})

test('the page on cookies names every cookie that a browser is given on its way to the sign-in', async () => {
  const given = new Map<string, string>()
  let at = '/upload?lang=cy'
  for (let steps = 0; steps < 6 && at !== ''; steps += 1) {
    const cookie = [...given].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await get(at, { cookie })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      given.set(name, value)
    }
    at = (answer.headers.get('location') ?? '').replace(server.url, '')
  }
  const names = new Set([...given.keys()].map((name) => name.replace(/\.sig$/, '')))
  assert.ok(names.size >= 4, [...names].join())
  for (const language of LANGUAGES) {
    const { html } = help[language].about.find(({ slug }) => slug === 'cookies')!
    assert.deepEqual(
      [...names, 'session', 'notice', 'secure-access'].filter(
        (name) => !html.includes(`<code class="cts-code">${name}</code>`),
      ),
      [],
    )
  }
})
