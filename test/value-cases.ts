import { readModel, type ElementRow } from '../src/ctf/model.ts'

/** A row of one value, as the table would write it. */
export function rowOf(type: string, certainty = 'V'): ElementRow {
  return readModel(`Pupil | Item | ? | ${type} | | | ${certainty} | CBDS |`).rows[0]!
}

/** Of each type the values that are right, and the wrong ones by the rule that they break. */
export const VALUE_CASES: readonly [
  type: string,
  right: readonly string[],
  wrong: Record<string, readonly string[]>,
][] = [
  [
    'text 5',
    ['a', 'abcde', 'w\u0302w\u0302w\u0302w\u0302w\u0302', 'ab   cd', '𝄞𝄞𝄞𝄞𝄞'],
    { 'ctf-120': ['abcdef', 'ab  cde', 'w\u0302w\u0302w\u0302w\u0302w\u0302w', '𝄞𝄞𝄞𝄞𝄞𝄞'] },
  ],
  [
    'names 35',
    ['Siân Mair', "O'Neill"],
    { 'ctf-145': ['Siân  Mair', 'Siân\nMair'], 'ctf-120': ['x'.repeat(36)] },
  ],
  [
    'title',
    ['Mr', 'Mrs', 'Ms', 'Miss', 'Rev', 'Fr', 'Dr', 'Prof', 'Hon', 'Sir', 'Lord', 'Lady', 'Y Parch', 'Mx'],
    { 'ctf-146': ['MR', 'mrs', 'Mr.', 'DR.', 'lady'], 'ctf-120': ['x'.repeat(36)] },
  ],
  [
    'phone',
    ['02920180000', '+442920180000', '1'],
    { 'ctf-133': ['029 2018 0000', '0292-1', '+', '1+1', 'x'] },
  ],
  ['phone', ['1'.repeat(35)], { 'ctf-120': ['1'.repeat(36)] }],
  [
    'email',
    ["o'x@example.org", `${'a'.repeat(127)}@${'b'.repeat(126)}`],
    {
      'ctf-134': ['a', '@b', 'a@', 'a@b@c', 'a b@c', `${'a'.repeat(128)}@b`, `a@${'b'.repeat(128)}`],
      'ctf-120': [`${'a'.repeat(127)}@${'b'.repeat(127)}`],
    },
  ],
  [
    'marks',
    ['/\\'.repeat(60), '#', 'BCDEGHIJLMNOPRSTUVWXYZ#/\\'],
    { 'ctf-149': ['/\\K\\', '/1', 'Y1Y2', '/ \\', '/a'], 'ctf-120': ['/'.repeat(1000)] },
  ],
  [
    'integer 0-400',
    ['0', '400', '007'],
    { 'ctf-125': ['401', '-1', '+1', '1.0', 'x', '1e2', '1'.repeat(16)] },
  ],
  ['integer 1-10', ['1', '10'], { 'ctf-125': ['0', '11', '①'] }],
  ['integer 1-999999999999', ['1', '999999999999'], { 'ctf-125': ['0', '1000000000000'] }],
  [
    'boolean',
    ['true', 'false', '1', '0'],
    { 'ctf-124': ['TRUE', 'True', 'yes', 'Y', '2', '01', 'true false'] },
  ],
  [
    'date',
    ['2016-02-29', '2000-02-29', '1999-12-31', '2999-01-01'],
    {
      'ctf-121': [
        '2015-02-29',
        '1900-02-29',
        '2015-13-01',
        '2015-00-01',
        '2015-01-00',
        '2015-04-31',
        '2015-1-1',
        '01/03/2015',
        '20150301',
        '2015-03-01Z',
        '0999-01-01',
        '3000-01-01',
        '2015-03-0١',
        '-2015-03-01',
      ],
    },
  ],
  [
    'dob',
    ['2015-03-01', '2000-09-01', '2025-08-31'],
    {
      'ctf-121': ['2015-02-29'],
      'ctf-312': ['2026-11-22', '2027-01-01'],
      'ctf-313': ['2000-08-31', '2025-09-01'],
    },
  ],
  ['arrival', ['2002-09-02', '2026-11-22'], { 'ctf-121': ['2002'], 'ctf-150': ['2002-09-01', '2026-11-23'] }],
  [
    'dateTime',
    ['2026-11-20T10:00:00', '2026-11-20T23:59:59', '2026-11-20T00:00:00'],
    {
      'ctf-122': [
        '2026-11-20',
        '2026-11-20 10:00:00',
        '2026-11-20T24:00:00',
        '2026-11-20T10:60:00',
        '2026-11-20T10:00:60',
        '2026-11-31T10:00:00',
        '2026-11-20T10:00',
        '2026-11-20T10:00:00.',
        '2026-11-20T10:00:00+15:00',
        '2026-11-20T10:00:00+14:01',
        '2026-11-20T10:00:00+01:60',
      ],
      'ctf-123': [
        '2026-11-20T10:00:00Z',
        '2026-11-20T10:00:00.123',
        '2026-11-20T10:00:00+01:00',
        '2026-11-20T10:00:00.5-14:00',
      ],
    },
  ],
  ['year', ['1000', '2026', '2999'], { 'ctf-127': ['26', '0999', '3000', '2026Z', '20265', '２０２６'] }],
  [
    'ctf-version',
    ['26.0', '25.0'],
    { 'ctf-142': ['26', '26.1', '126.0', '26.00', '6.0', 'v26.0'], 'ctf-202': ['24.0', '27.0', '99.0'] },
  ],
  [
    'coordinate',
    ['123456', '123456.7', '0', '1216500', '0.5'],
    {
      'ctf-126': ['12,5', 'x', '.5', '5.', '-', '1.2.3', '1'.repeat(13), '1.1234567', '1e5', '+1'],
      'ctf-141': ['-1', '123456.78', '1300001'],
    },
  ],
  [
    'ctf-document',
    ['Common Transfer File', 'Common  Transfer\nFile'],
    { 'ctf-201': ['common transfer file', 'CTF'] },
  ],
  ['atf-document', ['Admissions Data Transfer File'], { 'ctf-201': ['Common Transfer File'] }],
  [
    'la',
    ['681', '001', '943', '901', 'XXX', 'MMM', 'NAA'],
    { 'ctf-129': ['ULN', '68', '6811', 'xxx', '68 '], 'ctf-208': ['999', '000'] },
  ],
  ['estab', ['0000', '4039', 'XXXX', 'MMMM', 'LLLL'], { 'ctf-130': ['123', '12345', 'XXX', 'llll', 'PLAS'] }],
  ['urn', ['401874', '000001'], { 'ctf-131': ['90875', '1234567', '40187x'] }],
  [
    'upn',
    ['H801200001001', 'R674123101121'],
    {
      'ctf-304': ['H80120000100', 'H8012000010011'],
      'ctf-305': ['S801200001001', 'h801200001001', '1801200001001'],
      'ctf-306': ['H80120000I001', 'H80120000100I', 'H8012000010O1', 'H801200001 01'],
      'ctf-307': ['J801200001001'],
      'ctf-308': ['E000200005001', 'A123456789012'],
    },
  ],
  [
    'former-upn',
    ['B801200005001', 'E000200005001'],
    { 'ctf-143': ['B80120000500', 'S801200005001', 'B80120000500O'], 'ctf-309': ['A801200005001'] },
  ],
  [
    'uln',
    ['1000000027', '1000000043'],
    {
      'ctf-144': ['0000000027', '100000002', '10000000270', '100000002x'],
      'ctf-310': ['8215060736', '9999999999'],
    },
  ],
  [
    'uci',
    ['123450123456A', '12345B123456A', '123456789012Z'],
    {
      'ctf-311': [
        '12345',
        '1234501234567',
        '12345b123456A',
        '123450123456a',
        'A23450123456A',
        '123450123456AA',
      ],
    },
  ],
  [
    'postcode',
    ['M1 1AA', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'W1A 0AX', 'EC1A 1BB', 'BFPO 57', 'BFPO 1234', 'NP20 1AA'],
    {
      'ctf-316': [
        '75008',
        'NPP20 1AA',
        'NP20',
        'NP20 1A',
        'BFPO',
        'BFPO 12345',
        'NP20-1AA',
        'ZZ99 9XXX',
        '1AA NP20',
      ],
      'ctf-317': [
        'np201aa',
        'NP201AA',
        'NP20  1AA',
        'NP20\n1AA',
        'NP20 OAA',
        'ZZ99 9XX',
        'bfpo 57',
        'QA1 1AA',
        'M1 1CA',
      ],
    },
  ],
  ['code sex', ['M', 'F'], { 'ctf-128': ['m', 'X', 'Male', 'M F'] }],
  ['code document-qualifier', ['full', 'FULL', 'Partial'], { 'ctf-128': ['whole', 'fulll'] }],
  ['code ethnicity', ['WBRI', 'WWEL', 'NOBT'], { 'ctf-128': ['WELS', 'wbri', 'WBR'] }],
  ['code language', ['CYM', 'ENB', 'ZZZ'], { 'ctf-128': ['WEL', 'XXX'] }],
  ['code country', ['GBR', 'NYO', 'DEU'], { 'ctf-128': ['GB', 'XYZ'], 'ctf-147': ['YUG', 'SUN'] }],
  ['code nc-year', ['R', '14', 'X'], { 'ctf-128': ['15', '07', 'Y7'] }],
  ['code sen-provision', ['N', 'E', 'K', 'S', 'A', 'P'], { 'ctf-128': ['X'] }],
  ['code sen-type', ['SPLD', 'NSA'], { 'ctf-128': ['DYSL'], 'ctf-147': ['BESD'], 'ctf-148': ['DS'] }],
  ['code source', ['C', 'P'], { 'ctf-128': ['X'], 'ctf-148': ['S', 'T', 'O'] }],
  ['code leaving-reason', ['PM', 'UK'], { 'ctf-128': ['XX'], 'ctf-147': ['NI', 'OT'] }],
  ['code result-qualifier', ['NL', 'MT'], { 'ctf-140': ['ZZ'] }],
  ['code removal-grounds', ['A', 'O'], { 'ctf-140': ['P'] }],
  ['code stage', ['KS2', 'FSP', 'K1T', 'NC9'], { 'ctf-128': ['KS6'] }],
  ['code locale', ['ENG', 'WAL'], { 'ctf-128': ['SCO'], 'ctf-147': ['UNK'] }],
  ['code speak-welsh', ['1', '9'], { 'ctf-140': ['4'] }],
  ['open aln-outcome', ['IDP', 'anything else'], { 'ctf-120': ['x'.repeat(101)] }],
]
