import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asClaim, nameParts, roleChanges, systemRolesFor, type Registered } from './rules.ts'

describe('roles in the place of others', () => {
  const CASES: [held: string[], wanted: string[], added: string[], removed: string[]][] = [
    [[], ['a'], ['a'], []],
    [['a'], ['a'], [], []],
    [['a', 'b'], ['b', 'c'], ['c'], ['a']],
    [['a', 'b'], [], [], ['a', 'b']],
    [[], ['a', 'a'], ['a'], []],
  ]
  for (const [held, wanted, added, removed] of CASES) {
    test(`${held.join()} by ${wanted.join()}: adds ${added.join()}, takes ${removed.join()}`, () => {
      assert.deepEqual(roleChanges(held, wanted), { added, removed })
    })
  }

  test('are those for the kind of organisation', () => {
    const role = (code: string, kinds: ('school' | 'authority')[]) => ({
      code,
      nameEn: '',
      nameCy: '',
      kinds,
    })
    const roles = [role('both', ['school', 'authority']), role('las', ['authority'])]
    const codes = (kind: 'school' | 'authority' | 'supplier') =>
      systemRolesFor({ roles }, kind).map(({ code }) => code)
    assert.deepEqual(
      [codes('school'), codes('authority'), codes('supplier')],
      [['both'], ['both', 'las'], []],
    )
  })
})

describe('one name in two parts', () => {
  const CASES: [name: string, given: string | undefined, family: string][] = [
    ['Nesta Invented', 'Nesta', 'Invented'],
    ['Siân Mair Ŵyn', 'Siân Mair', 'Ŵyn'],
    ['Jones', undefined, 'Jones'],
    ['Anne-Marie  O’Brien', 'Anne-Marie', 'O’Brien'],
  ]
  for (const [name, given, family] of CASES) {
    test(name, () => {
      const { given_name, family_name } = nameParts(name)
      assert.deepEqual([given_name, family_name], [given, family])
    })
  }
})

describe('an organisation as DfE Sign-in shapes it', () => {
  const school: Registered = {
    code: '6804020',
    kind: 'school',
    la: '680',
    urn: '401831',
    nameEn: 'A school',
    nameCy: null,
    sector: 'maintained',
    status: 'open',
    closed: null,
    address: [],
    postcode: null,
    phone: null,
  }
  const CASES: [title: string, changes: Partial<Registered>, shape: object][] = [
    ['a Welsh school', {}, { type: { id: '30', name: 'Welsh Establishment' }, establishmentNumber: '4020' }],
    ['an English one, whose type the register does not hold', { code: '9164012', la: '916' }, { type: null }],
    [
      'an English pupil referral unit',
      { code: '9161100', la: '916', sector: 'pru' },
      { type: { id: '14', name: 'Pupil Referral Unit' } },
    ],
    [
      'one that closed',
      { status: 'closed', closed: '2026-08-31' },
      { status: { id: 2, name: 'Closed' }, closedOn: '2026-08-31' },
    ],
    ['one that is to open', { status: 'proposed' }, { status: { id: 4, name: 'Proposed to open' } }],
    [
      'its address and telephone',
      { address: ['1 High Street', 'Newport'], postcode: 'NP10 8YD', phone: '01633 654100' },
      { address: '1 High Street, Newport, NP10 8YD', telephone: '01633 654100' },
    ],
    [
      'an LA',
      { code: '680LLLL', kind: 'authority', sector: null, urn: null },
      {
        category: { id: '002', name: 'Local Authority' },
        type: null,
        establishmentNumber: null,
        localAuthority: null,
        urn: null,
      },
    ],
    [
      'a supplier',
      { code: 'SUP0001', kind: 'supplier', la: 'SUP', sector: null },
      { category: { id: '050', name: 'Software Suppliers' }, localAuthority: null },
    ],
  ]
  for (const [title, changes, shape] of CASES) {
    test(title, () => {
      assert.partialDeepStrictEqual(asClaim({ ...school, ...changes }, 'Newport'), shape)
    })
  }
})
