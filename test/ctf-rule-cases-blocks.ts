import { inside, valuesIn, withBlocks, type Values } from './ctf-blocks.ts'
import { ADDRESS, changed, good, type Options } from './made-up-ctf.ts'
import type { RuleCase } from './ctf-rule-cases.ts'

const details = (...parts: string[]) => withBlocks(inside('BasicDetails', ...parts))
const meals = (review: string, ...periods: Values[]) =>
  withBlocks(
    inside(
      'FSMhistory',
      valuesIn({ FSMreviewDate: review || undefined }),
      ...periods.map((period) => inside('FSMinstance', valuesIn(period))),
    ),
  )
const needs = (provisions: Values[], ...types: Values[]) =>
  withBlocks(
    inside(
      'SENhistory',
      ...provisions.map((one) => inside('SEN', valuesIn(one))),
      types.length ? inside('SENneeds', ...types.map((one) => inside('SENneed', valuesIn(one)))) : '',
    ),
  )
const care = (values: Values, ...blocks: string[]) =>
  withBlocks(inside('LookedAfter', valuesIn(values)), ...blocks)
const contacts = (...all: string[]) => inside('Contacts', ...all.map((one) => inside('Contact', one)))
const wales = { UKcountry: 'WLS' }
const ended = { FSMstartDate: '2024-01-10', FSMendDate: '2024-07-20', ...wales }
const support = { StartDate: '2024-01-10', SENprovision: 'K' }
const speech = { SENtypeRank: 1, SENtype: 'SLCN' }
const socialWorker = (phone = '') => valuesIn({ Surname: 'Pugh', Relationship: 'SWR' }) + phone
const phone = (values: Values) => inside('Phones', inside('Phone', valuesIn(values)))
const office = phone({ TelephoneType: 'W', PhoneNo: '02920180000' })
const mother = (order?: number) => valuesIn({ Order: order, Surname: 'Llewelyn', Relationship: 'PAM' })
const father = (order?: number) => valuesIn({ Order: order, Surname: 'Pritchard', Relationship: 'PAF' })
const asPupil = (more = '') =>
  contacts(mother() + inside('Address', '<AddressAsPupil>true</AddressAsPupil>', more))
const noAddress = changed(ADDRESS, asPupil())
const lines = '<AddressLines><AddressLine1>1 Bridge Street</AddressLine1></AddressLines>'

/** The pupil of the good file, born on another day. */
const born = (dob: string, year: string) =>
  withBlocks(inside('BasicDetails', `<NCyearActual>${year}</NCyearActual>`)).replace(
    '<DOB>2015-03-01',
    `<DOB>${dob}`,
  )

/** Year groups of each age that the rule has, one that fits and one that does not. */
const YEAR_GROUPS: readonly (readonly [dob: string, fits: string, not: string])[] = [
  ['2015-03-01', '5', '4'],
  ['2015-03-01', '9', '10'],
  ['2015-03-01', 'X', 'R'],
  ['2019-10-01', 'R', 'N2'],
  ['2020-10-01', 'N1', '4'],
  ['2021-10-01', '2', '3'],
  ['2022-10-01', '1', '2'],
  ['2023-10-01', 'R', '1'],
]

const version18: Options = { today: '2018-11-22' }
const in18 = (xml: string) =>
  xml
    .replace('26.0', '18.0')
    .replace('2026-11-20T', '2018-11-20T')
    .replace('<AcademicYear>2026', '<AcademicYear>2018')
    .replace('<Sex>F</Sex>', '<Gender>F</Gender>')
    .replace('<DOB>2015', '<DOB>2007')
const proficiency = (...all: Values[]) =>
  in18(
    details(
      inside(
        'EnglishProficiencies',
        ...all.map((one) => inside('EnglishProficiency', valuesIn({ ProficiencyInEnglish: 'C', ...one }))),
      ),
    ),
  )
const lived = (start: string, end: string) =>
  in18(
    withBlocks(
      ADDRESS.replace(
        '</Address>',
        `${valuesIn({ AddressStartDate: start, AddressEndDate: end })}</Address>`,
      ),
    ),
  )

/** The rules of what stands in a pupil: each file breaks one rule alone, or none. */
export const BLOCK_CASES: readonly RuleCase[] = [
  [
    'ctf-320',
    details('<FormerUPN>H801200001001</FormerUPN>'),
    details('<FormerUPN>U80120000100A</FormerUPN>'),
  ],
  [
    'ctf-321',
    details('<FormerUPN>B801200005001</FormerUPN>'),
    details('<FormerUPN>U80120000100A</FormerUPN>'),
  ],
  [
    'ctf-330',
    details('<Ethnicity>WWEL</Ethnicity>'),
    details('<Ethnicity>WWEL</Ethnicity><EthnicitySource>C</EthnicitySource>'),
  ],
  ...YEAR_GROUPS.map(([dob, fits, not]): RuleCase => ['ctf-332', born(dob, not), born(dob, fits)]),
  [
    'ctf-333',
    proficiency({ ProficiencyInEnglishDate: '2017-03-01' }, {}),
    proficiency({ ProficiencyInEnglishDate: '2017-03-01' }, { ProficiencyInEnglishDate: '2018-03-01' }),
    version18,
  ],
  ['ctf-333', proficiency({}, {}), proficiency({}), version18],
  [
    'ctf-340',
    meals('', { ...ended, FSMendDate: '2024-01-09' }),
    meals('', { ...ended, FSMendDate: '2024-01-10' }),
  ],
  [
    'ctf-340',
    needs(
      [
        { ...support, EndDate: undefined },
        { StartDate: '2023-02-01', SENprovision: 'K', EndDate: '2023-01-01' },
      ],
      speech,
    ),
    needs([{ ...support }, { StartDate: '2023-02-01', SENprovision: 'K', EndDate: '2023-02-01' }], speech),
  ],
  [
    'ctf-340',
    needs([support], speech, {
      NeedStartDate: '2024-02-01',
      NeedEndDate: '2024-01-01',
      SENtypeRank: 2,
      SENtype: 'HI',
    }),
    needs([support], speech, {
      NeedStartDate: '2024-01-01',
      NeedEndDate: '2024-02-01',
      SENtypeRank: 2,
      SENtype: 'HI',
    }),
  ],
  ['ctf-340', lived('2017-01-02', '2017-01-01'), lived('2017-01-01', '2017-01-02'), version18],
  ['ctf-341', meals('', { ...ended, FSMstartDate: '2014-09-01' }), meals('', ended)],
  ['ctf-342', good.replace('2026-11-20T', '2026-11-23T'), good.replace('2026-11-20T', '2026-11-22T')],
  [
    'ctf-350',
    meals('', ended, { ...ended, FSMstartDate: '2024-07-19', FSMendDate: '2024-08-20' }),
    meals('', { ...ended, FSMstartDate: '2024-07-20', FSMendDate: '2024-08-20' }, ended),
  ],
  [
    'ctf-350',
    meals('2027-01-01', { FSMstartDate: '2023-01-10', ...wales }, ended),
    meals('2027-01-01', ended, { FSMstartDate: '2025-01-10', ...wales }),
  ],
  [
    'ctf-351',
    meals('', { FSMstartDate: '2024-01-10', ...wales }),
    meals('2026-11-23', { FSMstartDate: '2024-01-10', ...wales }),
  ],
  ['ctf-352', meals('2026-11-22', ended), meals('2026-11-23', ended)],
  [
    'ctf-353',
    in18(meals('', { FSMstartDate: '2011-01-20', FSMendDate: '2012-08-31', ...wales })),
    in18(meals('', { FSMstartDate: '2011-01-20', FSMendDate: '2011-01-20' })),
    version18,
  ],
  [
    'ctf-354',
    in18(meals('', { FSMstartDate: '2011-01-20', FSMendDate: '2012-09-01' })),
    in18(meals('', { FSMstartDate: '2011-01-20', FSMendDate: '2012-09-01', ...wales })),
    version18,
  ],
  [
    'ctf-360',
    care({ InCare: 'true' }, contacts(socialWorker(office))),
    care({ InCare: 'true', CareAuthority: 681 }, contacts(socialWorker(office))),
  ],
  [
    'ctf-360',
    care({ InCare: 1, CareAuthority: 'XXX' }, contacts(socialWorker(office))),
    care({ InCare: 'false' }),
  ],
  [
    'ctf-361',
    care({ InCare: 'true', CareAuthority: 681 }, contacts(mother())),
    care({ InCare: 'true', CareAuthority: 681 }, contacts(mother(), socialWorker(office))),
  ],
  [
    'ctf-361',
    care({ InCare: '1', CareAuthority: 681 }),
    care({ InCare: '1', CareAuthority: 681 }).replace('>full<', '>partial<'),
  ],
  ['ctf-370', needs([{ SENprovision: 'K' }], speech), needs([{ SENprovision: 'N' }])],
  ['ctf-371', needs([support]), needs([support], speech)],
  [
    'ctf-371',
    needs([{ StartDate: '2020-01-10', SENprovision: 'N' }, support]),
    needs([{ StartDate: '2025-01-10', SENprovision: 'N' }, support]),
  ],
  ['ctf-371', needs([{ ...support, EndDate: '2026-11-22' }]), needs([{ ...support, EndDate: '2026-11-21' }])],
  ['ctf-371', needs([support]), needs([support], { NeedEndDate: '2025-07-20', ...speech })],
  [
    'ctf-372',
    needs([support], speech, { SENtypeRank: 2, SENtype: 'HI' }, { SENtypeRank: 3, SENtype: 'VI' }),
    needs([support], speech, { SENtypeRank: 2, SENtype: 'HI' }),
  ],
  [
    'ctf-373',
    needs([support], speech, { SENtypeRank: 1, SENtype: 'HI' }),
    needs([support], speech, { NeedEndDate: '2025-07-20', SENtypeRank: 1, SENtype: 'HI' }),
  ],
  [
    'ctf-374',
    needs([support], speech, { SENtypeRank: 3, SENtype: 'HI' }),
    needs([support], { SENtypeRank: 2, SENtype: 'HI' }, speech),
  ],
  ['ctf-374', needs([support], { SENtypeRank: 2, SENtype: 'HI' }), needs([support], speech)],
  [
    'ctf-376',
    needs([support], speech, { SENtypeRank: 2, SENtype: 'SLCN' }),
    needs([support], speech, { SENtypeRank: 2, SENtype: 'ASD' }),
  ],
  ['ctf-401', withBlocks(asPupil(lines)), withBlocks(asPupil())],
  [
    'ctf-403',
    withBlocks(ADDRESS.replace('<Address>', '<Address><AddressAsPupil>true</AddressAsPupil>')),
    withBlocks(asPupil()),
  ],
  ['ctf-402', noAddress, withBlocks(asPupil())],
  ['ctf-411', withBlocks(contacts(mother(1), father())), withBlocks(contacts(mother(1), father(1)))],
  ['ctf-412', withBlocks(contacts(mother(1), mother(2))), withBlocks(contacts(mother(1), father(2)))],
  ['ctf-414', withBlocks(contacts(socialWorker())), withBlocks(contacts(socialWorker(office), mother()))],
]

/** Rules that another always goes with: what is missing is mandatory too, or the code is an older one. */
export const COMPANION_CASES: readonly RuleCase[] = [
  [
    'ctf-354',
    meals('', { ...ended, UKcountry: undefined }).replace('26.0', '12.0'),
    meals('', { ...ended, UKcountry: undefined }).replace('26.0', '11.0'),
  ],
  [
    'ctf-331',
    details('<Ethnicity>REFU</Ethnicity><EthnicitySource>S</EthnicitySource>'),
    details('<Ethnicity>REFU</Ethnicity><EthnicitySource>P</EthnicitySource>'),
  ],
  ['ctf-375', needs([support], speech, { SENtypeRank: 2 }), needs([support], speech)],
  ['ctf-375', needs([support], { SENtype: 'HI' }, speech), needs([support], speech)],
  [
    'ctf-413',
    withBlocks(contacts(socialWorker(phone({ PhoneNo: '02920180000' })))),
    withBlocks(contacts(socialWorker(office))),
  ],
]
