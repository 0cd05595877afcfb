import MimeNode from 'nodemailer/lib/mime-node'
import { encode, wrap } from 'nodemailer/lib/qp'
import { wordsOf, type Language, type WordParams } from '../i18n.ts'
import { isMailAddress, oneLine } from './address.ts'
import type { HeldMail } from './store.ts'

/** What a mail says, as its receiver reads it. */
export interface MailText {
  subject: string
  body: string
}

/** A mail as it goes to a server or into a file. */
export interface Letter {
  id: string
  createdAt: Date
  from: string
  to: string
  /** The whole message, CRLF line ends. */
  message: Buffer
}

type MailLanguage = Language | 'both'

/** Welsh first where both are wanted. */
function languagesOf(language: MailLanguage): readonly Language[] {
  return language === 'both' ? ['cy', 'en'] : [language]
}

/** Names that the wording of each template holds: the wording never changes while the service runs. */
const namesIn = new Map<string, ReadonlySet<string>>()

function namesOf(template: string): ReadonlySet<string> {
  const known = namesIn.get(template)
  if (known) return known
  const bare = languagesOf('both').flatMap((language) =>
    ['subject', 'body'].map((part) => wordsOf(language)(`mail.${template}.${part}`)),
  )
  const names = new Set(
    bare.flatMap((text) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name!)),
  )
  namesIn.set(template, names)
  return names
}

/**
 * Of `params`, those that the wording of a template names, so that nothing else is ever stored or sent. Throws when
 * the template has no words or names something that `params` lack.
 */
export function namedParams(template: string, params: WordParams): WordParams {
  const names = namesOf(template)
  const lacking = [...names].find((name) => params[name] === undefined)
  if (lacking !== undefined) throw new Error(`mail ${template} names {{${lacking}}}, which was not given`)
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.has(name)))
}

/** The values as one language shows them, each on one line. */
function clean(params: WordParams, language: Language): WordParams {
  const entries = Object.entries(params).map(([name, value]) => {
    const own = typeof value === 'object' ? value[language] : value
    return [name, typeof own === 'string' ? oneLine(own) : own] as const
  })
  return Object.fromEntries(entries)
}

/** The wording of a mail; for both languages Welsh first and then English in one mail, its subject "cy / en". */
export function wordMail(mail: Pick<HeldMail, 'template' | 'params' | 'language' | 'toName'>): MailText {
  const parts = languagesOf(mail.language).map((language) => {
    const words = wordsOf(language)
    const params = clean(mail.params, language)
    const greeting = words('mail.frame.greeting', { name: oneLine(mail.toName) })
    const body = words(`mail.${mail.template}.body`, params)
    return {
      subject: oneLine(words(`mail.${mail.template}.subject`, params)),
      body: `${greeting}\n\n${body}\n\n${words('mail.frame.closing')}\n`,
    }
  })
  return {
    subject: parts.map(({ subject }) => subject).join(' / '),
    body: parts.map(({ body }) => body).join(`\n${'-'.repeat(60)}\n\n`),
  }
}

/**
 * The letter of a mail: text/plain in UTF-8, marked as sent by a machine (RFC 3834), with a Message-ID made from the
 * mail's own id, so that the same mail is the same message however often it is tried. Throws on an address that is
 * not one (a line break in it would be a command to the server) or wording that is missing.
 */
export function composeMail(mail: HeldMail, from: string): Letter {
  if (!isMailAddress(mail.toAddress)) throw new Error('not an e-mail address')
  const { subject, body } = wordMail(mail)
  const languages = languagesOf(mail.language)
  const sender = languages.map((language) => wordsOf(language)('mail.frame.sender')).join(' / ')
  const head = new MimeNode('text/plain; charset=utf-8')
  head.setHeader({
    From: { name: sender, address: from },
    To: { name: oneLine(mail.toName), address: mail.toAddress },
    Subject: subject,
    Date: mail.createdAt,
    'Message-ID': `<${mail.id}@${from.slice(from.indexOf('@') + 1)}>`,
    'Auto-Submitted': 'auto-generated',
    'Content-Language': languages.join(', '),
    'Content-Transfer-Encoding': 'quoted-printable',
  })
  const text = wrap(encode(body.replaceAll('\n', '\r\n')))
  const message = Buffer.from(`${head.buildHeaders()}\r\n\r\n${text}`)
  return { id: mail.id, createdAt: mail.createdAt, from, to: mail.toAddress, message }
}
