import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import { ConfigurationError, type Config } from '../config.ts'
import type { Database, Tx } from '../database.ts'
import type { Language, WordParams } from '../i18n.ts'
import { newId } from '../ids.ts'
import type { Jobs } from '../jobs.ts'
import { isMailAddress } from './address.ts'
import { composeMail, namedParams } from './compose.ts'
import { openFolder } from './eml.ts'
import { PATIENCE, type Patience } from './patience.ts'
import { openSender } from './sender.ts'
import { openSmtp } from './smtp.ts'
import {
  forgetSent,
  insertMails,
  listMails,
  retryMails,
  type ListedMail,
  type UnsentState,
  type NewMail,
} from './store.ts'

/** Who gets a mail, and in which language; `both` is Welsh and English in one mail. */
export interface MailAddress {
  address: string
  name: string
  language: Language | 'both'
}

/** A mail to queue: one for each address. */
export interface MailToQueue {
  to: readonly MailAddress[]
  /** Its words are `mail.<template>.subject` and `.body` in the locales; they have no plural forms. */
  template: string
  /**
   * Values for the wording. Only those that it names are kept; never pupil data. A link that lets its holder in is
   * named `link`: it is wiped out once the mail is sent or given up, and then nobody can send it again.
   */
  params: WordParams
  /** Id of what it tells of, for the operator's list. */
  about: string
}

/** The outbox. */
export interface Mailer {
  /**
   * Queues mails in the caller's transaction, in one statement; they are sent after its commit, or never. What is not
   * an e-mail address makes its mail dead at once, for the operator's list. Throws when the wording is missing or
   * names something that `params` lack.
   */
  queue(tx: Tx, mails: readonly MailToQueue[]): Promise<void>
  /** Starts sending; a process that only queues leaves it. */
  start(): void
  /** Looks at the outbox now: something was committed. */
  wake(): void
  /** Finishes what is under way; the rest stays in the outbox. */
  stop(): Promise<void>
  /** Mails in any of `states`, oldest first, at most `limit`. */
  list(states: readonly UnsentState[], limit: number): Promise<ListedMail[]>
  /** Queues again one mail that is dead, uncertain or waiting, or all that are dead, unless its link is gone; gives how many. */
  retry(tx: Tx, which: { id: string } | 'all-dead'): Promise<number>
}

/** Days for which a sent mail is kept. */
const SENT_KEPT_DAYS = 90

/** Milliseconds after which something just queued is likely to be committed. */
const COMMITTED_SOON = 100

/** What the outbox works with; `patience` differs in tests only. */
export interface MailerParts {
  db: Database
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>
  clock: Clock
  log: Logger
  /** Where given, sent mails are forgotten after 90 days. */
  jobs?: Pick<Jobs, 'every'>
  patience?: Patience
}

/** Opens the outbox: to SMTP_URL, else into files. Throws ConfigurationError when MAIL_FROM is not an address. */
export function openMailer({ db, config, clock, log, jobs, patience = PATIENCE }: MailerParts): Mailer {
  if (!isMailAddress(config.mailFrom)) throw new ConfigurationError('MAIL_FROM must be an e-mail address')
  const sender = openSender({
    db,
    post: config.smtpUrl ? openSmtp(config.smtpUrl, patience) : openFolder(join(config.dataDir, 'mail')),
    compose: (mail) => composeMail(mail, config.mailFrom),
    patience,
    log,
  })
  jobs?.every('forget-sent-mail', '23 3 * * *', async () => {
    await forgetSent(db, SENT_KEPT_DAYS)
  })
  let soon: NodeJS.Timeout | undefined
  let started = false

  return {
    async queue(tx, mails) {
      const rows = mails.flatMap(rowsOf)
      if (rows.length === 0) return
      await insertMails(tx, rows, { createdAt: clock.now(), giveUp: patience.giveUp })
      if (started) soon ??= setTimeout(wakeNow, COMMITTED_SOON)
    },
    start() {
      started = true
      sender.start()
    },
    wake: () => sender.wake(),
    async stop() {
      started = false
      clearTimeout(soon)
      await sender.stop()
    },
    list: (states, limit) => listMails(db, states, limit),
    retry: (tx, which) => retryMails(tx, which, patience.giveUp),
  }

  function wakeNow(): void {
    soon = undefined
    sender.wake()
  }
}

/** One row for each address, however often it is named. */
function rowsOf({ to, template, params, about }: MailToQueue): NewMail[] {
  const named = namedParams(template, params)
  const receivers = new Map(to.map((receiver) => [receiver.address.toLowerCase(), receiver]))
  return [...receivers.values()].map(({ address, name, language }) => ({
    id: newId(),
    toAddress: address,
    toName: name,
    language,
    template,
    params: named,
    about,
    state: isMailAddress(address) ? 'queued' : 'dead',
    lastError: isMailAddress(address) ? null : 'not an e-mail address',
  }))
}
