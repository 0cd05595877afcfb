import assert from 'node:assert/strict'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { MAIN, run, start } from '../../test/command.ts'
import { openJourney, type Journey } from '../../test/journey.ts'
import { forEachDatabase } from '../../test/world.ts'

forEachDatabase((name) => {
  let journey: Journey
  before(async () => {
    journey = await openJourney(name)
  })
  after(() => journey.close())

  test('one school sends, the next receives byte for byte; one refused of three leaves the others', async () => {
    const [first, broken, last] = [journey.file(200), journey.file(), journey.file()]
    writeFileSync(broken.path, '<CTfile>')
    const server = ['--server', journey.proxy.url]
    const sent = await run(journey.sender, 'send', first.path, broken.path, last.path, ...server)
    assert.equal(sent.code, 1, sent.err)
    assert.match(sent.out, new RegExp(`${first.name}: accepted\\n`))
    assert.match(sent.out, /SHA-256 [0-9a-f]{64}, the same as on disk\n {2}200 pupils\n/)
    assert.match(
      sent.out,
      new RegExp(`${broken.name}: not accepted\\. The file was not accepted\\. .*\\n {2}error 1:`),
    )
    assert.match(sent.out, /2 files were accepted\.\n1 file was not\.\n$/)
    assert.match(sent.err, /^Sending 6814039_CTF_6804020_001\.XML \(\d\.\d MiB\) …\n/)

    const to = journey.folder()
    const received = await run(journey.receiver, 'receive', '--to', to, ...server)
    assert.equal(received.code, 0, received.err)
    assert.match(received.out, /\n2 files were received\.\n$/)
    for (const { name, bytes } of [first, last]) {
      assert.match(received.out, new RegExp(`^${name}: received from 6814039 and confirmed$`, 'm'))
      assert.deepEqual(readFileSync(join(to, name)), Buffer.from(bytes))
    }
    // nothing in a pipe that only a terminal understands
    assert.doesNotMatch(sent.out + sent.err + received.out + received.err, /[\u001b\r]/)

    const nothing = await run(journey.receiver, 'receive', '--to', to, ...server)
    assert.deepEqual([nothing.code, nothing.out], [0, 'No file awaits you.\n'])
  })
})

describe('cts send and cts receive', () => {
  let journey: Journey
  let server: string[]
  before(async () => {
    journey = await openJourney('embedded')
    server = ['--server', journey.proxy.url]
  })
  beforeEach(() => journey.proxy.reset())
  after(() => journey.close())

  test('say what is missing and do nothing', async () => {
    const { path } = journey.file()
    const cases: [RegExp, string[]][] = [
      [/CTS_CLIENT_ID is not set/, ['send', path, ...server]],
      [/CTS_CLIENT_ID is not set/, ['receive', '--to', journey.folder(), ...server]],
      [/required option '--server/, ['send', path]],
      [/missing required argument/, ['send', ...server]],
      [/begins with https/, ['send', path, '--server', 'http://cts.example.org']],
      [/is not the address of a service/, ['send', path, '--server', 'cts']],
      [/from 1 to 3600/, ['receive', '--to', journey.folder(), '--every', '0', ...server]],
    ]
    for (const [said, args] of cases) {
      const { code, out, err } = await run(null, ...args)
      assert.deepEqual([code, out], [2, ''], args.join(' '))
      assert.match(err, said)
    }
    assert.deepEqual(journey.proxy.seen, [])
  })

  test('a file that cannot be opened is told by exit status 2, and the others go', async () => {
    const { path, name } = journey.file()
    const { code, out } = await run(journey.sender, 'send', `${path}.none.XML`, path, ...server)
    assert.equal(code, 2)
    assert.match(out, /none\.XML: not sent\. .* cannot be opened \(ENOENT\)\. /)
    assert.match(out, new RegExp(`^${name}: accepted$`, 'm'))
    const missing = await run(journey.receiver, 'receive', '--to', join(journey.folder(), 'none'), ...server)
    assert.equal(missing.code, 2)
  })

  test('a number that a browser put into a name is taken out, and said', async () => {
    const { path, name } = journey.file()
    const copied = path.replace('.XML', ' (1).XML')
    copyFileSync(path, copied)
    const { code, out, err } = await run(journey.sender, 'send', copied, ...server)
    assert.equal(code, 0)
    assert.match(err, new RegExp(`A browser had put a number in brackets .*: it is sent as ${name}\\.`))
    assert.match(out, new RegExp(`^${name}: accepted`))
  })

  test('give one line of JSON for each file', async () => {
    const [good, broken] = [journey.file(2), journey.file()]
    writeFileSync(broken.path, '<CTfile>')
    const sent = await run(journey.sender, 'send', good.path, broken.path, '--json', ...server)
    const lines = sent.out.trimEnd().split('\n').map(readJson)
    assert.deepEqual(
      lines.map(({ outcome, name }) => [outcome, name]),
      [
        ['accepted', good.name],
        ['refused', broken.name],
      ],
    )
    assert.equal(lines[0]!['pupils'], 2)
    assert.equal(lines[1]!['status'], 422)
    assert.equal(sent.err, '')
    const to = journey.folder()
    const received = await run(journey.receiver, 'receive', '--to', to, '--json', ...server)
    const found = received.out.trimEnd().split('\n').map(readJson)
    const own = found.find(({ name }) => name === good.name)
    assert.deepEqual([own?.['outcome'], own?.['path']], ['received', join(to, good.name)])
  })

  test('speak Welsh, with its plural forms', async () => {
    const files = [journey.file(3), journey.file()]
    const paths = files.map(({ path }) => path)
    const sent = await run(journey.sender, 'send', ...paths, '--lang', 'cy', ...server)
    assert.match(sent.out, /: derbyniwyd\n[^]* {2}tri disgybl\n[^]*Derbyniwyd dwy ffeil\.\n$/)
    const { out } = await run(
      journey.receiver,
      'receive',
      '--to',
      journey.folder(),
      '--lang',
      'cy',
      ...server,
    )
    assert.match(out, /Casglwyd dwy ffeil\.\n$/)
  })

  test('a client that is not known is told so, once, and no file is tried', async () => {
    const [a, b] = [journey.file(), journey.file()]
    const stranger = { ...journey.sender, secret: 'wrong' }
    const { code, out } = await run(stranger, 'send', a.path, b.path, ...server)
    assert.equal(code, 1)
    assert.match(out, /does not accept this client/)
    assert.equal(journey.proxy.seen.filter((request) => request.startsWith('POST /api')).length, 0)
    const received = await run(stranger, 'receive', '--to', journey.folder(), ...server)
    assert.equal(received.code, 1)
    assert.match(received.err, /does not accept this client/)
  })

  test('on a terminal a bar is shown', async () => {
    const { path, name } = journey.file(50)
    const line = [process.execPath, MAIN, 'send', path, ...server].join(' ')
    const sent = await start(journey.sender, ['-qec', line, '/dev/null'], 'script').ended
    assert.equal(sent.code, 0, sent.out)
    assert.match(sent.out, new RegExp(`\\r${name} {2}░{24} {3}0 %`))
    assert.match(sent.out, new RegExp(`\\r${name} {2}the service is checking it …`))
    assert.match(sent.out, new RegExp(`${name}: accepted`))
    await run(journey.receiver, 'receive', '--to', journey.folder(), ...server)
  })
})

function readJson(line: string): Record<string, unknown> {
  const value: Record<string, unknown> = JSON.parse(line)
  return value
}
