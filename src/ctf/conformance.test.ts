import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spoiltFiles } from '../../test/ctf-mutants-bytes.ts'
import { everyElementChanged, MUTANT_KINDS, structuralMutants, VALID_FILES } from '../../test/ctf-mutants.ts'
import { judge, proveEach, unexplained, type Differences } from '../../test/ctf-verdicts.ts'

// Whether the check and the schema that it is printed as say the same: libxml2 judges every file by the schema of its
// version. docs/decisions/0017-ctf-schema.md explains the differences that are listed here; there are no others.

const SEED = Number(process.env['CTS_SEED'] ?? 1)
const TIMES = process.env['CTS_LONG'] === '1' ? 20 : 1
const MUTANTS = 2400 * TIMES
const SPOILT = 2700 * TIMES

const core = VALID_FILES.find(({ title }) => title === 'core items 26')!.xml

/** A valid file with one text in place of another. */
function changed(from: string, to: string): Buffer {
  assert.ok(core.includes(from), from)
  return Buffer.from(core.replace(from, to))
}

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
const SUPP_INFO = /<SuppInfo(?=[\s>])[^>]*>((?!<\/?SuppInfo[\s>])[^])*<\/SuppInfo>/g

/** Every SuppInfo with nothing but its SuppID in it, from the innermost out. */
function withPlainSuppInfo(text: string): string {
  const taken = text.replace(SUPP_INFO, '\u0001')
  if (taken !== text) return withPlainSuppInfo(taken)
  return text.replaceAll('\u0001', '<SuppInfo><SuppID>1</SuppID></SuppInfo>')
}

/** Where structure is judged differently. */
const STRUCTURE: Differences = {
  'blanks that are none in XML': {
    why: 'a no-break or wide space around a value is taken away, as people mean it; for the schema it is a character',
    example: changed('Llewelyn', '\u00a0'),
    without: (text) =>
      text.replace(/[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|&#xA0;/g, ''),
  },
  'characters as people count them': {
    why: 'a letter with its accent behind it is one character; for the schema it is two',
    example: changed('Llewelyn', 'w\u0302'.repeat(20)),
    without: (text) => text.normalize('NFC'),
  },
  'CDATA between elements': {
    why: 'blanks in it are blanks; libxml2 takes any CDATA for text',
    example: changed('<CTFpupilData>', '<![CDATA[ ]]><CTFpupilData>'),
    without: (text) => text.replaceAll('<![CDATA[ ]]>', ' '),
  },
  'attributes of schemas': {
    why: 'xsi:type, xsi:nil and others say nothing of a pupil; a validator must obey them',
    example: changed('<UPN>', `<UPN ${XSI} xsi:nil="true">`),
    without: (text) => text.replace(/ xsi:(nil|type|other)="[^"]*"/g, ''),
  },
  'prefixes that are not declared': {
    why: 'the format has no namespaces, so only XML 1.0 is asked for; libxml2 asks for XML Namespaces too',
    example: changed('<UPN>', '<UPN xsi:noNamespaceSchemaLocation="CTF.xsd">'),
    without: (text) => text.replaceAll(' xsi:noNamespaceSchemaLocation="CTF.xsd"', ''),
  },
  'the empty default namespace': {
    why: 'no attribute is the format’s; for libxml2 a declaration of a namespace is no attribute',
    example: changed('<UPN>', '<UPN xmlns="">'),
    without: (text) => text.replaceAll(' xmlns=""', ''),
  },
  'inside SuppInfo': {
    why: 'what a supplier puts there is not looked at, not even whether it begins with SuppID',
    example: changed('<SuppID>', '<Other>x</Other><SuppID>'),
    without: withPlainSuppInfo,
  },
}

test('the check and the schema of the version agree on mutants of every kind', () => {
  const seen = new Map(MUTANT_KINDS.map((kind) => [kind, { valid: 0, invalid: 0 }]))
  const odd = []
  for (const { title, kind, version, document } of structuralMutants(SEED, MUTANTS)) {
    const verdicts = judge(document, version)
    assert.ok(
      verdicts.ours.wellFormed,
      `${title} is no mutant of the structure: ${verdicts.ours.rules.join()}`,
    )
    seen.get(kind)![verdicts.ours.valid ? 'valid' : 'invalid']++
    odd.push(...unexplained(title, verdicts, version, STRUCTURE))
  }
  assert.deepEqual(odd, [], `seed ${SEED}`)
  for (const [kind, { valid, invalid }] of seen)
    assert.ok(kind === 'untouched' || invalid > 3, `${kind} ${invalid}, ${valid}`)
  assert.ok(
    [...seen.values()].filter(({ valid }) => valid > 10).length > 5,
    'too few are valid in spite of the change',
  )
})

const EVERY_ELEMENT = ['every block of 18', 'Wales 26', 'sample 26', 'admissions 26']

test('they agree on each element removed, doubled and emptied', () => {
  const odd = []
  for (const { title, version, document } of everyElementChanged(EVERY_ELEMENT))
    odd.push(...unexplained(title, judge(document, version), version, STRUCTURE))
  assert.deepEqual(odd, [])
})

test('every valid file is valid for both', () => {
  for (const { title, version, xml } of VALID_FILES) {
    const { ours, theirs } = judge(Buffer.from(xml), version)
    assert.deepEqual([ours.rules, theirs.said], [[], ''], title)
  }
})

test('every difference in structure that is listed is one', () => proveEach(STRUCTURE))

/** Well formed for libxml2, and yet refused at the gate: the rule that does it, and a file. */
const REFUSED: Readonly<Record<string, [rule: string, example: Buffer]>> = {
  'another encoding than the five': [
    'ctf-002',
    Buffer.from(`<?xml version="1.0" encoding="ISO-8859-15"?>${core}`),
  ],
  'a declaration that contradicts the byte order mark': [
    'ctf-003',
    Buffer.from(`\ufeff<?xml version="1.0" encoding="ISO-8859-1"?>${core}`),
  ],
  'an encoding of two bytes without its mark': [
    'ctf-004',
    Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${core}`, 'utf16le'),
  ],
  'bytes that windows-1252 does not have': [
    'ctf-005',
    Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="windows-1252"?>'),
      changed('Llewelyn', 'Ll\u0081'),
    ]),
  ],
  'XML 1.1': ['ctf-007', Buffer.from(`<?xml version="1.1"?>${core}`)],
  'a document type': ['ctf-008', Buffer.from(`<!DOCTYPE CTfile>${core}`)],
  'a reference to a character that may not stand': ['ctf-011', changed('Llewelyn', '&#x85;')],
  'a control character': ['ctf-012', changed('Llewelyn', 'Ll\u007f')],
  'a character that turns the direction of text': ['ctf-013', changed('Llewelyn', 'Ll\u202e')],
  'elements in elements, more than 64': [
    'ctf-014',
    changed('<Colour>', `${'<a>'.repeat(70)}${'</a>'.repeat(70)}<Colour>`),
  ],
  'more than 32 attributes': [
    'ctf-015',
    changed('<UPN>', `<UPN ${Array.from({ length: 33 }, (_, n) => `a${n}=""`).join(' ')}>`),
  ],
  'names of more than 100 bytes': ['ctf-017', changed('<Colour>', `<${'a'.repeat(101)}/><Colour>`)],
  'text of more than 262,144 bytes': ['ctf-018', changed('Llewelyn', 'x'.repeat(262_145))],
  'comments of more than 16,384 bytes': [
    'ctf-019',
    changed('<Colour>', `<!--${'x'.repeat(16_385)}--><Colour>`),
  ],
  'more than 16 instructions': ['ctf-020', changed('<Colour>', `${'<?x?>'.repeat(17)}<Colour>`)],
}

test('the gate and libxml2 agree which spoilt files are well formed, but for what the gate refuses', () => {
  const gate = new Set(Object.values(REFUSED).map(([rule]) => rule))
  const seen = { wellFormed: 0, broken: 0, refused: 0 }
  for (const { title, version, document } of spoiltFiles(SEED, SPOILT)) {
    const verdicts = judge(document, version)
    const { ours, theirs } = verdicts
    if (ours.wellFormed) {
      assert.ok(theirs.wellFormed !== false, `seed ${SEED}, ${title}: libxml2 says ${theirs.said}`)
      assert.deepEqual(unexplained(title, verdicts, version, STRUCTURE), [], `seed ${SEED}`)
      seen.wellFormed++
    } else if (theirs.wellFormed) {
      assert.ok(gate.has(ours.rules[0]!), `seed ${SEED}, ${title}: we say ${ours.rules[0]}`)
      seen.refused++
    } else seen.broken++
  }
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 50, `${what} ${count}`)
})

test('everything that the gate refuses beyond XML 1.0 is well formed for libxml2', () => {
  for (const [title, [rule, example]] of Object.entries(REFUSED)) {
    const { ours, theirs } = judge(example, 26)
    assert.deepEqual([ours.rules, theirs.wellFormed], [[rule], true], `${title}: ${theirs.said}`)
  }
})
