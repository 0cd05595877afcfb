const IN_LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })

/** The date in England and Wales at a moment, CCYY-MM-DD. */
export function londonDate(at: Date): string {
  return IN_LONDON.format(at)
}
