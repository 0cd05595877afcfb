import type { Action } from '../../permissions/action.ts'
import { decide, type Actor } from '../../permissions/decide.ts'
import { confirmFile } from '../confirm-file.ts'
import { fetchFile } from '../fetch-file.ts'
import { sideOf } from '../file-party.ts'
import { listPupils } from '../list-pupils.ts'
import { readdressFile } from '../readdress-file.ts'
import { recallFile } from '../recall-file.ts'
import { rejectFile } from '../reject-file.ts'
import { mayFetch, recallProblem, rejectProblem, type Side } from '../rules.ts'
import type { FileRow } from '../store.ts'

/** Whether role and reach let somebody do something with a file; whether it comes too late is another matter. */
export function mayUse<Input>(
  actor: Actor,
  { permission, business }: Pick<Action<Input, FileRow, never, never>, 'permission' | 'business'>,
  file: FileRow,
  input: NoInfer<Input>,
): boolean {
  const rows = typeof permission === 'function' ? permission(input) : permission
  return [rows].flat().some((row) => decide(actor, row, business(file, input, row)).allowed)
}

/** What somebody can do with a file now. */
export interface Offers {
  as: Side
  fetch: boolean
  confirm: boolean
  reject: boolean
  /** Also while its download is under way: the form then says to look again later. */
  recall: boolean
  readdress: boolean
  /** Whose names are in it. */
  pupils: boolean
}

/** What `actor` can do with a file now, by rights and by its state. */
export function offersOf(file: FileRow, actor: Actor, now: Date, redownloadDays: number): Offers {
  const input = { id: file.id }
  const as = sideOf(file, actor)
  const isKept = mayFetch(file, as, now, redownloadDays)
  const lateForRecall = recallProblem(file, now)
  return {
    as,
    fetch: isKept && mayUse(actor, fetchFile, file, input),
    confirm: file.status === 'awaiting' && mayUse(actor, confirmFile, file, input),
    reject:
      !rejectProblem(file, now, redownloadDays) && mayUse(actor, rejectFile, file, { ...input, reason: '' }),
    recall: (!lateForRecall || lateForRecall === 'being-fetched') && mayUse(actor, recallFile, file, input),
    readdress:
      file.status === 'rejected' &&
      !file.readdressedAs &&
      mayFetch(file, 'sender', now, redownloadDays) &&
      mayUse(actor, readdressFile, file, { ...input, to: file.destination }),
    pupils: isKept && mayUse(actor, listPupils, file, input),
  }
}
