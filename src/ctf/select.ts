import { textIn, type CtfFile, type Elements } from './content.ts'
import { endsOf, renewHeader } from './header.ts'
import { CTF_MODEL, type ElementRow, type Model } from './model.ts'
import { pupilPlace } from './pupil-place.ts'

/** What to keep of a file. */
export interface Selection {
  /** Names of children of Pupil, e.g. SENhistory; all where it is absent. */
  sections?: readonly string[] | undefined
  /** UPNs; all pupils where it is absent. */
  pupils?: readonly string[] | undefined
  /** What the result is a partial file of, e.g. KS2 (CBDS CS065). */
  qualifier?: string | undefined
  /** When it is made: CCYY-MM-DDThh:mm:ss. */
  now: string
}

/** The children of Pupil that can be chosen; the others always stay. */
export function sectionNames(root: CtfFile['root'] = 'CTfile', model: Model = CTF_MODEL): string[] {
  const rows = model.groups.get(pupilPlace(root, model).pupil)!
  return [...rows.values()].filter((row) => !isCore(row)).map(({ name }) => name)
}

/** UPN, names, date of birth and sex are in every file; which others are is the sender's choice (CBDS, core items). */
const isCore = ({ core, name }: ElementRow) => core || ['UPN', 'Sex', 'Gender'].includes(name)

/**
 * A file with chosen sections or pupils only. The core items of a pupil always stay; what the model does not know goes
 * with what is left out, since nobody can tell what it is about. A request for ULNs is addressed to its own sender, who
 * gets the answer (s2s questions on ULNs).
 * @returns the file, and the UPNs asked for that it does not have
 */
export function selectFrom(
  file: CtfFile,
  { sections, pupils, qualifier, now }: Selection,
  model: Model = CTF_MODEL,
): { file: CtfFile; missing: string[] } {
  const chosen = pupils && new Set(pupils)
  const kept = chosen ? file.pupils.filter((pupil) => chosen.has(textIn(pupil, 'UPN') ?? '')) : file.pupils
  const there = new Set(kept.map((pupil) => textIn(pupil, 'UPN')))
  const destination = qualifier === 'ULN' ? (endsOf(file).source ?? undefined) : undefined
  const header = renewHeader(file.header, { now, qualifier, destination })
  const rows = model.groups.get(pupilPlace(file.root, model).pupil)!
  const names = sections && new Set(sections)
  const stays = (name: string) => {
    const row = rows.get(name)
    return row !== undefined && (isCore(row) || names!.has(name))
  }
  const trim = (pupil: Elements): Elements =>
    Object.fromEntries(Object.entries(pupil).filter(([name]) => stays(name)))
  return {
    file: {
      ...file,
      header,
      pupils: names ? kept.map(trim) : kept,
      rest: chosen || names ? {} : file.rest,
    },
    missing: (pupils ?? []).filter((upn) => !there.has(upn)),
  }
}
