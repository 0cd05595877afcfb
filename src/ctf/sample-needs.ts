import type { Elements } from './content.ts'
import type { Child, SampleFrame } from './sample-frame.ts'

/** Free school meals: a period that ended, and one that is reviewed after the file’s day. */
export function freeMealsOf(child: Child, { year, locale }: SampleFrame): Elements {
  const country = locale === 'WAL' ? 'WLS' : 'ENG'
  const ended = `${year - 1}-07-20`
  return {
    FSMreviewDate: `${year + 1}-12-31`,
    FSMinstance: [
      {
        FSMstartDate: `${Math.max(year - 3, year - child.age + 4)}-01-15`,
        FSMendDate: ended,
        // CBDS N00277: blank for periods that ended before
        UKcountry: ended < '2012-09-01' ? undefined : country,
      },
      {
        FSMstartDate: `${year - 1}-09-05`,
        FSMEligibilityVerificationDate: `${year - 1}-09-04`,
        UKcountry: country,
        FSMCategory: 'TFSM',
      },
    ],
  }
}

/** Details for Wales; areas and types of need of a child with additional learning needs. */
export function walesOf(child: Child, { luck, year }: SampleFrame, hasNeeds: boolean): Elements {
  const { heritage } = child.family
  const speaks = heritage.language === 'CYM' ? '1' : luck.pick(['2', '3', '3'])
  return {
    SpeakWelsh: speaks,
    HomeWelsh: speaks === '1' ? '1' : '2',
    NationalIdentity: heritage.language === 'CYM' ? 'WAL' : luck.pick(['WAL', 'BRI', 'ENG']),
    EthnicitySource: 'P',
    WelshSource: 'P',
    EALAcquisition: heritage.country === 'GBR' ? 'E' : luck.pick(['B', 'C', 'D']),
    LanguageSource: 'P',
    SENCurriculumandTeachingMethods: hasNeeds ? 'CT2' : undefined,
    SENGroupingandSupport: hasNeeds ? 'GS1' : undefined,
    SENSpecialisedResources: hasNeeds ? 'SR1' : undefined,
    SENAdviceandAssessment: hasNeeds ? 'AA2' : undefined,
    DateEntry: isFromAbroad(child) ? `${year - 2}-03-01` : undefined,
    FSMTransitionalProtection: luck.once(2),
    ...(hasNeeds
      ? {
          ALNDecisionOutcome: 'IDP',
          ALNDecisionBody: 'SCH',
          ALNSupportPlan: 'C',
          ALNAreasOfNeed: { ALNAreaOfNeed: ['COIN', 'BESD'] },
          ALNneeds: { ALNType: ['SLCD', 'BESD'] },
          ALNLocalHealthBoardProvision: luck.once(3),
          IDPReviewDate: `${year + 1}-12-01`,
        }
      : {}),
  }
}

/** Whether a child came to the country: one whose family’s nationality is another. */
export const isFromAbroad = ({ family }: Child): boolean => family.heritage.country !== 'GBR'

/** Needs that every version’s list has, by ones and twos. */
const NEEDS = [['SPLD'], ['SLCN', 'HI'], ['ASD', 'SLCN'], ['MLD'], ['VI', 'PD']]

/** Special needs over two school years or more: some provision, then more of it. England changed its codes with CTF 15. */
export function specialNeedsOf(child: Child, { luck, year, locale, version }: SampleFrame): Elements {
  const [some, more] = locale === 'WAL' || version < 15 ? ['A', luck.pick(['P', 'S'])] : ['K', 'E']
  const begun = year - Math.min(3, child.age - 4)
  const changed = `${Math.max(begun, year - 2) + 1}-01-08`
  const isGrowing = child.all || luck.once(3)
  return {
    SEN: [
      {
        StartDate: `${begun}-09-10`,
        SENprovision: some,
        EndDate: isGrowing ? changed.replace('-08', '-07') : undefined,
      },
      ...(isGrowing ? [{ StartDate: changed, SENprovision: more }] : []),
    ],
    SENneeds: {
      SENneed: luck.pick(child.all ? NEEDS.slice(1, 3) : NEEDS).map((need, index) => ({
        NeedStartDate: `${begun}-09-10`,
        SENtypeRank: index + 1,
        SENtype: need,
      })),
    },
  }
}
