import { wordsOf } from '../i18n.ts'

/**
 * What can go wrong with the embedded database, each with a sentence at `embedded.<code>` in the locales that says
 * what is wrong and what to do.
 */
export type FaultCode =
  | 'inUse'
  | 'noAnswer'
  | 'noFlock'
  | 'noTar'
  | 'damaged'
  | 'damagedNoSnapshot'
  | 'stopped'
  | 'snapshotUnknown'
  | 'snapshotDamaged'
  | 'snapshotFailed'

/** A fault of the embedded database. `message` is its English sentence; `key` and `params` say it in any language. */
export class EmbeddedFault extends Error {
  readonly code: FaultCode
  readonly key: string
  readonly params: Record<string, string | number>

  constructor(code: FaultCode, params: Record<string, string | number> = {}) {
    const key = `embedded.${code}`
    super(wordsOf('en')(key, params))
    this.name = 'EmbeddedFault'
    this.code = code
    this.key = key
    this.params = params
  }
}
