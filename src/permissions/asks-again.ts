const MINUTE = 60_000

/** A form may be sent for this many times as long as its page may be opened: filling it in takes a while. */
const FORM_TIMES = 3

/** Whether a grave step is too long after the sign-in, so that the person shows again who it is. */
export function asksNow(
  method: 'GET' | 'POST',
  { signedInAt, now, confirmMinutes }: { signedInAt: Date; now: Date; confirmMinutes: number },
): boolean {
  const most = confirmMinutes * MINUTE * (method === 'POST' ? FORM_TIMES : 1)
  return now.getTime() - signedInAt.getTime() > most
}
