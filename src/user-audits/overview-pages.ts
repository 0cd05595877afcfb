import { establishmentName } from '../establishments/index.ts'
import { page, type AnyPage, type PageExchange } from '../permissions/page.ts'
import { showOverview, type NationalPart, type OwnPart } from './overview.ts'
import type { Counts } from './progress-store.ts'
import { isOver } from './shown.ts'

/** The sum of counts. */
function totalOf(some: readonly Counts[]): Counts {
  const total = { people: 0, valid: 0, ended: 0, suspended: 0, awaiting: 0 }
  for (const one of some) for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += one[key]
  return total
}

function ownView({ round, organisations, signed, scope }: OwnPart, exchange: PageExchange): object {
  const { language, world } = exchange
  const named = <Item extends { nameEn: string; nameCy: string }>(some: readonly Item[]) =>
    some.map((one) => ({ ...one, shownName: establishmentName(one, language) }))
  const isWhole = scope.la !== null
  return {
    round,
    over: round !== null && isOver(round, world.clock.now()),
    organisations: named(organisations),
    total: totalOf(organisations),
    signed: named(signed),
    isWhole,
    code: scope.organisation,
    isSigned: signed.some(
      (one) =>
        one.round === round?.id && one.organisation === scope.organisation && one.wholeAuthority === isWhole,
    ),
  }
}

/** Whether there is a nation of which no round is open. */
function mayOpen({ rounds }: NationalPart): boolean {
  const open = rounds.filter(({ closedAt }) => closedAt === null).map(({ nation }) => nation)
  return !open.includes('both') && open.length < 2
}

/** The audit of users as each sees it. */
export const overviewPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/user-audit',
    action: showOverview,
    show: ({ own, national }, exchange) => ({
      view: 'user-audits/views/overview.njk',
      data: {
        own: own && ownView(own, exchange),
        national: national && { ...national, mayOpen: mayOpen(national) },
      },
    }),
  }),
]
