/** The names the content model has for code sets. */
export const CODE_SET_NAMES = ['sex', 'document-qualifier', 'data-qualifier'] as const

/** The name of a code set. */
export type CodeSet = (typeof CODE_SET_NAMES)[number]

/** The code sets that values are checked against now. */
export const CODE_SETS: Record<CodeSet, readonly string[]> = {
  /** CBDS CS001; the element Sex that followed Gender takes the same two (DfE exporters of 2025). */
  sex: ['M', 'F'],
  /** CBDS CS039. Programs write it in small letters. */
  'document-qualifier': ['FULL', 'PARTIAL'],
  /** CBDS CS065: what a partial file is for. */
  'data-qualifier': ['FPH', 'FSM', 'FSP', 'KS1', 'KS2', 'KS3', 'OTH', 'PHO', 'ULN', 'WNT', 'CMJ', 'CML'],
}

/** Whether a value is in a code set; letter case is not significant. */
export function inCodeSet(set: CodeSet, value: string): boolean {
  return CODE_SETS[set].includes(value.toUpperCase())
}
