import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Actor } from '../permissions/decide.ts'
import type { Role } from '../permissions/table.ts'
import {
  answersAs,
  keepersAt,
  nextStage,
  placesOf,
  roomForAnswer,
  stagesOf,
  wasPutTo,
  type Keeper,
  type Stage,
} from './rules.ts'

const SCHOOL = '6804020'
const LA = '680LLLL'
const NATION = '101LLLL'

const approver = (id: string, organisation = SCHOOL): Keeper => ({
  id,
  organisation,
  approver: true,
  roles: [],
})
const dba: Keeper = { id: 'dba', organisation: LA, approver: false, roles: ['lea-dba'] }
const national: Keeper = {
  id: 'na',
  organisation: NATION,
  approver: false,
  roles: ['national-administrator'],
}

describe('whom a request goes to', () => {
  const CASES: [
    title: string,
    from: Stage | null,
    organisation: string,
    keepers: Keeper[],
    asker: string | null,
    to: Stage,
  ][] = [
    ['approvers first', null, SCHOOL, [approver('a'), dba, national], 'x', 'approver'],
    ['without one the DBA', null, SCHOOL, [dba, national], 'x', 'dba'],
    ['without one the national administrator', null, SCHOOL, [national], 'x', 'national'],
    ['without anybody the national queue', null, SCHOOL, [], 'x', 'national'],
    ['an approver’s own to a second one', null, SCHOOL, [approver('a'), approver('b'), dba], 'a', 'approver'],
    ['the only approver’s own to the DBA', null, SCHOOL, [approver('a'), dba], 'a', 'dba'],
    ['a DBA’s own to the approvers of the LA', null, LA, [approver('a', LA), dba], 'dba', 'approver'],
    ['a DBA’s own to the nation', null, LA, [dba, national], 'dba', 'national'],
    [
      'approvers of another school are nobody here',
      null,
      SCHOOL,
      [approver('a', '6804025')],
      'x',
      'national',
    ],
    ['approvers of the LA are not those of its schools', null, SCHOOL, [approver('a', LA), dba], 'x', 'dba'],
    ['unanswered one stage up', 'approver', SCHOOL, [approver('a'), dba, national], 'x', 'dba'],
    [
      'unanswered over a stage where nobody is',
      'approver',
      SCHOOL,
      [approver('a'), national],
      'x',
      'national',
    ],
    ['from the DBA to the nation', 'dba', SCHOOL, [approver('a'), dba, national], 'x', 'national'],
    ['help of a stranger', null, SCHOOL, [approver('a')], null, 'approver'],
    ['a supplier has no DBA', null, 'SUP0001', [dba, national], 'x', 'national'],
  ]
  for (const [title, from, organisation, keepers, asker, to] of CASES)
    it(title, () => assert.equal(nextStage(from, organisation, keepers, asker), to))

  it('an organisation’s requests stand at itself, its LA and the department', () => {
    assert.deepEqual(placesOf(SCHOOL), [SCHOOL, LA, NATION])
    assert.deepEqual(placesOf(LA), [LA, NATION])
    assert.deepEqual(placesOf(NATION), [NATION])
  })

  it('nobody is asked about their own request', () => {
    const ids = keepersAt('approver', SCHOOL, [approver('a'), approver('b')], 'b').map(({ id }) => id)
    assert.deepEqual(ids, ['a'])
  })
})

const actor = (organisation: string, ...roles: Role[]): Actor => ({
  kind: 'person',
  id: 'x',
  name: 'X',
  organisation,
  roles,
  address: null,
})

describe('who may answer, and as whom', () => {
  const CASES: [title: string, who: Actor, stage: Stage, as: Stage | null][] = [
    ['an approver at once', actor(SCHOOL, 'approver'), 'approver', 'approver'],
    ['an approver also later', actor(SCHOOL, 'approver'), 'national', 'approver'],
    ['an approver elsewhere never', actor('6804025', 'approver'), 'national', null],
    ['an approver of the LA not for its schools', actor(LA, 'approver'), 'national', null],
    ['the DBA not before it is asked', actor(LA, 'lea-dba'), 'approver', null],
    ['the DBA when it is asked', actor(LA, 'lea-dba'), 'dba', 'dba'],
    ['the DBA of another LA never', actor('681LLLL', 'lea-dba'), 'national', null],
    ['the national administrator not before', actor(NATION, 'national-administrator'), 'dba', null],
    ['the national administrator at last', actor(NATION, 'national-administrator'), 'national', 'national'],
    ['who looks only never', actor(LA, 'lea-dba-view-only'), 'national', null],
    ['a school’s user never', actor(SCHOOL, 'school-user'), 'approver', null],
  ]
  for (const [title, who, stage, as] of CASES)
    it(title, () => assert.equal(answersAs(who, { organisation: SCHOOL, stage }), as))

  it('a DBA who approves for the LA answers there as the approver', () => {
    const both = actor(LA, 'approver', 'lea-dba')
    assert.equal(answersAs(both, { organisation: LA, stage: 'dba' }), 'approver')
    assert.equal(answersAs(both, { organisation: SCHOOL, stage: 'dba' }), 'dba')
    assert.deepEqual(stagesOf(both), ['approver', 'dba'])
  })

  it('what was put to somebody stays with them as it climbs', () => {
    assert.ok(wasPutTo('approver', 'national'))
    assert.ok(wasPutTo('dba', 'dba'))
    assert.ok(!wasPutTo('national', 'dba'))
  })
})

describe('what an answer may give', () => {
  const POSSIBLE = ['a', 'b', 'c']
  const CASES: [title: string, as: Stage, system: string | null, may: string[]][] = [
    ['an approver: all of the service', 'approver', null, POSSIBLE],
    ['an approver: all of a system', 'approver', 'collect', POSSIBLE],
    ['a DBA: all of the service', 'dba', null, POSSIBLE],
    ['a DBA: of a system what was asked', 'dba', 'collect', ['b']],
    ['the nation: of the service what was asked', 'national', null, ['b']],
    ['the nation: of a system what was asked', 'national', 'collect', ['b']],
  ]
  for (const [title, as, system, may] of CASES)
    it(title, () => assert.deepEqual(roomForAnswer(as, { system, roles: ['b', 'gone'] }, POSSIBLE), may))
})
