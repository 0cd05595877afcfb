import { CBDS, rowsOf, type CtfRule } from './rule.ts'

/** What the schema says too, and what it cannot say. */
const form = rowsOf('values', true)
const { warning } = rowsOf('values')
const UNVERIFIED = 'the content model marks it as not verified, so it never refuses'
const OLD_CODES = ['LeavingReason', 'CountryofBirth', 'Nationality', 'SENtype', 'Locale']

/** The form of a single value. */
export const VALUES_RULES: readonly CtfRule[] = [
  /** A value that is too long. */
  form.error('ctf-120', [], CBDS),
  /** A date. */
  form.error('ctf-121', [], CBDS),
  /** A date and time. */
  form.error('ctf-122', ['DateTime'], `${CBDS} N00609`),
  /** A date and time with a fraction or a zone. */
  warning('ctf-123', ['DateTime'], `${CBDS} N00609`),
  /** A boolean. */
  form.error('ctf-124', [], CBDS),
  /** A whole number and its range. */
  form.error('ctf-125', [], CBDS),
  /** A decimal number. */
  form.error('ctf-126', ['Easting', 'Northing'], `${CBDS} N00038, N00039`),
  /** A year. */
  form.error('ctf-127', ['Year', 'AcademicYear'], `${CBDS} N00602, N00618`),
  /** A code that is not in its set. */
  form.error('ctf-128', [], `${CBDS} code sets`),
  /** The form of an LA number. */
  form.error('ctf-129', ['LEA', 'CareAuthority'], `${CBDS} N00216`),
  /** The form of an establishment number. */
  form.error('ctf-130', ['Estab'], `${CBDS} N00279`),
  /** The form of a URN. */
  form.error('ctf-131', ['URN'], `${CBDS} N00278`),
  /** A value that is not as the unverified part of the model has it. */
  form.warning('ctf-132', [], UNVERIFIED),
  /** The form of a telephone number. */
  warning('ctf-133', ['PhoneNo'], `${CBDS} N00231; real files have spaces and hyphens`),
  /** The form of an e-mail address. */
  warning('ctf-134', ['Email'], `${CBDS} N00220; no pupil is known by it, so it does not refuse`),
  /** A code that is not in a set that is not verified. */
  form.warning(
    'ctf-140',
    [],
    `an element or code set that is not verified, or that changed since ${CBDS} of 2018`,
  ),
  /** A place that is not on the map. */
  warning('ctf-141', ['Easting', 'Northing'], `${CBDS} N00038, N00039; northings reach Shetland`),
  /** The form of a version. */
  form.warning('ctf-142', ['CTFversion', 'ATFversion'], `${CBDS} N00608; exporters of CTF 12 to 26 agree`),
  /** The form of a former UPN. */
  form.error('ctf-143', ['FormerUPN', 'UPN'], `${CBDS} N00002`),
  /** The form of a ULN. */
  form.error('ctf-144', ['UniqueLearnerNumber'], `${CBDS} N00011`),
  /** Spaces between names. */
  warning('ctf-145', ['MiddleNames'], `${CBDS} N00005, N00047`),
  /** The spelling of a title. */
  warning('ctf-146', ['Title'], `${CBDS} N00046`),
  /** A code of old records. */
  warning('ctf-147', OLD_CODES, `${CBDS} CS071, CS088, CS097`),
  /** A code that is only known from use. */
  warning('ctf-148', [], 'codes that are known from general use, not from a source that was read'),
  /** Attendance marks that are not known. */
  warning('ctf-149', ['AttendanceMarks'], `${CBDS} CS066; the codes since August 2024 are not verified`),
  /** The day of arrival in the United Kingdom. */
  warning('ctf-150', ['DateEntry'], `${CBDS} N00016`),
]
