import type { RegisterFields, RegisterRow } from './differences.ts'
import {
  nationOf,
  normalPostcode,
  readPhone,
  sectorOfGias,
  sectorOfNumber,
  statusOfGias,
  type Status,
} from './rules.ts'
import type { Cell } from './welsh-list.ts'

/** The columns that an extract of Get Information about Schools must have; what else it has is used too. */
export const GIAS_COLUMNS = ['URN', 'LA (code)', 'EstablishmentNumber', 'EstablishmentName'] as const

/** A date of GIAS (dd-mm-yyyy, at times dd/mm/yyyy) as CCYY-MM-DD; null when it is none. */
export function giasDate(text: string): string | null {
  const found = /^(\d{2})[-/](\d{2})[-/](\d{4})$/.exec(text.trim())
  if (!found) return null
  const date = `${found[3]}-${found[2]}-${found[1]}`
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null
}

function status(cell: Cell): Status | undefined {
  const named =
    statusOfGias(cell('EstablishmentStatus (code)') ?? '') ??
    statusOfGias(cell('EstablishmentStatus (name)') ?? '')
  if (named) return named
  const closed = cell('CloseDate')
  return closed === undefined ? undefined : giasDate(closed) ? 'closed' : 'open'
}

/** A value by whether its column stands in the file: what the file does not have is not compared. */
function present(
  key: keyof RegisterFields,
  cell: Cell,
  head: string,
  read: (text: string) => string | null,
): object {
  const text = cell(head)
  return text === undefined ? {} : { [key]: read(text) }
}

function address(cell: Cell): object {
  const heads = ['Street', 'Locality', 'Address3', 'Town', 'County (name)']
  const lines = heads.map((head) => cell(head) ?? '').filter((line) => line !== '')
  return cell('Street') === undefined ? {} : { address: lines }
}

function previousCode(cell: Cell): string | null {
  const code = `${cell('PreviousLA (code)') ?? ''}${cell('PreviousEstablishmentNumber') ?? ''}`
  return /^[1-9]\d{6}$/.test(code) ? code : null
}

/**
 * A row of a GIAS extract, full (139 columns) or reduced. Null when the establishment has no number. For a Welsh school
 * GIAS gives the URN and whether it is open: its name and address are kept by the Welsh list.
 */
export function readGiasRow(cell: Cell): RegisterRow | null {
  const number = cell('EstablishmentNumber') ?? ''
  if (number === '') return null
  const code = `${cell('LA (code)') ?? ''}${number}`
  const urn = cell('URN') || null
  const open = status(cell)
  const sector = sectorOfGias(
    cell('EstablishmentTypeGroup (code)') ?? '',
    cell('TypeOfEstablishment (code)') ?? '',
  )
  const life = {
    urn,
    ...(open ? { status: open } : {}),
    ...present('opened', cell, 'OpenDate', giasDate),
    ...present('closed', cell, 'CloseDate', giasDate),
  }
  const details = {
    nameEn: cell('EstablishmentName') ?? '',
    ...address(cell),
    ...present('town', cell, 'Town', (town) => town || null),
    ...present('postcode', cell, 'Postcode', normalPostcode),
    ...present('phone', cell, 'TelephoneNum', readPhone),
    ...(sector ? { sector } : {}),
  }
  const welsh = nationOf(code) === 'wales'
  return {
    code,
    urn,
    laName: cell('LA (name)') || null,
    previous: previousCode(cell),
    fields: welsh ? life : { ...life, ...details },
    whenNew: { sector: sectorOfNumber(code), ...(welsh ? details : {}) },
  }
}
