import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf, type PageAnswer, type Visitor } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { setOrganisation } from './index.ts'
import { saveLinks } from './store.ts'

/** The rows of the table: what stands in their cells. */
function rows({ html }: PageAnswer): string[][] {
  const body = /<tbody[\s\S]*?<\/tbody>/.exec(html)?.[0] ?? ''
  return body
    .split('</tr>')
    .slice(0, -1)
    .map((row) =>
      [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) =>
        cell
          .replaceAll(/<[^>]*>|\s+/g, ' ')
          .replaceAll(/ +/g, ' ')
          .trim(),
      ),
    )
}

const path = (query: Record<string, string>): string =>
  `/find-a-school?${new URLSearchParams(query).toString()}`

forEachDatabase((database) => {
  let server: TestServer
  let visitor: Visitor
  before(async () => {
    server = await openTestServer(database)
    visitor = await visitorOf(
      server,
      await newPerson(server, { organisation: '6804020', role: 'school-user' }),
    )
  })
  after(() => server.close())

  it('asks before it looks: the form alone, with every authority of both nations', async () => {
    const { status, html } = await visitor.get('/find-a-school')
    assert.equal(status, 200)
    assert.doesNotMatch(html, /<table|Nothing was found/)
    assert.match(html, /<optgroup label="Wales">[^]*<optgroup label="England">/)
    assert.ok((html.match(/<option /g)?.length ?? 0) > 150)
    assert.match(html, /<option value="680">Newport<\/option>/)
  })

  describe('finds', () => {
    const cases: [string, Record<string, string>, string][] = [
      ['by number', { q: '6804020' }, '6804020'],
      ['by number with a stroke', { q: '680/4020' }, '6804020'],
      ['by a part of the number and the authority', { q: '4020', la: '680' }, '6804020'],
      ['by name', { q: 'john frost' }, '6804020'],
      ['by postcode', { q: 'NP10 8YD' }, '6804020'],
      ['an authority by its Welsh name', { q: 'casnewydd' }, '680LLLL'],
    ]
    for (const [title, query, code] of cases) {
      it(title, async () => {
        const found = rows(await visitor.get(path(query)))
        assert.ok(
          found.some(([number]) => number === code),
          JSON.stringify(found.slice(0, 3)),
        )
      })
    }
  })

  it('shows number, name, town, postcode, authority and status, in the language of the page', async () => {
    assert.deepEqual(rows(await visitor.get(path({ q: '6804020' }))), [
      ['6804020', 'The John Frost School', 'Newport', 'NP10 8YD', 'Newport', 'Open'],
    ])
    assert.deepEqual(rows(await visitor.get(path({ q: '6804020', lang: 'cy' }))), [
      ['6804020', 'The John Frost School', 'Newport', 'NP10 8YD', 'Casnewydd', 'Ar agor'],
    ])
    await visitor.get('/?lang=en')
  })

  it('keeps what was typed, and shows it as text', async () => {
    const { html } = await visitor.get(path({ q: '"><script>', la: '680' }))
    assert.match(html, /value="&quot;&gt;&lt;script&gt;"/)
    assert.match(html, /<option value="680" selected>/)
  })

  it('says what to do where nothing is found, and how to look everywhere', async () => {
    const { status, html } = await visitor.get(path({ q: 'zzz', la: '680' }))
    assert.equal(status, 200)
    assert.match(html, /Nothing was found/)
    assert.match(html, /href="\/find-a-school\?q=zzz"/)
    assert.doesNotMatch((await visitor.get(path({ q: 'zzz' }))).html, /in one local authority only/)
  })

  it('says that the schools of an authority are not in the register, in the words of each language', async () => {
    const answer = await visitor.get(path({ q: 'school', la: '201' }))
    assert.equal(answer.status, 404)
    assert.match(answer.html, /The schools of City of London \(201\) are not in the register/)
    assert.match(answer.html, /<option value="201" selected>/)
    assert.doesNotMatch(answer.html, /Nothing was found|<title>Error/)
  })

  it('pages through many: 100 each, every one once, and back to the first', async () => {
    const numbers: string[] = []
    let next: string | undefined = path({ q: 'primary', la: '681' })
    let pages = 0
    for (; next && pages < 10; pages += 1) {
      const answer = await visitor.get(next)
      numbers.push(...rows(answer).map(([number = '']) => number))
      if (pages === 0 && /rel="next"/.test(answer.html)) assert.match(answer.html, /More than 100 results/)
      if (pages > 0) assert.match(answer.html, /Back to the first 100/)
      next = /href="([^"]+)" rel="next"/.exec(answer.html)?.[1]?.replaceAll('&amp;', '&')
    }
    assert.equal(new Set(numbers).size, numbers.length)
    const everywhere = await visitor.get(path({ q: 'primary' }))
    assert.equal(rows(everywhere).length, 100)
    const second = /href="([^"]+)" rel="next"/.exec(everywhere.html)![1]!.replaceAll('&amp;', '&')
    const first = new Set(rows(everywhere).map(([number]) => number))
    assert.ok(rows(await visitor.get(second)).every(([number]) => !first.has(number)))
  })

  it('leads from a closed school to the one that follows it', async () => {
    const { world } = server
    await setOrganisation(world, '6804025', { status: 'closed' })
    const link = { from: '6804025', to: '6804020', type: 'successor', date: null } as const
    await world.db.transaction().execute((tx) => saveLinks(tx, [link]))
    const answer = await visitor.get(path({ q: '6804025' }))
    assert.match(rows(answer)[0]!.join(' '), /Now: The John Frost School \(6804020\).* Closed$/)
    assert.match(answer.html, /href="\/find-a-school\?q=6804020"/)
  })
})
