import type { XmlProblem } from '../../kit/xml/index.ts'
import { rowsOf, type CtfRule } from './rule.ts'

const { error } = rowsOf('xml')
const SAFETY = 'OWASP XML Security; XML 1.0'

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
  /** Tags that do not match, an attribute twice, a wrong name. */
  'not-well-formed': 'ctf-025',
}

/** What is wrong with the XML, whatever it holds. */
export const XML_RULES: readonly CtfRule[] = Object.values(GATE_RULES).map((rule) => error(rule, [], SAFETY))
