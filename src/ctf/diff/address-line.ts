import { elementsIn, textIn, type Elements } from '../content.ts'

/** The children of an address that its line says. */
export const ADDRESS_PARTS: readonly string[] = ['AddressLines', 'County', 'PostCode', 'Zip', 'Country']

/** Of its BS7666Address, those that the line says. */
export const PREMISES_PARTS: readonly string[] = [
  'SAON',
  'PAON',
  'Street',
  'Locality',
  'Town',
  'PostTown',
  'AdministrativeArea',
]

const LINES = ['AddressLine1', 'AddressLine2', 'AddressLine3', 'AddressLine4', 'AddressLine5']

/** An address in a line, e.g. "Flat 2, 5 Mill Lane, Newport, NP20 1AA"; empty where nothing of it is known. */
export function addressLine(address: Elements | null): string {
  const premises = elementsIn(address, 'BS7666Address')[0] ?? null
  const lines = elementsIn(address, 'AddressLines')[0] ?? null
  const number = textIn(premises, 'PAON')
  const street = textIn(premises, 'Street')
  const house = number !== null && /^[0-9]+[A-Za-z]?$/.test(number) && street !== null
  const parts = [
    textIn(premises, 'SAON'),
    ...(house ? [`${number} ${street}`] : [number, street]),
    ...PREMISES_PARTS.slice(3).map((name) => textIn(premises, name)),
    ...LINES.map((name) => textIn(lines, name)),
    ...['County', 'PostCode', 'Zip', 'Country'].map((name) => textIn(address, name)),
  ]
  const said = parts.filter((part) => part !== null)
  return said.filter((part, index) => part !== said[index - 1]).join(', ')
}
