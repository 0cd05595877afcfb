import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  academicYear,
  beforeSchoolDays,
  destinationProblem,
  fetchableUntil,
  londonDate,
  mayFetch,
  nameIsTaken,
  recallProblem,
  rejectProblem,
  schoolDaysBetween,
  stateOf,
  type DestinationState,
  type FileState,
  type FileStatus,
  type RecallState,
  type Side,
} from './rules.ts'

const NOW = new Date('2026-09-14T09:00:00Z')
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 24 * 60 * 60 * 1000)

describe('dates in England and Wales', () => {
  it('turn with London, an hour before UTC in summer', () => {
    assert.equal(londonDate(new Date('2026-08-31T22:59:59Z')), '2026-08-31')
    assert.equal(londonDate(new Date('2026-08-31T23:00:00Z')), '2026-09-01')
    assert.equal(londonDate(new Date('2026-12-31T23:59:59Z')), '2026-12-31')
  })
  it('academic years turn on 1 September', () => {
    assert.equal(academicYear(new Date('2026-08-31T22:59:59Z')), 2025)
    assert.equal(academicYear(new Date('2026-08-31T23:00:00Z')), 2026)
    assert.equal(academicYear(new Date('2027-01-01T00:00:00Z')), 2026)
  })
})

describe('a name is taken', () => {
  const cases: [FileStatus, Date | null, boolean][] = [
    ['awaiting', null, true],
    ['quarantined', null, true],
    ['lost', null, true],
    ['found', null, true],
    ['downloaded', daysAgo(1), true],
    ['downloaded', new Date('2026-08-31T12:00:00Z'), false],
    ['rejected', null, false],
    ['removed', null, false],
    ['forwarded', null, false],
    ['expired', null, false],
    ['refused', null, false],
  ]
  for (const [status, confirmedAt, taken] of cases) {
    it(`${taken ? 'by' : 'not by'} a file that is ${status}${confirmedAt ? ` since ${londonDate(confirmedAt)}` : ''}`, () => {
      assert.equal(nameIsTaken(status, confirmedAt, NOW), taken)
    })
  }
})

describe('content can be fetched', () => {
  const cases: [FileStatus, 'destination' | 'sender', number, boolean][] = [
    ['awaiting', 'destination', 400, true],
    ['awaiting', 'sender', 400, true],
    ['downloaded', 'destination', 90, true],
    ['downloaded', 'destination', 91, false],
    ['downloaded', 'sender', 90, true],
    ['rejected', 'destination', 1, false],
    ['rejected', 'sender', 31, true],
    ['rejected', 'sender', 32, false],
    ['lost', 'sender', 400, true],
    ['lost', 'destination', 1, false],
    ['removed', 'sender', 1, false],
    ['removed', 'destination', 1, false],
    ['expired', 'destination', 1, false],
    ['forwarded', 'destination', 1, false],
    ['quarantined', 'destination', 1, false],
  ]
  for (const [status, as, days, may] of cases) {
    it(`${may ? '' : 'not '}by the ${as}, ${status} ${days} days ago`, () => {
      const file = {
        status,
        confirmedAt: status === 'downloaded' ? daysAgo(days) : null,
        changedAt: daysAgo(days),
      }
      assert.equal(mayFetch(file, as, NOW, 90), may)
    })
  }
})

describe('a file can be rejected', () => {
  const cases: [FileStatus, number, ReturnType<typeof rejectProblem>][] = [
    ['awaiting', 300, null],
    ['downloaded', 89, null],
    ['downloaded', 91, 'too-late'],
    ['rejected', 1, 'already'],
    ['removed', 1, 'too-late'],
    ['lost', 1, 'too-late'],
  ]
  for (const [status, days, problem] of cases) {
    it(`${status} ${days} days ago: ${problem ?? 'yes'}`, () => {
      assert.equal(
        rejectProblem({ status, confirmedAt: daysAgo(days), changedAt: daysAgo(days) }, NOW, 90),
        problem,
      )
    })
  }
})

describe('the sender can recall', () => {
  const file: RecallState = {
    status: 'awaiting',
    uploadedAt: daysAgo(30),
    fetchStartedAt: null,
    fetchedAt: null,
  }
  const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000)
  const cases: [string, Partial<RecallState>, ReturnType<typeof recallProblem>][] = [
    ['what awaits, however old', {}, null],
    ['not what is being fetched', { fetchStartedAt: minutesAgo(9) }, 'being-fetched'],
    ['what a cut download left, after ten minutes', { fetchStartedAt: minutesAgo(10) }, null],
    ['not what was fetched', { fetchStartedAt: daysAgo(2), fetchedAt: daysAgo(2) }, 'fetched'],
    ['not what was confirmed', { status: 'downloaded', fetchedAt: daysAgo(2) }, 'fetched'],
    ['not what was rejected', { status: 'rejected' }, 'too-late'],
    ['not what was removed already', { status: 'removed' }, 'too-late'],
    ['a deposit of five school days', { status: 'lost', uploadedAt: daysAgo(7) }, null],
    ['not a deposit of six school days', { status: 'lost', uploadedAt: daysAgo(10) }, 'deposit-too-old'],
    ['not a record that was found', { status: 'found' }, 'too-late'],
  ]
  for (const [title, state, problem] of cases) {
    it(title, () => assert.equal(recallProblem({ ...file, ...state }, NOW), problem))
  }
})

describe('school days', () => {
  const cases: [string, string, number][] = [
    ['2026-09-14T09:00:00Z', '2026-09-14T23:00:00Z', 0],
    ['2026-09-14T09:00:00Z', '2026-09-15T09:00:00Z', 1],
    ['2026-09-11T09:00:00Z', '2026-09-14T09:00:00Z', 1],
    ['2026-09-07T09:00:00Z', '2026-09-14T09:00:00Z', 5],
  ]
  for (const [from, to, days] of cases) {
    it(`${days} from ${from.slice(0, 10)} to ${to.slice(0, 10)}`, () => {
      assert.equal(schoolDaysBetween(new Date(from), new Date(to)), days)
    })
  }
})

describe('a destination', () => {
  const open: DestinationState = {
    known: true,
    registerLoaded: true,
    status: 'open',
    sector: 'maintained',
    kind: 'school',
    hasAnybody: true,
  }
  const cases: [string, Partial<DestinationState>, ReturnType<typeof destinationProblem>][] = [
    ['that is open takes files', {}, null],
    ['without anybody takes them, if it is maintained', { hasAnybody: false }, null],
    ['that is independent takes them, if somebody is there', { sector: 'independent' }, null],
    [
      'that is independent without anybody does not',
      { sector: 'independent', hasAnybody: false },
      'independent-absent',
    ],
    ['that is closed does not', { status: 'closed' }, 'destination-closed'],
    ['that is the department collects nothing', { kind: 'department', sector: null }, 'destination-unknown'],
    [
      'that is closed and empty is said to be closed',
      { status: 'closed', hasAnybody: false },
      'destination-closed',
    ],
    ['that is not in a loaded register is unknown', { known: false }, 'destination-unknown'],
    [
      'of an authority that is not loaded says so',
      { known: false, registerLoaded: false },
      'register-not-loaded',
    ],
  ]
  for (const [title, state, problem] of cases) {
    it(title, () => assert.equal(destinationProblem({ ...open, ...state }), problem))
  }
})

describe('what is more than five school days ago', () => {
  // 2 September 2026 is a Wednesday
  const cases: [now: string, last: string][] = [
    ['2026-09-02T09:00:00Z', '2026-08-25T09:00:00Z'],
    ['2026-09-04T09:00:00Z', '2026-08-27T09:00:00Z'],
    ['2026-09-05T09:00:00Z', '2026-08-27T09:00:00Z'],
    ['2026-09-06T09:00:00Z', '2026-08-27T09:00:00Z'],
    ['2026-09-07T09:00:00Z', '2026-08-28T09:00:00Z'],
  ]
  for (const [now, last] of cases) {
    it(`on ${now} is what happened by ${last}`, () => {
      const before = beforeSchoolDays(new Date(now), 5)
      assert.ok(schoolDaysBetween(before, new Date(now)) > 5)
      assert.ok(schoolDaysBetween(new Date(before.getTime() + 24 * 60 * 60 * 1000), new Date(now)) <= 5)
      assert.ok(before >= new Date(last), before.toISOString())
    })
  }
})

describe('until when a file can be fetched', () => {
  const at = { confirmedAt: daysAgo(1), changedAt: daysAgo(1) }
  const cases: [FileStatus, Side, Date | 'open' | null][] = [
    ['awaiting', 'destination', 'open'],
    ['downloaded', 'destination', daysAgo(1 - 90)],
    ['downloaded', 'sender', daysAgo(1 - 90)],
    ['rejected', 'destination', null],
    ['rejected', 'sender', daysAgo(1 - 31)],
    ['lost', 'sender', 'open'],
    ['lost', 'destination', null],
    ['removed', 'sender', null],
  ]
  for (const [status, as, until] of cases) {
    it(`${status} by its ${as}: ${until instanceof Date ? until.toISOString() : until}`, () => {
      assert.deepEqual(fetchableUntil({ status, ...at }, as, 90), until)
    })
  }
})

describe('what pages call the state of a file', () => {
  interface Row {
    status: FileStatus
    fetchedAt?: Date
    readdressedAs?: string
    notReceivedAt?: Date
    confirmedAt?: Date
    changedAt?: Date
  }
  const cases: [Row, Side, FileState][] = [
    [{ status: 'awaiting' }, 'destination', 'awaiting'],
    [{ status: 'awaiting', fetchedAt: NOW }, 'destination', 'fetched'],
    [{ status: 'awaiting', fetchedAt: NOW }, 'sender', 'fetched'],
    [{ status: 'awaiting', fetchedAt: NOW, notReceivedAt: NOW }, 'destination', 'awaiting'],
    [{ status: 'downloaded', fetchedAt: NOW, confirmedAt: daysAgo(90) }, 'destination', 'downloaded'],
    [{ status: 'downloaded', fetchedAt: NOW, confirmedAt: daysAgo(91) }, 'destination', 'downloadedBefore'],
    [{ status: 'downloaded', fetchedAt: NOW, confirmedAt: daysAgo(91) }, 'sender', 'downloadedBefore'],
    [{ status: 'rejected', changedAt: daysAgo(31) }, 'sender', 'rejected'],
    [{ status: 'rejected', changedAt: daysAgo(32) }, 'sender', 'rejectedBefore'],
    [{ status: 'rejected', changedAt: daysAgo(32) }, 'destination', 'rejected'],
    [{ status: 'rejected', readdressedAs: 'copy' }, 'sender', 'readdressed'],
    [{ status: 'rejected', readdressedAs: 'copy' }, 'destination', 'rejected'],
    [{ status: 'removed' }, 'sender', 'removed'],
    [{ status: 'lost' }, 'sender', 'lost'],
  ]
  for (const [row, as, state] of cases) {
    it(`${JSON.stringify(row)} to its ${as}: ${state}`, () => {
      const none = { fetchedAt: null, notReceivedAt: null, readdressedAs: null }
      const file = { ...none, confirmedAt: null, changedAt: NOW, ...row }
      assert.equal(stateOf(file, as, NOW, 90), state)
    })
  }
})
