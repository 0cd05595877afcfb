import type { RegisterRow } from './differences.ts'
import { nameKey, normalPostcode, readPhone, sectorOfNumber, type Sector } from './rules.ts'

/** Gives a row's cell by its column's head, however that is spaced and capitalised; undefined without such a column. */
export type Cell = (head: string) => string | undefined

/** A head without spaces, punctuation and capitals: "School Number" and "school_number" are one. */
export function plainHead(head: string): string {
  return head.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** The columns that a Welsh address list must have, by their heads; the name's may also be "Name". */
export const WELSH_COLUMNS = ['School Number', 'School Name', 'Address 1', 'Postcode'] as const

/** Counties, old and new, that close an address without being its town. */
const COUNTIES = new Set(
  `Anglesey, Isle of Anglesey, Ynys Môn, Gwynedd, Denbighshire, Sir Ddinbych, Flintshire, Sir y Fflint, Powys, Ceredigion,
   Pembrokeshire, Sir Benfro, Carmarthenshire, Sir Gaerfyrddin, Sir Gâr, Torfaen, Neath Port Talbot,
   Castell-nedd Port Talbot, Vale of Glamorgan, The Vale of Glamorgan, Bro Morgannwg, Rhondda Cynon Taf, Blaenau Gwent,
   Monmouthshire, Sir Fynwy, Mid Glamorgan, Clwyd, Dyfed, Gwent, Herefordshire, Salop, Shropshire`
    .split(',')
    .map(nameKey),
)

/** Towns that gave their name to an LA: such a last line may be either. */
const TOWN_AND_COUNTY = new Set(
  ['Conwy', 'Bridgend', 'Pen-y-bont ar Ogwr', 'Caerphilly', 'Caerffili'].map(nameKey),
)

const STREET =
  /^(\d|c\/o|heol|ffordd|stryd|lôn|rhodfa)|\b(road|street|lane|avenue|drive|close|crescent|way|terrace|place|hill|square|grove|row|rd|st|park)\.?$/i

/** The town of an address: its last line that is neither a county nor a street; null without any line. */
export function townOfAddress(lines: readonly string[]): string | null {
  const places = lines.filter((line) => !COUNTIES.has(nameKey(line)))
  const town =
    places.findLast((line) => !STREET.test(line) && !TOWN_AND_COUNTY.has(nameKey(line))) ??
    places.findLast((line) => TOWN_AND_COUNTY.has(nameKey(line))) ??
    places.at(-1) ??
    lines.at(-1)
  return town?.replace(/^(nr\. ?|nr |near |via |ger )(?=[A-Z])/i, '') ?? null
}

/** The sector by the sheet or the sector that the list names, in either language. */
function sectorOf(text: string): Sector | undefined {
  const word = text.toLowerCase()
  if (/^(pru|ucd|pupil referral)/.test(word)) return 'pru'
  if (/^(independent|annibynnol)/.test(word)) return 'independent'
  return word === '' ? undefined : 'maintained'
}

/**
 * A row of a Welsh address list (Welsh Government, "Address list of schools"), `cell` giving its cells by their heads.
 * The list holds the schools that are open. Null when the school has no number yet.
 */
export function readWelshRow(cell: Cell): RegisterRow | null {
  const code = cell('School Number') ?? ''
  if (code === '') return null
  const address = [1, 2, 3, 4]
    .map((n) => (cell(`Address ${n}`) ?? '').replace(/[,\s]+$/, ''))
    .filter((line) => line !== '')
  const phone = cell('Phone Number')
  const sector = sectorOf(cell('List') ?? '') ?? sectorOf(cell('Sector') ?? '')
  return {
    code,
    urn: null,
    laName: cell('Local Authority') ?? cell('LA Name EN') ?? null,
    previous: null,
    fields: {
      nameEn: cell('School Name') ?? cell('Name') ?? '',
      address,
      town: townOfAddress(address),
      postcode: normalPostcode(cell('Postcode') ?? ''),
      ...(phone === undefined ? {} : { phone: readPhone(phone) }),
      status: 'open',
      closed: null,
      ...(sector ? { sector } : {}),
    },
    whenNew: { sector: sectorOfNumber(code) },
  }
}
