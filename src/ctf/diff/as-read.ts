/** A text as a person reads it: whichever way its accents are put together, and however many spaces it has. */
export const asRead = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
