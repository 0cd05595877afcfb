import { CBDS, rowsOf, type CtfRule } from './rule.ts'

const { error, warning } = rowsOf('structure', true)
const EXPORTERS = 'the DfE and supplier exporters of CTF 12 to 26 agree'
const UNVERIFIED = 'the content model marks it as not verified, so it never refuses'

/** What stands where, and how often. */
export const STRUCTURE_RULES: readonly CtfRule[] = [
  /** The root is not CTfile. */
  error('ctf-101', ['CTfile'], EXPORTERS),
  /** An element that the model does not have here; it is kept. */
  warning('ctf-102', [], UNVERIFIED),
  /** An element out of its order. */
  warning('ctf-103', [], UNVERIFIED),
  /** A core item is missing or blank. */
  error('ctf-104', [], `${CBDS}; s2s: core data is always exported`),
  /** Another mandatory item is missing or blank; that it is mandatory is inferred. */
  warning('ctf-105', [], UNVERIFIED),
  /** A single item stands twice. */
  error('ctf-106', [], EXPORTERS),
  /** The same, where the model is not verified. */
  warning('ctf-107', [], UNVERIFIED),
  /** An empty optional element: taken as absent. */
  warning('ctf-108', [], 'empty elements occur in real files and make strict importers fail'),
  /** Text between elements. */
  warning('ctf-109', [], UNVERIFIED),
  /** An attribute; no element of the format has one. */
  warning('ctf-110', [], `${EXPORTERS}; it is kept, so it never refuses`),
  /** An element of an older or a younger version than the file's. */
  warning('ctf-111', [], UNVERIFIED),
  /** An element with other capitals than the model has: XML tells them apart. */
  warning('ctf-112', [], 'real files have Postcode for PostCode; a reader that goes by the name misses it'),
]
