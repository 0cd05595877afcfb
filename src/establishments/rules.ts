import type { InBoth, Language } from '../kit/i18n.ts'

/** Pure rules of the register: codes, names, nations, sectors, postcodes and the words that the finder looks in. */

/** What an organisation is. */
export type OrganisationKind = 'school' | 'authority' | 'department' | 'supplier'

/** Who maintains a school. An academy or free school counts as maintained: it is paid for by the state. */
export type Sector = 'maintained' | 'independent' | 'pru' | 'other'

/** Whether an organisation is at work now. */
export type Status = 'open' | 'closed' | 'proposed'

/** The languages in which an organisation is written to. */
export type MailLanguage = 'en' | 'cy' | 'both'

/** The department of either nation: the source and destination 101LLLL of files to it. */
export const DEPARTMENT = '101LLLL'

/**
 * What kind of organisation a code names; null when it is none. Codes are seven characters in upper case:
 * LA and establishment number (6804020), an LA (680LLLL), the department (101LLLL), a supplier (SUP0001).
 */
export function kindOfCode(code: string): OrganisationKind | null {
  if (code === DEPARTMENT) return 'department'
  if (/^\d{7}$/.test(code)) return 'school'
  if (/^\d{3}LLLL$/.test(code)) return 'authority'
  return /^SUP\d{4}$/.test(code) ? 'supplier' : null
}

/** The code of the LA that a school's or an LA's code begins with: 680LLLL for 6804020. */
export function authorityOf(code: string): string {
  return `${code.slice(0, 3)}LLLL`
}

/** The name of an organisation in a language; most schools have one name for both. */
export function establishmentName(
  { nameEn, nameCy }: { nameEn: string; nameCy: string | null },
  language: Language,
): string {
  return language === 'cy' ? (nameCy ?? nameEn) : nameEn
}

/** The name of an organisation in both languages: an LA has two, a school the one it gave itself. */
export function bothNames({ nameEn, nameCy }: { nameEn: string; nameCy: string | null }): InBoth {
  return { en: nameEn, cy: nameCy ?? nameEn }
}

/** The nation of a code: LA numbers 660 to 681 are the Welsh ones (DfE code set CS003). */
export function nationOf(code: string): 'wales' | 'england' | 'both' {
  if (code === DEPARTMENT || code.startsWith('SUP')) return 'both'
  const la = code.slice(0, 3)
  return la >= '660' && la <= '681' ? 'wales' : 'england'
}

/** The language an organisation is written to in until it chooses: in Wales, both. */
export function defaultLanguage(code: string): MailLanguage {
  return nationOf(code) === 'england' ? 'en' : 'both'
}

/** A postcode in upper case with its one space (NP10 8XY); null when the text is none. */
export function normalPostcode(text: string): string | null {
  const found = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec(text.toUpperCase().replaceAll(/\s/g, ''))
  return found ? `${found[1]} ${found[2]}` : null
}

/** A telephone number as it is kept, its spaces single; null when the text is none. An extension may follow. */
export function readPhone(text: string): string | null {
  const phone = text.trim().replaceAll(/\s+/g, ' ')
  const digits = phoneDigits(phone).length
  return /^[+(]?\d[\d ()./-]*( ?(x|ext\.?|est\.?) ?\d{1,6})?$/i.test(phone) && digits >= 5 && digits <= 21
    ? phone
    : null
}

/** What makes two telephone numbers the same: their digits. */
export function phoneDigits(phone: string): string {
  return phone.replaceAll(/\D/g, '')
}

/** Whether a text can stand as a name or town: one line of 1 to 200 characters that can be seen. */
export function isLine(text: string): boolean {
  return text.trim() !== '' && text.length <= 200 && !/\p{C}/u.test(text)
}

/**
 * The sector by the establishment number alone, for lists that do not say it: 11xx pupil referral units, 6xxx
 * independent schools, 8xxx colleges, as the numbers of England and Wales are given out.
 */
export function sectorOfNumber(code: string): Sector {
  const number = code.slice(3)
  if (number.startsWith('11')) return 'pru'
  if (number.startsWith('6')) return 'independent'
  return number.startsWith('8') ? 'other' : 'maintained'
}

/** The sector by GIAS's type group and type, both as codes (type 14 is the pupil referral unit). */
export function sectorOfGias(group: string, type: string): Sector | null {
  if (type === '14') return 'pru'
  if (group === '3') return 'independent'
  // 4 LA maintained, 5 special, 10 academies, 11 free schools
  if (['4', '5', '10', '11'].includes(group)) return 'maintained'
  // 6 is "Welsh schools": who maintains them stands in the Welsh list
  return group === '' || group === '6' ? null : 'other'
}

/** The status by GIAS's code or name: 3 is "Open, but proposed to close"; null when it is neither. */
export function statusOfGias(text: string): Status | null {
  const word = text.trim().toLowerCase()
  if (word === '1' || word === '3' || word.startsWith('open')) return 'open'
  if (word === '2' || word === 'closed') return 'closed'
  return word === '4' || word === 'proposed to open' ? 'proposed' : null
}

/** A name's words as they are compared: lower case, without accents and apostrophes; what is no letter or digit parts words. */
export function wordsOfText(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replaceAll(/[\p{M}'’‘`]/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
  return plain.match(/[a-z0-9]+/g) ?? []
}

/** What is sorted by, and compared as a whole: the words of a name with one space between them. */
export function nameKey(name: string): string {
  return wordsOfText(name).join(' ')
}

/** What the finder knows an organisation by. */
export interface Findable {
  code: string
  urn: string | null
  nameEn: string
  nameCy: string | null
  town: string | null
  address: readonly string[]
  postcode: string | null
}

/**
 * The finder's words of an organisation as PostgreSQL reads a tsvector; those of its own names carry the weight A,
 * so that they can be asked for alone. A hyphenated name is found with and without its hyphens.
 */
export function searchWords(
  one: Findable,
  authority: { nameEn: string; nameCy: string | null } | null,
): string {
  const names = wordsOfName(`${one.nameEn} ${one.nameCy ?? ''}`)
  const rest = [
    ...wordsOfName(`${authority?.nameEn ?? ''} ${authority?.nameCy ?? ''}`),
    ...wordsOfName([...one.address, one.town ?? ''].join(' ')),
    ...[one.code, one.code.slice(0, 3), one.code.slice(3), one.urn ?? ''].map((word) => word.toLowerCase()),
    ...wordsOfText(one.postcode ?? ''),
    (one.postcode ?? '').toLowerCase().replace(' ', ''),
  ]
  const plain = rest.filter((word) => word !== '' && !names.includes(word))
  return [
    ...new Set(names.map((word) => `'${word}':1A`)),
    ...new Set(plain.map((word) => `'${word}':1`)),
  ].join(' ')
}

function wordsOfName(name: string): string[] {
  const hyphenated = name.match(/\S+-\S+/g) ?? []
  return [...wordsOfText(name), ...hyphenated.map((word) => wordsOfText(word).join(''))].filter(Boolean)
}

/** What somebody looks for: every word begins a word of the organisation. Null when nothing is left to look for. */
export function searchQuery(text: string): { all: string; inName: string; phrase: string } | null {
  const words = wordsOfText(text).slice(0, 20)
  if (words.length === 0) return null
  return {
    all: words.map((word) => `'${word}':*`).join(' & '),
    inName: words.map((word) => `'${word}':*A`).join(' & '),
    phrase: words.join(' '),
  }
}

/** The seven digits of a school that a text writes as 6804020, 680/4020, 680 4020, or 4020 with its LA; else null. */
export function schoolNumber(text: string, la: string | null): string | null {
  const trimmed = text.trim()
  const whole = /^(\d{3})[\s/.-]{0,3}(\d{4})$/.exec(trimmed)
  if (whole) return `${whole[1]}${whole[2]}`
  return la !== null && /^\d{4}$/.test(trimmed) ? `${la}${trimmed}` : null
}

/** What `changeProblem` needs to know of the register; null: not in it. */
export interface RegisterState {
  /** The LA of the school is there. */
  authority: boolean
  school: Status | null
  successor: Status | null
  /** The successor is not there yet, but proposed. */
  announced: boolean
}

/** Why a change of the register by hand cannot be made, or null when it can. */
export function changeProblem(
  {
    kind,
    code,
    successor,
  }: { kind: 'new' | 'close' | 'merge' | 'rename'; code: string; successor: string | null },
  state: RegisterState,
):
  | 'authority-unknown'
  | 'number-taken'
  | 'school-unknown'
  | 'school-closed'
  | 'successor-missing'
  | 'successor-itself'
  | 'successor-unknown'
  | 'successor-closed'
  | null {
  if (!state.authority) return 'authority-unknown'
  // one that is proposed to open may be opened
  if (kind === 'new') return state.school === null || state.school === 'proposed' ? null : 'number-taken'
  if (state.school === null) return 'school-unknown'
  if (state.school === 'closed') return 'school-closed'
  if (kind === 'rename') return null
  if (successor === null) return kind === 'merge' ? 'successor-missing' : null
  if (successor === code) return 'successor-itself'
  if (state.successor === null) return state.announced ? null : 'successor-unknown'
  return state.successor === 'closed' ? 'successor-closed' : null
}

/** The code of the supplier after this one (null: the first): SUP0001, SUP0002, …; null when none is left. */
export function supplierAfter(code: string | null): string | null {
  const number = code === null ? 1 : Number(code.slice(3)) + 1
  return number > 9999 ? null : `SUP${String(number).padStart(4, '0')}`
}
