/** Where a family's names, language and nationality are from. */
export interface Heritage {
  surnames: readonly string[]
  girls: readonly string[]
  boys: readonly string[]
  /** Codes of the code sets ethnicity, language and country. */
  ethnicity: string
  language: string
  country: string
}

const WELSH: Heritage = {
  surnames: ['Llewelyn', 'Gruffudd', 'ap Rhydderch', 'Bŵenwyn', 'Trahaearn', 'Cadwaladr', 'Môn Roberts'],
  girls: ['Siân', 'Angharad', 'Lleucu', 'Mair Ann', 'Heledd', 'Gwenllïan', 'Ffion'],
  boys: ['Llŷr', 'Siôn', 'Owain', 'Ioan-Rhys', 'Mabon', 'Guto Wyn', 'Iŵan'],
  ethnicity: 'WWEL',
  language: 'CYM',
  country: 'GBR',
}

const ENGLISH: Heritage = {
  surnames: ['Thornwick', "D'Arvel", 'Hallowell', 'Sandhurst-Ley', 'Pugh-Rees', 'Ravensmoor', 'Pettigrove'],
  girls: ['Jo-Anne', 'Charlotte', 'Imogen', 'Zoë', 'Elsie May', 'Chloë'],
  boys: ["D'Shaun", 'Theodore', 'Alfie', 'Noah James', 'Zachary', 'Jean-Luc'],
  ethnicity: 'WBRI',
  language: 'ENG',
  country: 'GBR',
}

const IRISH: Heritage = {
  surnames: ["O'Dálaigh", 'Ní Fhloinn', 'Mac Giolla Bhríde', "O'Shaughnally"],
  girls: ['Aoife', 'Caoimhe', 'Sorcha', 'Róisín'],
  boys: ['Oisín', 'Cillian', 'Pádraig', 'Tadhg'],
  ethnicity: 'WIRI',
  language: 'ENG',
  country: 'IRL',
}

const POLISH: Heritage = {
  surnames: ['Zielinska', 'Wrzosowski', 'Łabędzka', 'Jaśmin-Górna'],
  girls: ['Zofia', 'Małgorzata', 'Agnieszka'],
  boys: ['Tomasz', 'Stanisław', 'Paweł'],
  ethnicity: 'WEEU',
  language: 'POL',
  country: 'POL',
}

const PAKISTANI: Heritage = {
  surnames: ['Farrukhi', 'Gulzaar', 'Mirwani', 'Shahbandi'],
  girls: ['Amira', 'Zainab', 'Hafsa'],
  boys: ['Yusuf', 'Bilal', 'Hamza'],
  ethnicity: 'APKN',
  language: 'URD',
  country: 'PAK',
}

const NIGERIAN: Heritage = {
  surnames: ['Okonjo-Vale', 'Adébáyọ̀mi', 'Nwachukwuma'],
  girls: ['Adaeze', 'Folaṣadé', 'Ngozi'],
  boys: ['Chidubem', 'Ọláolúwa', 'Emeka'],
  ethnicity: 'BNGN',
  language: 'YOR',
  country: 'NGA',
}

const CHINESE: Heritage = {
  surnames: ['Lüyuan', 'Zhenghai', 'Xiaoshan'],
  girls: ['Mei-Ling', 'Yüying'],
  boys: ['Jun-Wei', 'Haoran'],
  ethnicity: 'CHNE',
  language: 'CHI',
  country: 'CHN',
}

const ELSEWHERE = [IRISH, POLISH, PAKISTANI, NIGERIAN, CHINESE]

/** Heritages by how often they occur, in schools of Wales and of England. All people are invented. */
export const HERITAGES: Readonly<Record<'WAL' | 'ENG', readonly Heritage[]>> = {
  WAL: [WELSH, WELSH, WELSH, WELSH, ENGLISH, ENGLISH, ...ELSEWHERE],
  ENG: [ENGLISH, ENGLISH, ENGLISH, ENGLISH, ENGLISH, WELSH, ...ELSEWHERE],
}

/** Streets that there are not. */
export const STREETS = [
  'Heol y Ddraig',
  'Lôn Fach',
  'Invented Street',
  "St Nobody's Road",
  'Ffordd yr Enfys',
  'Mill & Weir Lane',
  'Sgwâr y Dychymyg',
  'Make-Believe Close',
]

/** A town with its area and the first half of a postcode. */
export interface Place {
  town: string
  area: string
  outward: string
}

/** Towns of Wales and England. */
export const PLACES: Readonly<Record<'WAL' | 'ENG', readonly Place[]>> = {
  WAL: [
    { town: 'Newport', area: 'Casnewydd', outward: 'NP20' },
    { town: 'Cardiff', area: 'Caerdydd', outward: 'CF14' },
    { town: 'Treforys', area: 'Abertawe', outward: 'SA6' },
    { town: 'Bangor', area: 'Gwynedd', outward: 'LL57' },
  ],
  ENG: [
    { town: 'Hereford', area: 'Herefordshire', outward: 'HR4' },
    { town: 'Bristol', area: 'Bristol', outward: 'BS7' },
    { town: "King's Lynn", area: 'Norfolk', outward: 'PE30' },
    { town: 'Stoke-on-Trent', area: 'Staffordshire', outward: 'ST4' },
  ],
}

/** A school that there is not: numbers of its kind are not given out. */
export interface InventedSchool {
  LEA: string
  Estab: string
  SchoolName: string
}

/** Schools by the phase that they teach, for the years before the school that makes the file. */
export const SCHOOLS: Readonly<Record<'nursery' | 'primary' | 'secondary', readonly InventedSchool[]>> = {
  nursery: [
    { LEA: '681', Estab: '1999', SchoolName: 'Ysgol Feithrin Ddychmygol' },
    { LEA: '680', Estab: '1998', SchoolName: 'Invented Nursery School' },
    { LEA: '801', Estab: '1997', SchoolName: 'Little Acorns of Nowhere' },
  ],
  primary: [
    { LEA: '670', Estab: '2997', SchoolName: 'Ysgol Gynradd Bro Ddychymyg' },
    { LEA: '681', Estab: '2998', SchoolName: 'Invented Hill Primary School' },
    { LEA: '884', Estab: '2996', SchoolName: "St Nobody's C. of E. Primary School" },
    { LEA: '801', Estab: '2999', SchoolName: 'Make-Believe & Weir Primary School' },
    { LEA: 'XXX', Estab: 'XXXX', SchoolName: 'Szkoła Podstawowa w Zmyślonej' },
  ],
  secondary: [
    { LEA: '680', Estab: '4998', SchoolName: 'Ysgol Gyfun Ddychmygol' },
    { LEA: '801', Estab: '4999', SchoolName: 'The Imaginary Academy' },
    { LEA: '861', Estab: '4997', SchoolName: "King's Invented High School" },
  ],
}
