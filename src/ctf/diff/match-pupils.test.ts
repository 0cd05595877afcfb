import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Elements } from '../content.ts'
import { matchPupils } from './match-pupils.ts'

const pupil = (UPN: string, Forename: string, FormerUPN?: string): Elements => ({
  UPN,
  Forename,
  Surname: 'Rees',
  DOB: '2015-03-01',
  ...(FormerUPN ? { BasicDetails: { FormerUPN } } : {}),
})

const cases: [string, Elements[], Elements[], both: number, onlyBefore: number, onlyAfter: number][] = [
  ['by UPN', [pupil('A', 'Ann')], [pupil('A', 'Anne')], 1, 0, 0],
  ['by the former UPN of the newer', [pupil('A', 'Ann')], [pupil('B', 'Anne', 'A')], 1, 0, 0],
  ['by the former UPN of the older', [pupil('B', 'Ann', 'A')], [pupil('A', 'Anne')], 1, 0, 0],
  ['by name and date of birth', [pupil('A', 'Siân')], [pupil('B', 'Siân'.normalize('NFD'))], 1, 0, 0],
  ['not by the surname alone', [pupil('A', 'Ann')], [pupil('B', 'Huw')], 0, 1, 1],
  [
    'a UPN before a name',
    [pupil('A', 'Ann'), pupil('B', 'Ann')],
    [pupil('B', 'Ann'), pupil('A', 'Ann')],
    2,
    0,
    0,
  ],
  ['no pupil twice', [pupil('A', 'Ann'), pupil('A', 'Ann')], [pupil('A', 'Ann')], 1, 1, 0],
  ['nobody without anything', [{}], [{}], 0, 1, 1],
]

for (const [title, before, after, both, onlyBefore, onlyAfter] of cases) {
  test(`pupils of two files belong together ${title}`, () => {
    const matched = matchPupils(before, after)
    assert.deepEqual(
      [matched.both.length, matched.onlyBefore.length, matched.onlyAfter.length],
      [both, onlyBefore, onlyAfter],
    )
    for (const pair of matched.both)
      if (title === 'a UPN before a name') assert.equal(pair.before['UPN'], pair.after['UPN'])
  })
}
