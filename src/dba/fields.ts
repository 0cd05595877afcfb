import { z } from 'zod'
import { isLine, readPhone } from '../establishments/index.ts'
import { isMailAddress } from '../kit/mail/address.ts'
import { readTypedDate } from '../kit/pages/typed-date.ts'

/** The longest text of any field. */
const FIELD_MAX = 400

const typed = z.string().max(FIELD_MAX)

/** Reads a typed text; what `read` gives null for is refused at its field. */
function read(reader: (text: string) => string | null) {
  return typed.transform((text, context) => {
    const value = reader(text)
    if (value !== null) return value
    context.addIssue({ code: 'custom', message: 'not taken' })
    return z.NEVER
  })
}

/** A name or a town: one line, its spaces single, composed (NFC). */
export const lineField = read((text) => {
  const line = text.trim().replaceAll(/\s+/g, ' ').normalize('NFC')
  return isLine(line) ? line : null
})

/** A telephone number. */
export const phoneField = read(readPhone)

/** An organisation's e-mail address. */
export const emailField = read((text) => (isMailAddress(text.trim()) ? text.trim() : null))

/** A date as people type it, to CCYY-MM-DD. */
export const dateField = read(readTypedDate)

/** What somebody tells in their own words. */
export const noteField = read((text) => {
  const note = text.trim().replaceAll(/\s+/g, ' ')
  return note !== '' && !/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u.test(note) ? note : null
})

/** An establishment number, four digits, with or without its LA number: the digits. */
export const numberField = read((text) => {
  const digits = text.trim().replaceAll(/[\s/.-]/g, '')
  return /^(\d{3})?\d{4}$/.test(digits) ? digits : null
})

/** An LA number. */
export const laField = z.string().regex(/^\d{3}$/)

/** A field that may be left empty: null then. */
export function optional<T extends z.ZodType>(field: T) {
  return field.optional().transform((value) => value ?? null)
}
