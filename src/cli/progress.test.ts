import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from '../kit/i18n.ts'
import { openScreen, plain, type Screen } from './progress.ts'

const NAME = '6814039_CTF_6804020_001.XML'
const MIB = 1024 * 1024

function screenOn(
  isTTY: boolean,
  columns = 80,
  quiet = false,
): { screen: Screen; err(): string; out(): string } {
  const written = { out: '', err: '' }
  const to = (key: 'out' | 'err') => (text: string | Uint8Array) => {
    written[key] += String(text)
    return true
  }
  const outputs = { out: { write: to('out') }, err: { write: to('err'), isTTY, columns } }
  const screen = openScreen(wordsOf('en'), quiet, outputs)
  return { screen, err: () => written.err, out: () => written.out }
}

test('on a terminal a bar stands while a file goes out, then that it is checked', () => {
  const { screen, err, out } = screenOn(true)
  screen.progress('sending', NAME, 0, 2 * MIB)
  assert.match(err(), /\r6814039_CTF_6804020_001\.XML {2}░{24} {3}0 % {2}0\.0 KiB \/ 2\.0 MiB/)
  screen.progress('sending', NAME, 2 * MIB, 2 * MIB)
  assert.match(err(), /\r6814039_CTF_6804020_001\.XML {2}the service is checking it …/)
  screen.print('done')
  assert.ok(err().endsWith('\r\u001b[K'))
  assert.equal(out(), 'done\n')
})

test('a bar that has reached the end of a download says so', () => {
  const { screen, err } = screenOn(true)
  screen.progress('receiving', NAME, 1024, 1024)
  assert.match(err(), /█{24} 100 % {2}1\.0 KiB \/ 1\.0 KiB/)
})

test('the bar is not drawn at every piece', () => {
  const { screen, err } = screenOn(true)
  for (let done = 0; done < 1000; done += 1) screen.progress('sending', NAME, done, 1000)
  assert.ok(err().split('\r').length < 20)
})

test('the bar keeps to one line of a narrow terminal', () => {
  const { screen, err } = screenOn(true, 30)
  screen.progress('sending', NAME, 10, 100)
  assert.equal(err(), '\r6814039_CTF_6804020_001.XML  \u001b[K')
})

test('in a pipe there is a plain line when a file begins', () => {
  const { screen, err } = screenOn(false)
  for (let done = 0; done <= 10; done += 1) screen.progress('receiving', NAME, done, 10)
  screen.clear()
  assert.equal(err(), `Receiving ${NAME} (0.0 KiB) …\n`)
})

test('for a program there is none', () => {
  const { screen, err } = screenOn(false, 80, true)
  screen.progress('sending', NAME, 0, 10)
  assert.equal(err(), '')
})

test('text from elsewhere cannot steer the terminal', () => {
  assert.equal(plain('a\u001b[2Jb\u202Ec\r\nd\u009B0m Siân'), 'a [2Jb c  d 0m Siân')
})
