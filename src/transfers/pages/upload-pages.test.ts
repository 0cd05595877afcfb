import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { after, before, describe, it } from 'node:test'
import { CARDIFF_HIGH, ctf, JOHN_FROST } from '../../../test/api.ts'
import { openTwoSchools, type TwoSchools } from '../../../test/two-schools.ts'
import { newPerson, visitorOf, type PageAnswer, type Visitor } from '../../../test/visitor.ts'
import { forEachDatabase } from '../../../test/world.ts'

const MIB = 1024 * 1024

forEachDatabase((database) => {
  let schools: TwoSchools
  let secretary: Visitor
  before(async () => {
    schools = await openTwoSchools(database)
    const { server } = schools
    secretary = await visitorOf(
      server,
      await newPerson(server, { organisation: CARDIFF_HIGH, role: 'school-user' }),
    )
  })
  after(() => schools.close())

  const wrong = (bytes: Uint8Array): Buffer =>
    Buffer.from(
      Buffer.from(bytes)
        .toString()
        .replace(/<UPN>[^<]*/, '<UPN>wrong'),
    )
  const pathOf = (name: string): string => `/upload?name=${encodeURIComponent(name)}`
  const files = async (): Promise<number> =>
    (await schools.cardiff.call('GET', '/api/v1/files?box=sent')).json.items.length

  function assertPart(answer: PageAnswer, status: number): void {
    assert.equal(answer.status, status, answer.html)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
    assert.ok(!answer.html.includes('<html'), 'a part of a page')
  }

  function assertWhole(answer: PageAnswer, status: number): void {
    assert.equal(answer.status, status, answer.html)
    assert.match(answer.html, /<html lang="en"/)
    assert.match(answer.html, /<form method="post" action="\/upload" enctype="multipart\/form-data"/)
  }

  describe('the form', () => {
    it('says what names look like by an example of the own organisation', async () => {
      const { status, html } = await secretary.get('/upload')
      assert.equal(status, 200)
      assert.match(html, /6814039_CTF_6804020_001\.XML/)
      assert.match(html, /Where it comes from: Cardiff High School/)
      assert.match(html, /At most 20 MiB a file/)
      assert.match(html, /XXXXXXX/)
      assert.match(html, /href="\/find-a-school"/)
    })

    it('of the school of the example takes another destination, and says nothing of deposits to who may make none', async () => {
      const { server } = schools
      const frost = await newPerson(server, { organisation: JOHN_FROST, role: 'school-user' })
      assert.match(
        (await (await visitorOf(server, frost)).get('/upload')).html,
        /6804020_CTF_6814039_001\.XML/,
      )
      const officer = await newPerson(server, { organisation: '681LLLL', role: 'lea-user' })
      const { html } = await (await visitorOf(server, officer)).get('/upload')
      assert.match(html, /681LLLL_CTF_6804020_001\.XML/)
      assert.doesNotMatch(html, /MMMMMMM/)
    })

    it('is not for whoever may send nothing', async () => {
      const { server } = schools
      const viewer = await newPerson(server, { organisation: '681LLLL', role: 'lea-dba-view-only' })
      assert.equal((await (await visitorOf(server, viewer)).get('/upload')).status, 403)
    })
  })

  describe('a file from the script of the page', () => {
    it('is answered with its receipt: names, pupils, digest, and the way to its page', async () => {
      const { name, bytes } = schools.newFile({ pupils: 3 })
      const answer = await secretary.sendFile(pathOf(name), bytes)
      assertPart(answer, 201)
      const { html } = answer
      for (const text of [
        name,
        'Cardiff High School',
        'The John Frost School',
        '3 pupils.',
        '2 September 2026, 10:05am',
      ])
        assert.ok(html.replaceAll('<wbr>', '').includes(text), `${text}: ${html}`)
      assert.ok(html.includes(createHash('sha256').update(bytes).digest('hex')))
      const { items } = (await schools.cardiff.call('GET', '/api/v1/files?box=sent')).json
      assert.ok(html.includes(`href="/files/${items[0].id}"`))
      assert.equal(items[0].name, name)
    })

    it('sent again is answered with the first receipt', async () => {
      const { name, bytes } = schools.newFile()
      await secretary.sendFile(pathOf(name), bytes)
      const before = await files()
      const again = await secretary.sendFile(pathOf(name), bytes)
      assertPart(again, 200)
      assert.match(again.html, /already received/)
      assert.equal(await files(), before)
    })

    it('with an error in it is refused, by pupil, with what to do, place and download; nothing is kept', async () => {
      const { name, bytes } = schools.newFile()
      const before = await files()
      const answer = await secretary.sendFile(pathOf(name), wrong(bytes))
      assertPart(answer, 422)
      const { html } = answer
      assert.match(html, /Pupil 1\s+<span[^>]*>UPN wrong</)
      assert.match(html, /The UPN does not have 13 characters\./)
      assert.match(html, /Correct it in your school’s system and make the file again\./)
      assert.match(html, /Line \d+, column \d+\s+<span[^>]*>CTfile\/CTFpupilData\/Pupil\/UPN</)
      assert.match(html, new RegExp(`href="data:text/csv[^"]+" download="${name}-findings\\.csv"`))
      assert.equal(await files(), before)
    })

    it('under a name that its header contradicts is answered with the name that the header says', async () => {
      const { name, bytes } = schools.newFile()
      const answer = await secretary.sendFile(pathOf(name.replace(JOHN_FROST, '6804025')), bytes)
      assertPart(answer, 422)
      assert.ok(answer.html.includes(`data-send-name="${name}"`), answer.html)
      assert.match(answer.html, /The file itself says that it is for The John Frost School/)
    })

    it('under a taken name is answered with the next that is free: 409', async () => {
      const first = schools.newFile()
      await secretary.sendFile(pathOf(first.name), first.bytes)
      const other = ctf(CARDIFF_HIGH, JOHN_FROST, { seed: 4711 })
      const answer = await secretary.sendFile(pathOf(first.name), other.bytes)
      assertPart(answer, 409)
      const proposed = /data-send-name="([^"]+)"/.exec(answer.html)?.[1] ?? ''
      assert.match(proposed, /^6814039_CTF_6804020_\d{3}\.XML$/)
      assertPart(await secretary.sendFile(pathOf(proposed), other.bytes), 201)
    })

    it('under a wrong name is answered with the right one', async () => {
      const { name, bytes } = schools.newFile()
      const answer = await secretary.sendFile(pathOf(name.replace(/_0+(\d+)\./, '_$1.')), bytes)
      assertPart(answer, 422)
      assert.ok(answer.html.includes(`data-send-name="${name}"`), answer.html)
    })

    it('of another school is refused: 403; too large: 413; in an encoding that is not taken: 415', async () => {
      const foreign = ctf(JOHN_FROST, CARDIFF_HIGH)
      assertPart(await secretary.sendFile(pathOf(foreign.name), foreign.bytes), 403)
      const { name } = schools.newFile()
      const large = await secretary.sendFile(pathOf(name), Buffer.alloc(20 * MIB + 1))
      assertPart(large, 413)
      assert.match(large.html, /at most 20 MiB/)
      const encoded = await secretary.sendFile(
        pathOf(name),
        Buffer.from('<?xml version="1.0" encoding="EBCDIC"?><a/>'),
      )
      assertPart(encoded, 415)
    })

    it('while the service is busy is answered with when to try again', async () => {
      const { name, bytes } = schools.newFile()
      const { bodies } = schools.server.world
      const giveBack = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => {
        try {
          return bodies.take(schools.server.world.config.uploadsAtOnceMib * MIB * 0.1, `holder-${n}`)
        } catch {
          return () => {}
        }
      })
      const answer = await secretary.sendFile(pathOf(name), bytes)
      for (const give of giveBack) give()
      assert.equal(answer.status, 503)
      assert.ok(Number(answer.headers.get('retry-after')) > 0)
    })

    it('of nobody is answered 401, with a stale token 403 that says so', async () => {
      const { name, bytes } = schools.newFile()
      const { url } = schools.server
      const post = (headers: Record<string, string>): Promise<Response> =>
        fetch(url + pathOf(name), { method: 'POST', body: Buffer.from(bytes), headers })
      const nobody = await post({ 'x-csrf-token': secretary.csrf })
      assert.equal(nobody.status, 401)
      const cookie = [...secretary.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
      const stale = await post({ cookie, 'x-csrf-token': 'stale', 'sec-fetch-site': 'same-origin' })
      assert.equal(stale.status, 403)
      assert.equal(((await stale.json()) as { type: string }).type, 'urn:cts:problem:form-stale')
      const foreign = await post({ cookie, 'x-csrf-token': secretary.csrf, 'sec-fetch-site': 'cross-site' })
      assert.equal(foreign.status, 403)
    })
  })

  describe('a file from a browser without scripts', () => {
    it('is answered with a whole page: its receipt, and the form for another', async () => {
      const { name, bytes } = schools.newFile()
      const answer = await secretary.sendForm('/upload', {}, { name, bytes })
      assertWhole(answer, 201)
      assert.match(answer.html, /Send another file/)
      assert.ok(answer.html.includes(createHash('sha256').update(bytes).digest('hex')))
    })

    it('that is refused is answered with the findings and the form, with the right name in it', async () => {
      const { name, bytes } = schools.newFile()
      const bad = await secretary.sendForm('/upload', {}, { name, bytes: wrong(bytes) })
      assertWhole(bad, 422)
      assert.match(bad.html, /<title>Error: /)
      assert.match(bad.html, /href="#answer"/)
      assert.match(bad.html, /The UPN does not have 13 characters\./)
      assert.doesNotMatch(bad.html, /data-send-name/)
      const short = name.replace(/_0+(\d+)\./, '_$1.')
      const misnamed = await secretary.sendForm('/upload', {}, { name: short, bytes })
      assertWhole(misnamed, 422)
      assert.match(misnamed.html, new RegExp(`name="name"[^>]*value="${name}"`))
      assertWhole(await secretary.sendForm('/upload', { name }, { name: short, bytes }), 201)
    })

    it('that was not chosen is asked for', async () => {
      const answer = await secretary.sendForm('/upload', {}, { name: '', bytes: Buffer.alloc(0) })
      assertWhole(answer, 400)
      assert.match(answer.html, /No file was chosen/)
      assert.match(answer.html, /href="#file"/)
      assertWhole(await secretary.sendForm('/upload', {}, null), 400)
    })

    it('with a stale token, or from another site, is refused: 403; signed out it leads to the sign-in', async () => {
      const { name, bytes } = schools.newFile()
      const before = await files()
      const stale = await secretary.sendForm('/upload', { _csrf: 'stale' }, { name, bytes })
      assert.equal(stale.status, 403)
      assert.match(stale.html, /open for too long/)
      const form = new FormData()
      form.set('_csrf', secretary.csrf)
      form.set('file', new File([Buffer.from(bytes)], name))
      const cookie = [...secretary.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
      const send = (headers: Record<string, string>): Promise<Response> =>
        fetch(`${schools.server.url}/upload`, { method: 'POST', body: form, headers, redirect: 'manual' })
      const foreign = await send({ cookie, accept: 'text/html', 'sec-fetch-site': 'cross-site' })
      assert.equal(foreign.status, 403)
      const nobody = await send({ accept: 'text/html', referer: `${schools.server.url}/upload` })
      assert.equal(nobody.status, 303)
      assert.equal(nobody.headers.get('location'), '/sign-in?to=%2Fupload')
      assert.equal(await files(), before)
    })

    it('too large is refused: 413', async () => {
      const { name } = schools.newFile()
      const answer = await secretary.sendForm('/upload', {}, { name, bytes: Buffer.alloc(20 * MIB + 1) })
      assertWhole(answer, 413)
    })

    it('that is refused before it is read is read to its end: a browser sends all before it reads the answer', async () => {
      const boundary = 'a-boundary-of-the-test'
      const part = (head: string): string =>
        `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`
      const body = Buffer.concat([
        Buffer.from(`${part('name="_csrf"')}${secretary.csrf}\r\n`),
        Buffer.from(part(`name="file"; filename="${JOHN_FROST}_CTF_${CARDIFF_HIGH}_001.XML"`)),
        Buffer.alloc(15 * MIB),
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ])
      const request = http.request(`${schools.server.url}/upload`, {
        method: 'POST',
        agent: new http.Agent({ keepAlive: true }),
        headers: {
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': body.length,
          'sec-fetch-site': 'same-origin',
          cookie: [...secretary.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
        },
      })
      const answered = once(request, 'response') as Promise<[http.IncomingMessage]>
      request.end(body)
      await once(request, 'finish')
      const [response] = await answered
      assert.equal(response.statusCode, 403)
      response.destroy()
    })
  })
})
