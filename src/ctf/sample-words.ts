/** Surnames of invented people: Welsh, English and others, with accents, apostrophes and hyphens. */
export const SURNAMES = [
  'Llewelyn',
  'Gruffudd',
  "O'Dalaigh",
  'Pugh-Rees',
  'ap Rhydderch',
  'Bŵenwyn',
  'Trahaearn',
  'Okonjo-Vale',
  "D'Arvel",
  'Cadwaladr',
  'Thornwick',
  'Achterberg',
  'Nantlais',
  'Hallowell',
  'Pryderi-Jones',
  'Sandhurst-Ley',
  'Môn Roberts',
  'Zielinska',
  'Farrukhi',
  'Castellwynt',
]
/** Forenames of invented girls and women. */
export const GIRLS = [
  'Siân',
  'Angharad',
  'Lleucu',
  'Mair Ann',
  'Zofia',
  'Aoife',
  'Heledd',
  'Jo-Anne',
  'Amira',
  'Gwenllïan',
]
/** Forenames of invented boys and men. */
export const BOYS = [
  'Llŷr',
  'Gruffudd',
  'Siôn',
  'Owain',
  "D'Shaun",
  'Tomasz',
  'Ioan-Rhys',
  'Mabon',
  'Yusuf',
  'Guto Wyn',
]
/** Streets that there are not. */
export const STREETS = [
  'Heol y Ddraig',
  'Lôn Fach',
  'Invented Street',
  "St Nobody's Road",
  'Ffordd yr Enfys',
  'Mill & Weir Lane',
]
/** Towns with their area and a first half of a postcode. */
export const PLACES = [
  { town: 'Newport', area: 'Casnewydd', outward: 'NP20' },
  { town: 'Cardiff', area: 'Caerdydd', outward: 'CF14' },
  { town: 'Treforys', area: 'Abertawe', outward: 'SA6' },
  { town: 'Bangor', area: 'Gwynedd', outward: 'LL57' },
]
