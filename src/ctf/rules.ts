import type { XmlProblem } from '../kit/xml-gate.ts'

/** How much a finding weighs: a file with an error is refused. */
export type Severity = 'error' | 'warning'

/** A rule of the check; its words are under `ctf.rules.<rule>` in the locales. */
export interface CtfRule {
  /** Its stable number, ctf-001 and on. */
  rule: string
  severity: Severity
  /** Where the rule comes from. */
  source: string
}

const SAFETY = 'OWASP XML Security; XML 1.0'
const CBDS = 'DfE Common Basic Data Set'
const EXPORTERS = 'the DfE and supplier exporters of CTF 12 to 26 agree'
const UNVERIFIED = 'the content model marks it as not verified, so it never refuses'

/** The rule for each thing that the XML gate refuses. */
export const GATE_RULES: Readonly<Record<XmlProblem, string>> = {
  empty: 'ctf-001',
  'encoding-not-taken': 'ctf-002',
  'encoding-contradiction': 'ctf-003',
  'encoding-no-mark': 'ctf-004',
  bytes: 'ctf-005',
  declaration: 'ctf-006',
  version: 'ctf-007',
  doctype: 'ctf-008',
  entity: 'ctf-009',
  ampersand: 'ctf-010',
  'character-reference': 'ctf-011',
  'control-character': 'ctf-012',
  'bidi-character': 'ctf-013',
  depth: 'ctf-014',
  attributes: 'ctf-015',
  elements: 'ctf-016',
  'name-length': 'ctf-017',
  'text-length': 'ctf-018',
  'comment-length': 'ctf-019',
  instructions: 'ctf-020',
  'not-xml': 'ctf-021',
  'no-element': 'ctf-022',
  markup: 'ctf-023',
  truncated: 'ctf-024',
}

const error = (rule: string, source: string): CtfRule => ({ rule, severity: 'error', source })
const warning = (rule: string, source: string): CtfRule => ({ rule, severity: 'warning', source })

/** Every rule, in the order of their numbers: 0 the XML, 1 structure and values, 2 the header, 3 the pupils. */
export const CTF_RULES: readonly CtfRule[] = [
  ...Object.values(GATE_RULES).map((rule) => error(rule, SAFETY)),
  /** Not well formed, as the parser finds: tags that do not match, an attribute twice, a wrong name. */
  error('ctf-025', 'XML 1.0 §2.1'),
  /** The root is not CTfile. */
  error('ctf-101', EXPORTERS),
  /** An element that the model does not have here; it is kept. */
  warning('ctf-102', UNVERIFIED),
  /** An element out of its order. */
  warning('ctf-103', UNVERIFIED),
  /** A core item is missing or blank. */
  error('ctf-104', `${CBDS}; s2s: core data is always exported`),
  /** Another mandatory item is missing or blank; that it is mandatory is inferred. */
  warning('ctf-105', UNVERIFIED),
  /** A single item stands twice. */
  error('ctf-106', EXPORTERS),
  /** The same, where the model is not verified. */
  warning('ctf-107', UNVERIFIED),
  /** An empty optional element: taken as absent. */
  warning('ctf-108', 'empty elements occur in real files and make strict importers fail'),
  /** Text between elements. */
  warning('ctf-109', UNVERIFIED),
  /** A value that is too long. */
  error('ctf-120', CBDS),
  /** A date. */
  error('ctf-121', CBDS),
  /** A date and time. */
  error('ctf-122', `${CBDS} N00609`),
  /** A date and time with a fraction or a zone. */
  warning('ctf-123', `${CBDS} N00609`),
  /** A boolean. */
  error('ctf-124', CBDS),
  /** A whole number and its range. */
  error('ctf-125', CBDS),
  /** A decimal number. */
  error('ctf-126', CBDS),
  /** A year. */
  error('ctf-127', CBDS),
  /** A code that is not in its set. */
  error('ctf-128', `${CBDS} CS001, CS039, CS065`),
  /** The form of an LA number. */
  error('ctf-129', `${CBDS} N00216`),
  /** The form of an establishment number. */
  error('ctf-130', `${CBDS} N00279`),
  /** The form of a URN. */
  error('ctf-131', `${CBDS} N00278`),
  /** A value that is not as the unverified part of the model has it. */
  warning('ctf-132', UNVERIFIED),
  /** The form of a telephone number. */
  warning('ctf-133', `${CBDS} N00231; real files have spaces and hyphens`),
  /** The form of an e-mail address. */
  warning('ctf-134', `${CBDS} N00220; no pupil is known by it, so it does not refuse`),
  /** Another document than a Common Transfer File. */
  error('ctf-201', `${CBDS} N00600`),
  /** A version that is neither current nor the previous one. */
  warning('ctf-202', 'as One Education does: data may not import'),
  /** An academic year that is not the current one. */
  warning('ctf-203', `${CBDS} N00618; the day on which it turns differs between systems`),
  /** A data qualifier in a full file. */
  warning('ctf-204', `${CBDS} N00619`),
  /** A qualifier that says another kind of file than its name. */
  warning('ctf-205', 's2s guidance for local authorities, Appendix 2'),
  /** A source that is not the one in the name. */
  error('ctf-206', 's2s guidance for local authorities, Appendix 2'),
  /** A destination that is not the one in the name. */
  error('ctf-207', 's2s guidance for local authorities, Appendix 2'),
  /** An LA number that is not known. */
  warning('ctf-208', `${CBDS} CS003; numbers were added since 2018`),
  /** No pupil. */
  error('ctf-301', 'a transfer file is of one pupil or more'),
  /** More than one pupil in a file for XXXXXXX or MMMMMMM. */
  error('ctf-302', 's2s guidance for local authorities §1.3'),
  /** The same UPN twice. */
  error('ctf-303', 'census rule 1520'),
  /** UPN: length, letter, digits, check letter; the LA in it. */
  error('ctf-304', `${CBDS} N00001`),
  error('ctf-305', `${CBDS} N00001`),
  error('ctf-306', `${CBDS} N00001; census rule 1540`),
  error('ctf-307', `${CBDS} N00001; census rule 1510`),
  warning('ctf-308', 'census rule 1530; numbers were added since'),
  /** A former UPN that is none. */
  error('ctf-309', `${CBDS} N00002`),
  /** A ULN that is none. */
  error('ctf-310', `${CBDS} N00011`),
  /** A UCI that is none. */
  error('ctf-311', `${CBDS} N00180`),
  /** A date of birth that is not in the past. */
  error('ctf-312', `${CBDS} N00006`),
  /** An age that no pupil has. */
  warning('ctf-313', `${CBDS} N00006: normally 1 to 25`),
  /** Neither sex nor gender. */
  error('ctf-314', `${CBDS} N00007; s2s: core data is always exported`),
  /** Sex and gender that differ. */
  error('ctf-315', 'one of them is followed by the other in later versions'),
  /** A postcode that is none. */
  error('ctf-316', `${CBDS} N00037`),
  /** A postcode in another spelling, or with a letter that does not occur in its place. */
  warning('ctf-317', `${CBDS} N00037`),
  /** An address without locality, town and area. */
  error('ctf-318', `${CBDS} N00033 to N00035`),
]

/** How much each rule weighs. */
export const SEVERITY: ReadonlyMap<string, Severity> = new Map(
  CTF_RULES.map(({ rule, severity }) => [rule, severity]),
)

/** The keys of a rule's words: what is wrong, and what to do. */
export function findingKey(rule: string): { problem: string; action: string } {
  return { problem: `ctf.rules.${rule}.problem`, action: `ctf.rules.${rule}.action` }
}
