import type { FastifyReply, FastifyRequest } from 'fastify'
import { establishmentName } from '../establishments/index.ts'
import type { InBoth, Language } from '../kit/i18n.ts'
import { isMailAddress } from '../kit/mail/address.ts'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { Refusal } from '../kit/refusal.ts'
import { SECURE_ACCESS_PATH, show, writeStep, type Parts } from './parts.ts'
import { accountsOf, type Account } from './username-store.ts'

/** The page for a forgotten username. Its answer is the same for every address, and comes before anything is looked up. */
export function forgottenUsername(parts: Parts): readonly Address[] {
  const path = `${SECURE_ACCESS_PATH}/forgotten-username`

  async function asked(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    refuseForeign(request, parts.front.publicUrl)
    const email = ((await readForm(request)).get('email') ?? '').trim()
    if (!isMailAddress(email)) {
      const refusal = new Refusal('malformed', 'email-address')
      const typed = { data: { email: email.slice(0, 254) }, problems: [{ field: 'email', refusal }] }
      return show(parts, request, reply, { view: 'forgotten-username', ...typed })
    }
    parts.world.follow(sendUsernames(parts, email, request.ip))
    return show(parts, request, reply, { view: 'forgotten-username-sent' })
  }

  return [
    {
      method: 'GET',
      path,
      handle: (request, reply) => show(parts, request, reply, { view: 'forgotten-username' }),
    },
    { method: 'POST', path, handle: asked },
  ]
}

/**
 * Mails the usernames of an address, with their organisations, unless it has none or was sent enough. Never with a
 * password or a link to set one (guidance for local authorities §3.7).
 */
async function sendUsernames({ world, guesses }: Parts, email: string, address: string): Promise<void> {
  const accounts = await accountsOf(world.db, email)
  const [first] = accounts
  if (!first) return
  const people = [...new Set(accounts.map(({ person }) => person))]
  const step = { action: 'secure-access.forgotten-username', byAnybody: true, address }
  await world.db.transaction().execute(async (tx) => {
    // counted apart from links for a new password
    const isRefused = !(await guesses.mayReset(tx, `username ${first.person}`))
    for (const person of people)
      await writeStep(world, tx, { ...step, person, ...(isRefused ? { refused: 'throttled' } : {}) })
    if (isRefused) return
    const to = [{ address: first.email, name: first.name, language: first.language }]
    const params = { accounts: accountsIn(accounts) }
    await world.mailer.queue(tx, [{ template: 'forgotten-username', to, params, about: first.person }])
  })
}

/** Each username with its organisations, in one line. */
function accountsIn(accounts: readonly Account[]): InBoth {
  const usernames = [...new Set(accounts.map(({ username }) => username))]
  const inOne = (language: Language): string =>
    usernames
      .map((username) => {
        const own = accounts.filter((one) => one.username === username)
        const names = own.map((one) =>
          establishmentName({ nameEn: one.organisationEn, nameCy: one.organisationCy }, language),
        )
        return `${username} (${names.join(', ')})`
      })
      .join('; ')
  return { en: inOne('en'), cy: inOne('cy') }
}
