/** LA numbers as first and last of each run. */
type Runs = readonly (readonly [number, number])[]

/**
 * Every number an LA has or had: CBDS code set CS003 (August 2018, with the areas outside England and Wales
 * and the authorities before reorganisation), and since: 838, 839 (2019), 940, 941 (2021), 942, 943 (2023).
 */
const KNOWN: Runs = [
  [1, 1],
  [3, 3],
  [10, 14],
  [16, 16],
  [20, 24],
  [26, 26],
  [30, 34],
  [36, 36],
  [40, 44],
  [46, 46],
  [50, 54],
  [56, 56],
  [167, 167],
  [201, 213],
  [301, 320],
  [330, 336],
  [340, 344],
  [350, 359],
  [370, 373],
  [380, 384],
  [390, 394],
  [420, 420],
  [600, 633],
  [660, 681],
  [701, 708],
  [800, 803],
  [805, 808],
  [810, 813],
  [815, 816],
  [820, 823],
  [825, 826],
  [830, 831],
  [835, 841],
  [845, 846],
  [850, 852],
  [855, 857],
  [860, 861],
  [865, 896],
  [901, 943],
]

/**
 * Numbers that stand in a UPN (census rule 1530, with the Welsh 660 to 681 and the authorities since 2019):
 * those that existed after April 1998, so not the counties of 901 to 907 and their like.
 */
const IN_UPN: Runs = [
  [1, 5],
  [201, 213],
  [301, 320],
  [330, 336],
  [340, 344],
  [350, 359],
  [370, 373],
  [380, 384],
  [390, 394],
  [420, 420],
  [660, 681],
  [701, 708],
  [800, 803],
  [805, 808],
  [810, 813],
  [815, 816],
  [820, 823],
  [825, 826],
  [830, 831],
  [835, 841],
  [845, 846],
  [850, 852],
  [855, 857],
  [860, 861],
  [865, 896],
  [908, 909],
  [916, 916],
  [919, 919],
  [921, 921],
  [925, 926],
  [928, 929],
  [931, 931],
  [933, 933],
  [935, 938],
  [940, 943],
]

/** Values that stand for an LA in a transfer file: not known, left the maintained sector, the tests agency (CS003). */
const STAND_INS: ReadonlySet<string> = new Set(['XXX', 'MMM', 'NAA'])

/** Whether three characters are the number of an LA, past or present, or stand for one. */
export function isKnownLa(la: string): boolean {
  return STAND_INS.has(la) || within(KNOWN, la)
}

/** Whether three characters are the number of an LA that can have issued a UPN. */
export function isUpnLa(la: string): boolean {
  return within(IN_UPN, la)
}

function within(runs: Runs, la: string): boolean {
  const number = Number(la)
  return /^[0-9]{3}$/.test(la) && runs.some(([first, last]) => number >= first && number <= last)
}
