import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorTime } from '../../test/processor-time.ts'
import {
  FILE_KINDS,
  fileNameOf,
  nextSerial,
  parseFileName,
  type FileKind,
  type NameProblem,
} from './file-name.ts'

// name, kind, type, source, destination, serial, canonical name where it differs from the name in capitals
const valid: [string, FileKind, string, string, string, string | null, string?][] = [
  ['6814039_CTF_6804020_001.XML', 'ctf', 'CTF', '6814039', '6804020', '001'],
  ['6814039_CTF_6804020_999.xml', 'ctf', 'CTF', '6814039', '6804020', '999'],
  ['6814039_ctf_6804020_001.Xml', 'ctf', 'CTF', '6814039', '6804020', '001'],
  ['6814039_CTF_MMMMMMM_001.XML', 'ctf', 'CTF', '6814039', 'MMMMMMM', '001'],
  ['6814039_CTF_XXXXXXX_001.XML', 'ctf', 'CTF', '6814039', 'XXXXXXX', '001'],
  ['6814039_ctf_xxxxxxx_001.xml', 'ctf', 'CTF', '6814039', 'XXXXXXX', '001'],
  ['6814039_CTF_680LLLL_001.XML', 'ctf', 'CTF', '6814039', '680LLLL', '001'],
  ['680LLLL_CTF_6814039_001.XML', 'ctf', 'CTF', '680LLLL', '6814039', '001'],
  ['680LLLL_CTF6814039_001.XML', 'ctf', 'CTF', '680LLLL', '6814039', '001', '680LLLL_CTF_6814039_001.XML'],
  ['680llll_ctf6814039_001.xml', 'ctf', 'CTF', '680LLLL', '6814039', '001', '680LLLL_CTF_6814039_001.XML'],
  ['680LLLL_CTF_681LLLL_001.XML', 'ctf', 'CTF', '680LLLL', '681LLLL', '001'],
  ['680LLLL_CTF_XXXXXXX_001.XML', 'ctf', 'CTF', '680LLLL', 'XXXXXXX', '001'],
  ['680LLLL_CTF_MMMMMMM_001.XML', 'ctf', 'CTF', '680LLLL', 'MMMMMMM', '001'],
  ['6814039_CTF_6814039_001.XML', 'ctf', 'CTF', '6814039', '6814039', '001'],
  ...['FSP', 'KS1', 'KS2', 'KS3', 'PHO', 'FSM', 'ULN', 'OTH', 'FPH', 'WNT', 'CMJ', 'CML'].map(
    (type): [string, FileKind, string, string, string, string] => [
      `6814039_${type}_6804020_001.XML`,
      'transfer',
      type,
      '6814039',
      '6804020',
      '001',
    ],
  ),
  ['9991001_KS2_9991001_001.xml', 'transfer', 'KS2', '9991001', '9991001', '001'],
  ['6814039_CML_681LLLL_001.XML', 'transfer', 'CML', '6814039', '681LLLL', '001'],
  ['823LLLL_ATF_8234321_001.XML', 'admissions', 'ATF', '823LLLL', '8234321', '001'],
  ['823ADMS_ADT_8234321_0001.XML', 'admissions', 'ADT', '823ADMS', '8234321', '0001'],
  ['823LLLL_ALT_822LLLL_00001.XML', 'admissions', 'ALT', '823LLLL', '822LLLL', '00001'],
  ['823ADMS_APT_822ADMS_001.XML', 'admissions', 'APT', '823ADMS', '822ADMS', '001'],
  ['8234321_ASL_823LLLL_001.XML', 'admissions', 'ASL', '8234321', '823LLLL', '001'],
  ['8234321_ASL_823ADMS_001.XML', 'admissions', 'ASL', '8234321', '823ADMS', '001'],
  ['6814039_PLA_681PLAS_001.XML', 'census', 'PLA', '6814039', '681PLAS', '001'],
  ['681PLAS_PLA_6814039_001.XML', 'census', 'PLA', '681PLAS', '6814039', '001'],
  ['6814039_SC1_681LLLL_001.XML', 'census', 'SC1', '6814039', '681LLLL', '001'],
  ['6814039_SC2_681LLLL_001.XML', 'census', 'SC2', '6814039', '681LLLL', '001'],
  ['681LLLL_SC3_6814039_001.XML', 'census', 'SC3', '681LLLL', '6814039', '001'],
  ['6814039_6804020_FFT15.ZIP', 'generic', 'FFT15', '6814039', '6804020', null],
  ['6814039_680LLLL_FFT15.ZIP', 'generic', 'FFT15', '6814039', '680LLLL', null],
  ['680LLLL_6814039_FFT15.ZIP', 'generic', 'FFT15', '680LLLL', '6814039', null],
  ['680LLLL_101LLLL_A.ZIP', 'generic', 'A', '680LLLL', '101LLLL', null],
  ['6814039_SUP0001_a-b-c-123456789.zip', 'generic', 'A-B-C-123456789', '6814039', 'SUP0001', null],
  ['SUP0001_680LLLL_LOGS.ZIP', 'generic', 'LOGS', 'SUP0001', '680LLLL', null],
  ['681PLAS_6814039_X.ZIP', 'generic', 'X', '681PLAS', '6814039', null],
  ['681ADMS_6814039_X.ZIP', 'generic', 'X', '681ADMS', '6814039', null],
  ['6814039_6804020_CTF.ZIP', 'generic', 'CTF', '6814039', '6804020', null],
]

const copies: [string, string][] = [
  ['6814039_CTF_6804020_001 (1).xml', '6814039_CTF_6804020_001.XML'],
  ['6814039_CTF_6804020_001(1).XML', '6814039_CTF_6804020_001.XML'],
  ['6814039_CTF_6804020_001 (12).xml', '6814039_CTF_6804020_001.XML'],
  ['6814039_6804020_FFT15 (2).zip', '6814039_6804020_FFT15.ZIP'],
  ['680LLLL_CTF6814039_001 (1).XML', '680LLLL_CTF_6814039_001.XML'],
]

const refused: [string, NameProblem, string?][] = [
  ['', 'empty'],
  ['6'.repeat(252) + '.XML', 'too-long'],
  ['6814039_CTF_6804020_001.XML\0', 'control'],
  ['6814039_CTF_6804020_001.XML\n', 'control', '6814039_CTF_6804020_001.XML'],
  ['6814039_CTF_6804020_001\u0085.XML', 'control'],
  ['6814039_CTF_6804020_001\t.XML', 'control'],
  ['6814039_CTF_68０4020_001.XML', 'not-ascii'],
  ['6814039_CTF_6804020_00١.XML', 'not-ascii'],
  ['6814039_СTF_6804020_001.XML', 'not-ascii'],
  ['\u202e6814039_CTF_6804020_001.XML', 'not-ascii'],
  ['6814039_CTF_ŵŵŵŵŵŵŵ_001.XML', 'not-ascii'],
  ['6814039_CTF_680ıııı_001.XML', 'not-ascii'],
  ['../6814039_CTF_6804020_001.XML', 'path', '6814039_CTF_6804020_001.XML'],
  ['/tmp/6814039_CTF_6804020_001.xml', 'path', '6814039_CTF_6804020_001.XML'],
  ['C:\\out\\6814039_CTF_6804020_001.XML', 'path', '6814039_CTF_6804020_001.XML'],
  ['6814039_CTF_6804020_001.XML:stream', 'path'],
  ['6814039_CTF_6804020_001.XML.', 'trailing', '6814039_CTF_6804020_001.XML'],
  ['6814039_CTF_6804020_001.XML ', 'trailing', '6814039_CTF_6804020_001.XML'],
  [' 6814039_CTF_6804020_001.XML', 'trailing', '6814039_CTF_6804020_001.XML'],
  ['6814039_CTF_6804020_001', 'extension'],
  ['6814039_CTF_6804020_001.XLS', 'extension'],
  ['6814039_CTF_6804020_001.XML.EXE', 'extension'],
  ['6814039_CTF_6804020_001.XML.XML', 'serial'],
  ['6814039_CTF_6804020_001.ZIP', 'parts'],
  ['6814039_CTF_6804020.XML', 'parts'],
  ['6814039_CTF_6804020_001_002.XML', 'parts'],
  ['_CTF_6804020_001.XML', 'source'],
  ['.XML', 'parts'],
  ['681403_CTF_6804020_001.XML', 'source'],
  ['68140399_CTF_6804020_001.XML', 'source'],
  ['XXXXXXX_CTF_6804020_001.XML', 'source'],
  ['MMMMMMM_CTF_6804020_001.XML', 'source'],
  ['68LLLLL_CTF_6804020_001.XML', 'source'],
  ['ABC4039_CTF_6804020_001.XML', 'source'],
  ['6814039_CTF_680402_001.XML', 'destination'],
  ['6814039_CTF_XXXXXX_001.XML', 'destination'],
  ['6814039_CTF_XXXMMMM_001.XML', 'destination'],
  ['6814039_CTF_LLLL680_001.XML', 'destination'],
  ['6814039_CTF__001.XML', 'destination'],
  ['6814039_CTX_6804020_001.XML', 'type'],
  ['6814039__6804020_001.XML', 'type'],
  ['6814039_KS9_6804020_001.XML', 'type'],
  ['6814039_AOT_681LLLL_001.XML', 'type'],
  ['6814039_KS26804020_001.XML', 'parts'],
  ['6814039_CTF_6804020_1.XML', 'serial', '6814039_CTF_6804020_001.XML'],
  ['6814039_CTF_6804020_0001.XML', 'serial'],
  ['6814039_CTF_6804020_00A.XML', 'serial'],
  ['6814039_CTF_6804020_.XML', 'serial'],
  ['6814039_CTF_6804020_001 .XML', 'serial'],
  ['6814039_CTF_6804020_001 (1) (2).XML', 'serial'],
  ['6814039_CTF_6804020_001 (1234).XML', 'serial'],
  ['823LLLL_ATF_8234321_000001.XML', 'serial'],
  ['6814039_6804020_.ZIP', 'text'],
  ['6814039_6804020_ABCDEFGHIJKLMNOP.ZIP', 'text'],
  ['6814039_6804020_TWO WORDS.ZIP', 'text'],
  ['6814039_6804020_A.B.ZIP', 'text'],
  ['6814039_6804020_A_B.ZIP', 'parts'],
  ['6814039_CTF_681PLAS_001.XML', 'route'],
  ['6814039_CTF_SUP0001_001.XML', 'route'],
  ['6814039_KS2_XXXXXXX_001.XML', 'route'],
  ['681LLLL_KS2_6814039_001.XML', 'route'],
  ['6814039_ATF_6804020_001.XML', 'route'],
  ['6814039_PLA_6804020_001.XML', 'route'],
  ['681LLLL_PLA_680LLLL_001.XML', 'route'],
  ['SUP0001_SUP0002_LOGS.ZIP', 'route'],
  ['6814039_XXXXXXX_LOGS.ZIP', 'route'],
]

test('every valid name is read, whatever its letter case, and has one canonical spelling', () => {
  for (const [name, kind, type, source, destination, serial, canonical = name.toUpperCase()] of valid) {
    const read = parseFileName(name)
    assert.ok(read.ok, name)
    const lost = destination === 'XXXXXXX' ? 'X' : destination === 'MMMMMMM' ? 'M' : null
    assert.deepEqual(read.name, {
      kind,
      type,
      source,
      destination,
      serial,
      canonical,
      lost,
      browserCopy: false,
    })
    assert.equal(fileNameOf(read.name), canonical)
  }
  assert.deepEqual(new Set(valid.map(([, kind]) => kind)), new Set(FILE_KINDS))
})

test('a browser’s copy of a file is recognised and said so', () => {
  for (const [name, canonical] of copies) {
    const read = parseFileName(name)
    assert.ok(read.ok && read.name.browserCopy && read.name.canonical === canonical, name)
  }
})

test('any other name is refused with its problem, and the name that was plainly meant', () => {
  for (const [name, problem, suggestion] of refused) {
    const expected = suggestion === undefined ? { ok: false, problem } : { ok: false, problem, suggestion }
    assert.deepEqual(parseFileName(name), expected, JSON.stringify(name))
  }
})

test('a hostile name is answered at once', () => {
  const started = processorTime()
  for (const piece of ['(', ' (1)', '_', 'CTF', ' ', '.', '/'])
    parseFileName(piece.repeat(255 / piece.length))
  parseFileName('/'.repeat(10_000_000))
  assert.ok(processorTime() - started < 100)
})

test('no name is written that could not be read', () => {
  const parts = { type: 'CTF', source: '6814039', destination: '6804020', serial: '001' }
  for (const wrong of [
    { type: 'X' },
    { source: 'XXXXXXX' },
    { destination: '' },
    { serial: '1' },
    { serial: null, type: 'A B' },
  ])
    assert.throws(() => fileNameOf({ ...parts, ...wrong }), RangeError)
})

test('serial numbers go from 001 to 999 and round', () => {
  assert.deepEqual([null, '001', '009', '998', '999'].map(nextSerial), ['001', '002', '010', '999', '001'])
})
