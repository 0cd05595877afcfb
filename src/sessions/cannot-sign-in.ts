/** Why a sign-in does not begin a session, with the status of the page that says so. */
export const CANNOT_SIGN_IN = {
  /** Something about the provider's answer is not right, or it is not an answer to this browser. */
  failed: 400,
  /** The person belongs to no organisation. */
  nowhere: 403,
  /** The other provider's person was never bound to one here. */
  unbound: 403,
  /** The other provider's person is bound to somebody else here. */
  taken: 409,
  /** The link of an invitation was used, or is too old. */
  linkGone: 410,
  /** The provider does not answer. */
  away: 503,
} as const

/** A reason, which names its words under pages.sessions. */
export type Reason = keyof typeof CANNOT_SIGN_IN

/** Ends a sign-in, and with it the transaction under way. */
export class CannotSignIn extends Error {
  readonly why: Reason

  constructor(why: Reason, cause?: unknown) {
    super(why, { cause })
    this.name = 'CannotSignIn'
    this.why = why
  }
}
