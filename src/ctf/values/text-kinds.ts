import { codeSet } from '../codes/code-sets.ts'
import { RIGHT, breach, collapsed, type Breach, type ValueKind } from './value-kind.ts'

/** Text of at most so many characters (CBDS A(n)). */
export function text(most: number): ValueKind {
  return { base: 'xs:token', facets: [['maxLength', String(most)]], form: (value) => tooLong(value, most) }
}

/** Characters are counted as a person counts them: a decomposed ŵ once, doubled blanks once. */
function tooLong(value: string, most: number): readonly Breach[] {
  if (value.length <= most) return RIGHT
  let length = 0
  for (const _ of collapsed(value).normalize('NFC')) length++
  return length <= most ? RIGHT : [['ctf-120', { length, most }]]
}

/** One text and no other. */
export function fixed(words: string, rule: string): ValueKind {
  const wrong: readonly Breach[] = [[rule, { expected: words }]]
  return {
    base: 'xs:token',
    facets: [['enumeration', words]],
    form: (value) => (value === words || collapsed(value) === words ? RIGHT : wrong),
  }
}

/** Names, of which CBDS N00005 and N00047 want a single blank between each two. */
export function names(most: number): ValueKind {
  const wrong = breach('ctf-145')
  return { ...text(most), item: (value) => (value.includes('  ') || /[\t\n\r]/.test(value) ? wrong : RIGHT) }
}

/** CBDS N00046: these are spelled exactly so, any other is free text. */
const TITLES = ['Mr', 'Mrs', 'Ms', 'Miss', 'Rev', 'Fr', 'Dr', 'Prof', 'Hon', 'Sir', 'Lord', 'Lady']
const SPELLED: ReadonlySet<string> = new Set(TITLES)
const TITLE_OF: ReadonlyMap<string, string> = new Map(TITLES.map((title) => [title.toLowerCase(), title]))

/** The title of a contact. */
export const TITLE: ValueKind = {
  ...text(35),
  item(value) {
    if (SPELLED.has(value)) return RIGHT
    const title = TITLE_OF.get((value.endsWith('.') ? value.slice(0, -1) : value).toLowerCase())
    return title === undefined ? RIGHT : [['ctf-146', { title }]]
  },
}

const NOT_DIGITS = breach('ctf-133')

/** CBDS N00231: digits, and a + before them. Real files have spaces and hyphens, which only warn. */
export const PHONE: ValueKind = {
  ...text(35),
  item(value) {
    const first = value.charCodeAt(0) === 43 ? 1 : 0
    if (value.length === first) return NOT_DIGITS
    for (let at = first; at < value.length; at++) {
      const code = value.charCodeAt(at)
      if (code < 48 || code > 57) return NOT_DIGITS
    }
    return RIGHT
  },
}

const NO_EMAIL = breach('ctf-134')

/** CBDS N00220: one @ between two parts of at most 127 characters. */
export const EMAIL: ValueKind = {
  ...text(254),
  item(value) {
    const at = value.indexOf('@')
    const behind = value.length - at - 1
    const parted = at >= 1 && at <= 127 && behind >= 1 && behind <= 127
    return parted && value.indexOf('@', at + 1) < 0 && !/\s/.test(value) ? RIGHT : NO_EMAIL
  },
}

/** The marks that one character writes and that are verified; later ones of two characters are not parted. */
const MARKS: readonly boolean[] = Array.from({ length: 128 }, (_, at) => {
  const mark = codeSet('attendance').codes.get(String.fromCharCode(at))
  return mark?.certainty === 'V'
})

/**
 * CBDS N00165: the marks of all sessions in one string. How codes of two characters are strung together since
 * August 2024 is not verified, so the string is left whole and a character that is no mark only warns.
 */
export const ATTENDANCE_MARKS: ValueKind = {
  ...text(999),
  item(value) {
    for (let at = 0; at < value.length; at++)
      if (MARKS[value.charCodeAt(at)] !== true) return strangeMarks(value)
    return RIGHT
  },
}

function strangeMarks(value: string): readonly Breach[] {
  const strange = new Set<string>()
  for (const mark of value) if (MARKS[mark.charCodeAt(0)] !== true && strange.size < 5) strange.add(mark)
  return [['ctf-149', { marks: [...strange].map((mark) => `“${mark}”`).join(' ') }]]
}
