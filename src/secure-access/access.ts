import {
  interactionPolicy,
  type AdapterPayload,
  type Grant,
  type InteractionResults,
  type KoaContextWithOIDC,
  type Provider,
} from 'oidc-provider'
import type { Database } from '../kit/database.ts'
import { organisationsWith } from '../systems/index.ts'
import { CLAIMS, OWN_CLIENT } from './scopes.ts'

const { Check, Prompt } = interactionPolicy

/** What a person may be told at an application: for a system that was asked about an organisation, for which one. */
export type SystemGrant = Grant & { organisation?: string }

/** The interaction in which a person says for which organisation to open a system. */
export const CHOOSING = 'select_account'

/** Lets what is granted to a system name the organisation that was chosen. */
export function keepOrganisations(provider: Provider): void {
  const { IN_PAYLOAD } = provider.Grant as unknown as { IN_PAYLOAD: readonly string[] }
  Object.defineProperty(provider.Grant, 'IN_PAYLOAD', { value: [...IN_PAYLOAD, 'organisation'] })
}

/** Whether what was granted to a person at an application still holds: at the service itself always. */
export async function grantHolds(
  db: Database,
  { accountId, clientId, organisation }: AdapterPayload,
): Promise<boolean> {
  if (clientId === OWN_CLIENT) return true
  const open = await organisationsWith(db, { person: accountId ?? '', clientId: clientId ?? '' })
  return typeof organisation === 'string' ? open.includes(organisation) : open.length > 0
}

/** What a request to sign in to a system has come to: the organisations to choose from, and whether there is a choice to make. */
interface Opening {
  organisations: readonly string[]
  mustChoose: boolean
}

const openings = new WeakMap<KoaContextWithOIDC, Opening>()

/**
 * Grants without asking the person what an application asks for: operators connect systems, approvers give access to
 * them. At a system it is granted for one organisation where the scope `organisation` is asked.
 */
export function granting(db: Database): (ctx: KoaContextWithOIDC) => Promise<Grant | undefined> {
  return async (ctx) => {
    const { provider, session, client, account } = ctx.oidc
    const { clientId } = client!
    const keptId = session?.grantIdFor(clientId)
    const kept: SystemGrant | undefined = keptId === undefined ? undefined : await provider.Grant.find(keptId)
    const organisation = clientId === OWN_CLIENT ? undefined : await choose(db, ctx, kept)
    // unless it is granted, the policy below asks or refuses
    if (openings.get(ctx)?.mustChoose || openings.get(ctx)?.organisations.length === 0) return undefined
    if (kept && kept.organisation === organisation) return kept
    const grant: SystemGrant = new provider.Grant({ accountId: account!.accountId, clientId })
    if (organisation !== undefined) grant.organisation = organisation
    grant.addOIDCScope(Object.keys(CLAIMS).join(' '))
    await grant.save()
    return grant
  }
}

/**
 * The organisation for which a system is opened: the only one, or the one that the person has just chosen. A repeated
 * request asks again, so that it can be changed; one that must not ask takes what was chosen before.
 */
async function choose(
  db: Database,
  ctx: KoaContextWithOIDC,
  kept: SystemGrant | undefined,
): Promise<string | undefined> {
  const { oidc } = ctx
  const who = { person: oidc.account!.accountId, clientId: oidc.client!.clientId }
  const organisations = await organisationsWith(db, who)
  const isAsked = oidc.requestParamScopes.has('organisation')
  const named = oidc.prompts.has('none') ? kept?.organisation : chosenIn(oidc.result)
  const only = organisations.length === 1 ? organisations[0] : undefined
  const organisation = isAsked ? (only ?? organisations.find((code) => code === named)) : undefined
  openings.set(ctx, { organisations, mustChoose: isAsked && organisation === undefined })
  return organisation
}

function chosenIn(result: InteractionResults | undefined): unknown {
  const chosen = result?.[CHOOSING] as { organisation?: unknown } | undefined
  return chosen?.organisation
}

/** Who signs in is asked who it is, then, for a system, for which organisation; nothing else. */
export function policy(): interactionPolicy.DefaultPolicy {
  const asked = interactionPolicy.base()
  asked.remove('consent')
  asked.add(
    new Prompt(
      { name: CHOOSING, requestable: true },
      new Check(
        'no_access',
        'the person has no access to this application',
        'access_denied',
        (ctx) => openings.get(ctx)?.organisations.length === 0,
      ),
      new Check(
        'organisation_not_chosen',
        'an organisation must be chosen',
        (ctx) => openings.get(ctx)?.mustChoose ?? false,
      ),
    ),
  )
  return asked
}
