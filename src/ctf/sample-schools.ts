import type { Elements } from './content.ts'
import type { Child, SampleFrame } from './sample-frame.ts'
import { SCHOOLS, type InventedSchool } from './sample-words.ts'
import { termsOf, yearOfAttendance } from './sample-terms.ts'

/** A time at a school, in academic years; the last is at the source of the file. */
export interface Stay {
  school: InventedSchool
  /** The year in which the first academic year there began. */
  from: number
  /** The year in which the last one began; at the source that of the file. */
  to: number
  reason: string
}

/** The schools that a child has been to: two to four, from the year before it was five on. */
export function staysOf(child: Child, frame: SampleFrame): Stay[] {
  const { luck, source, year } = frame
  const begun = year - child.age + 4
  const stays: Stay[] = [{ school: luck.pick(SCHOOLS.nursery), from: begun - 1, to: begun - 1, reason: 'PM' }]
  const phase = (one: 'primary' | 'secondary', from: number, to: number, reason: string) =>
    stays.push({ school: luck.pick(SCHOOLS[one]), from, to, reason })
  const isSecondary = child.age >= 13
  const isSecondMove = isSecondary && (child.all || luck.once(3))
  const joined = begun + (isSecondMove ? 8 : isSecondary ? 7 : child.age >= 7 ? 2 : 0)
  if (isSecondMove) {
    phase('primary', begun, begun + 6, 'PM')
    phase('secondary', begun + 7, begun + 7, 'IM')
  } else if (joined > begun) phase('primary', begun, joined - 1, isSecondary ? 'PM' : 'IM')
  return [...stays, { school: source, from: joined, to: year, reason: child.age >= 16 ? 'PF' : 'IM' }]
}

/** The school history: of a child who joins (a file of joiners), the last school is still its own. */
export function historyOf(stays: readonly Stay[], { kind, today }: SampleFrame): Elements[] {
  return stays.map(({ school, from, to, reason }, index) => {
    const isHere = index === stays.length - 1
    const stayed = isHere && (kind === 'CMJ' || kind === 'ATF')
    return {
      ...school,
      EntryDate: `${from}-09-02`,
      LeavingDate: stayed ? undefined : isHere ? today : `${to + 1}-07-20`,
      LeavingReason: stayed ? undefined : reason,
      RemovalGrounds: isHere && !stayed ? 'B' : undefined,
    }
  })
}

/** Attendance of the years in which the child was of an age to be marked, oldest first; at most `years` of them. */
export function attendanceOf(
  child: Child,
  stays: readonly Stay[],
  frame: SampleFrame,
  years: number,
): Elements[] {
  // before the first day of term the latest year is the one before
  const latest = termsOf(frame, frame.year).length > 0 ? frame.year : frame.year - 1
  const first = Math.max(latest - years + 1, stays[1]!.from)
  return stays.flatMap((stay) => {
    const made: Elements[] = []
    for (let year = Math.max(stay.from, first); year <= stay.to; year++) {
      const one = yearOfAttendance(frame, child, stay, year)
      if (one) made.push(one)
    }
    return made
  })
}
