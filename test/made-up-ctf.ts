import assert from 'node:assert/strict'
import { parseFileName, type FileName } from '../src/ctf/file-name.ts'
import { checkCtf } from '../src/ctf/check-ctf.ts'

/** The day the made-up file is read on. */
export const TODAY = '2026-11-22'

const HEADER =
  '<DocumentName>Common Transfer File</DocumentName><CTFversion>26.0</CTFversion>' +
  '<DateTime>2026-11-20T10:00:00</DateTime><DocumentQualifier>full</DocumentQualifier>' +
  '<SupplierID>Tests</SupplierID><SourceSchool><LEA>681</LEA><Estab>4039</Estab>' +
  '<SchoolName>Ysgol Ddychmygol</SchoolName><AcademicYear>2026</AcademicYear></SourceSchool>' +
  '<DestSchool><LEA>680</LEA><Estab>4020</Estab></DestSchool>'
/** What stands in a pupil at least. */
export const PUPIL =
  '<UPN>B801200005001</UPN><Surname>Llewelyn</Surname><Forename>Siân</Forename><DOB>2015-03-01</DOB><Sex>F</Sex>'
/** An address without a finding. */
export const ADDRESS =
  '<Address><BS7666Address><PAON>1</PAON><Town>Newport</Town></BS7666Address><PostCode>NP20 1AA</PostCode></Address>'

/** A full transfer file of one pupil without a finding. */
export const good = `<?xml version="1.0"?>\n<CTfile><Header>${HEADER}</Header>
<CTFpupilData>
<Pupil>${PUPIL.replace('B801200005001', 'H801200001001')}${ADDRESS}</Pupil>
</CTFpupilData></CTfile>`

/** The good file with one text in place of another, which must be there. */
export function changed(from: string, to: string): string {
  assert.ok(good.includes(from), from)
  return good.replace(from, to)
}

/** The good file with more at the end of its pupil. */
export const withPupil = (xml: string) => changed('</Pupil>', `${xml}</Pupil>`)

/** The good file with more behind a text. */
export const between = (after: string, xml: string) => changed(after, `${after}${xml}`)

/** The good file with another value in the first element of a name. */
export const value = (name: string, to: string) =>
  good.replace(new RegExp(`<${name}>[^<]*</${name}>`), `<${name}>${to}</${name}>`)

/** How a file is read, where not as usual. */
export interface Options {
  name?: string
  today?: string
}

/** Reads a file as on TODAY, under a name if one is given. */
export function read(document: string | Uint8Array, { name, today = TODAY }: Options = {}) {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document
  return checkCtf(bytes, { today, name: name ? nameOf(name) : undefined })
}

function nameOf(name: string): FileName {
  const parsed = parseFileName(name)
  assert.ok(parsed.ok, name)
  return parsed.name
}
