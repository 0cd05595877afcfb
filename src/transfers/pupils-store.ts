import { sql, type Querying } from '../kit/database.ts'

/** A pupil as a file names one; what the file does not say is null. */
export interface PupilRow {
  /** Its place in the file, counted from 1. */
  index: number
  surname: string | null
  /** Forename and middle names. */
  forenames: string | null
  /** CCYY-MM-DD. */
  dob: string | null
  upn: string | null
}

/** The first pupils of a file, in its own order. */
export async function pupilsOf(querying: Querying, file: string, limit: number): Promise<PupilRow[]> {
  const { rows } = await sql<PupilRow>`
    select index, surname, nullif(concat_ws(' ', forename, middle_names), '') as forenames, dob, upn from transfers.pupil
    where file = ${file} order by index limit ${limit}`.execute(querying)
  return rows
}
