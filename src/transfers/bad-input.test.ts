import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST, type Api } from '../../test/api.ts'
import { openTestServer, type TestClient, type TestServer } from '../../test/server.ts'
import { forEachDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'

const NAME = `${CARDIFF_HIGH}_CTF_${JOHN_FROST}_001.XML`
const GOOD = Buffer.from(ctf(CARDIFF_HIGH, JOHN_FROST).bytes).toString()
const MIB = 1024 * 1024

/** A hostile or mistaken upload: its name, its bytes, and what the contract says it is answered. */
interface Case {
  title: string
  name?: string
  bytes?: string | Uint8Array
  headers?: Record<string, string>
  status: number
  /** Rule of the first finding, or the refusal's code. */
  says: RegExp
}

const within = (element: string, text: string): string =>
  GOOD.replace(new RegExp(`<${element}>[^<]*<`), `<${element}>${text}<`)

const CASES: Case[] = [
  { title: 'no name', name: '', status: 400, says: /input/ },
  { title: 'a name that is no name', name: 'leavers.xml', status: 422, says: /^name-/ },
  { title: 'a path for a name', name: `../../${NAME}`, status: 422, says: /^name-path/ },
  {
    title: 'a control character in the name',
    name: NAME.replace('_', '\u0000'),
    status: 422,
    says: /^name-control/,
  },
  { title: 'a name of 10,000 characters', name: 'x'.repeat(10_000), status: 400, says: /input/ },
  {
    title: 'a source that is not mine',
    name: `${JOHN_FROST}_CTF_${CARDIFF_HIGH}_001.XML`,
    status: 403,
    says: /source-not-yours/,
  },
  {
    title: 'a destination that does not exist',
    name: `${CARDIFF_HIGH}_CTF_6809999_001.XML`,
    status: 422,
    says: /destination-unknown/,
  },
  {
    title: 'a kind that is not taken',
    name: `${CARDIFF_HIGH}_ATF_680LLLL_001.XML`,
    status: 422,
    says: /kind-not-taken|name-route/,
  },
  {
    title: 'itself as destination',
    name: `${CARDIFF_HIGH}_CTF_${CARDIFF_HIGH}_001.XML`,
    status: 422,
    says: /to-itself/,
  },
  {
    title: 'a name that disagrees with the header',
    name: `${CARDIFF_HIGH}_CTF_6804025_001.XML`,
    status: 422,
    says: /^ctf-/,
  },
  { title: 'another media type', headers: { 'content-type': 'text/html' }, status: 415, says: /media-type/ },
  { title: 'an empty file', bytes: '', status: 422, says: /^ctf-/ },
  { title: 'a truncated file', bytes: GOOD.slice(0, GOOD.length / 2), status: 422, says: /^ctf-/ },
  { title: 'what is not XML', bytes: 'UPN,Surname\nA1,Jones', status: 422, says: /^ctf-/ },
  { title: 'a zip under an XML name', bytes: 'PK\u0003\u0004', status: 422, says: /^ctf-/ },
  { title: 'another root element', bytes: '<?xml version="1.0"?><html></html>', status: 422, says: /^ctf-/ },
  {
    title: 'an encoding that is not taken',
    bytes: '<?xml version="1.0" encoding="UTF-7"?><CTfile/>',
    status: 415,
    says: /encoding/,
  },
  {
    title: 'bytes that are no UTF-8',
    bytes: Buffer.from(within('Surname', 'Siân'), 'latin1'),
    status: 422,
    says: /^ctf-/,
  },
  {
    title: 'a DOCTYPE',
    bytes: GOOD.replace('<CTfile>', '<!DOCTYPE CTfile [<!ENTITY x "y">]><CTfile>'),
    status: 422,
    says: /^ctf-/,
  },
  { title: 'an entity of its own', bytes: within('Surname', '&xxe;'), status: 422, says: /^ctf-/ },
  {
    title: 'a billion laughs',
    bytes: `<?xml version="1.0"?><!DOCTYPE CTfile [<!ENTITY a "aaaa">${'bcdefgh'
      .split('')
      .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefgh'[at]};`.repeat(10)}">`)
      .join('')}]><CTfile>&h;</CTfile>`,
    status: 422,
    says: /^ctf-/,
  },
  { title: 'absurd depth', bytes: '<CTfile>'.repeat(100_000), status: 422, says: /^ctf-/ },
  {
    title: 'absurdly many attributes',
    bytes: `<CTfile ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`,
    status: 422,
    says: /^ctf-/,
  },
  {
    title: 'an absurdly long attribute',
    bytes: `<CTfile a="${'x'.repeat(5 * MIB)}"/>`,
    status: 422,
    says: /^ctf-/,
  },
  { title: 'an absurdly long name', bytes: within('Surname', 'x'.repeat(MIB)), status: 422, says: /^ctf-/ },
  {
    title: 'a control character in a name',
    bytes: within('Surname', 'Jo\u0007nes'),
    status: 422,
    says: /^ctf-/,
  },
  { title: 'a bidi override in a name', bytes: within('Surname', 'Jo\u202Enes'), status: 422, says: /^ctf-/ },
  { title: '20 MiB and a byte', bytes: Buffer.alloc(20 * MIB + 1, ' '), status: 413, says: /body-too-large/ },
]

const ACCEPTED: [string, Uint8Array | string][] = [
  [
    'Welsh names and apostrophes',
    within('Surname', "ap Llŷr-O'Neill").replace(/<Forename>[^<]*</, '<Forename>Siân<'),
  ],
  ['names in NFD', within('Forename', 'Siân'.normalize('NFD'))],
  ['names in NFC', within('Forename', 'Siân'.normalize('NFC'))],
  ['an emoji where what a finding cites is cut', within('CTFversion', 'aaaaaaaaa\u{1F600}')],
  ['a byte order mark', `\uFEFF${GOOD}`],
  [
    'declared ISO-8859-1',
    Buffer.from(
      within('Forename', 'Siân')
        .replace(/<\?xml[^>]*\?>/, '<?xml version="1.0" encoding="ISO-8859-1"?>')
        .replaceAll(/[^\0-\u00ff]/g, 'w'),
      'latin1',
    ),
  ],
]

forEachDatabase((database) => {
  let server: TestServer
  let client: TestClient
  let cardiff: Api
  before(async () => {
    server = await openTestServer(database)
    client = await server.client(CARDIFF_HIGH, 'school-user')
    cardiff = apiOf(server, client)
  })
  after(() => server.close())

  async function counted(table: 'files' | 'bodies' | 'refusals'): Promise<number> {
    const { rows } = await sql<{ files: number; bodies: number; refusals: number }>`
      select (select count(*)::int from transfers.file) as files, (select count(*)::int from kit.body) as bodies,
        (select count(*)::int from kit.audit where outcome = 'refused') as refusals`.execute(server.world.db)
    return rows[0]![table]
  }

  describe('is refused with the status of the contract, an audit row, and nothing else:', () => {
    for (const { title, name = NAME, bytes = GOOD, headers, status, says } of CASES) {
      it(title, async () => {
        const files = await counted('files')
        const bodies = await counted('bodies')
        const refusals = await counted('refusals')
        const began = performance.now()
        const answer = await cardiff.upload(name, bytes, headers)
        assert.equal(answer.status, status, JSON.stringify(answer.json).slice(0, 500))
        const said = answer.json.findings?.[0]?.rule ?? answer.json.type.replace('urn:cts:problem:', '')
        assert.match(status === 415 && says.source === 'encoding' ? answer.json.type : said, says)
        assert.ok(answer.json.detail.length > 10)
        for (const finding of answer.json.findings ?? [])
          assert.ok(finding.message.length > 20, finding.message)
        assert.equal(await counted('refusals'), refusals + 1)
        assert.deepEqual([await counted('files'), await counted('bodies')], [files, bodies])
        assert.ok(performance.now() - began < 10_000, 'bounded time')
      })
    }
  })

  describe('is accepted:', () => {
    ACCEPTED.forEach(([title, bytes], at) => {
      it(title, async () => {
        const { status, json } = await cardiff.upload(NAME.replace('_001', `_10${at}`), bytes)
        assert.equal(status, 201, JSON.stringify(json))
        const content = await cardiff.call('GET', `/api/v1/files/${json.id}/content`)
        assert.deepEqual(content.bytes, Buffer.from(bytes))
      })
    })
  })

  describe('a connection that lies or breaks', () => {
    /** Sends raw bytes; gives all that is answered until the other side closes or `patience` is over. */
    async function raw(chunks: (string | Buffer)[], { end = true, patience = 3000 } = {}): Promise<string> {
      const { hostname, port } = new URL(server.url)
      const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
      let answer = ''
      socket.on('data', (chunk) => (answer += chunk.toString('latin1'))).on('error', () => {})
      for (const chunk of chunks) socket.write(chunk)
      if (end) socket.end()
      await Promise.race([new Promise((resolve) => socket.once('close', resolve)), sleep(patience)])
      socket.destroy()
      return answer
    }
    const head = (length: string): string =>
      `POST /api/v1/files?name=${NAME} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${client.token}\r\n` +
      `Content-Type: application/xml\r\n${length}\r\n\r\n`

    it('that promises more than it sends is answered 400 and leaves an audit row', async () => {
      const refusals = await counted('refusals')
      const answer = await raw([head(`Content-Length: ${Buffer.byteLength(GOOD) + 10}`), GOOD])
      assert.match(answer, /^HTTP\/1\.1 400 /)
      await waitFor(async () => (await counted('refusals')) === refusals + 1)
    })
    it('that promises less than it sends is refused', async () => {
      const answer = await raw([head(`Content-Length: ${Math.floor(Buffer.byteLength(GOOD) / 2)}`), GOOD])
      assert.match(answer, /^HTTP\/1\.1 4(00|22) /)
    })
    it('that is cut at 99 % leaves an audit row and no half file', async () => {
      const refusals = await counted('refusals')
      const files = await counted('files')
      const { hostname, port } = new URL(server.url)
      const isAudited = async (): Promise<boolean> => (await counted('refusals')) > refusals
      // on a slow machine a line may be cut before the service has seen the request, which then never was
      for (const patience of [200, 1000, 5000]) {
        const socket = connect({ host: hostname, port: Number(port) }).on('error', () => {})
        socket.write(head(`Content-Length: ${Buffer.byteLength(GOOD)}`))
        socket.write(GOOD.slice(0, Math.floor(GOOD.length * 0.99)))
        await sleep(patience)
        socket.resetAndDestroy()
        await sleep(patience)
        if (await isAudited()) break
      }
      await waitFor(isAudited)
      assert.equal(await counted('files'), files)
    })
    it('that sends two lengths, or no HTTP at all, is answered 400', async () => {
      assert.match(await raw([head('Content-Length: 5\r\nContent-Length: 6'), 'x']), /^HTTP\/1\.1 400 /)
      assert.match(await raw(['\u0016\u0003\u0001\u0000 hello\r\n\r\n']), /^HTTP\/1\.1 400 /)
    })
    it('that sends 20 MiB and a byte in chunks is answered 413', async () => {
      const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(MIB, ' '), Buffer.from('\r\n')])
      const chunks = [
        head('Transfer-Encoding: chunked'),
        ...Array.from({ length: 21 }, () => chunk),
        '0\r\n\r\n',
      ]
      assert.match(await raw(chunks, { end: false, patience: 1500 }), /^HTTP\/1\.1 413 /)
    })
    it('leaves the service well', async () => {
      assert.equal((await cardiff.upload(NAME, GOOD)).status, 201)
    })
  })
})

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await condition()) return
    await sleep(100)
  }
  assert.fail('it did not come to pass within five seconds')
}
