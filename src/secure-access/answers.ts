import type { KoaContextWithOIDC } from 'oidc-provider'
import { preferredLanguage, wordsOf, type Words } from '../kit/i18n.ts'

type Exchange = Pick<KoaContextWithOIDC, 'get' | 'status' | 'type' | 'body'>

function wordsFor(ctx: Exchange): Words {
  return wordsOf(preferredLanguage(ctx.get('accept-language')))
}

/** Puts words on an address that is none. */
export async function explainNoAddress(ctx: Exchange, next: () => Promise<void>): Promise<void> {
  await next()
  if (ctx.status !== 404 || ctx.body) return
  const words = wordsFor(ctx)
  const title = words('secureAccess.noSuchAddress.title')
  const detail = words('secureAccess.noSuchAddress.detail')
  ctx.body = { type: 'about:blank', title, status: 404, detail }
  ctx.status = 404
  ctx.type = 'application/problem+json'
}

/**
 * A person's browser is told in words where a sign-in request cannot go back to its application; all others get the
 * standard's JSON, also a client that asks for HTML at the token endpoint, as some HTTP libraries do unasked.
 */
export function renderError(ctx: KoaContextWithOIDC, out: { error?: unknown }): void {
  const forPerson = ['authorization', 'resume'].includes(ctx.oidc.route)
  if (!forPerson || ctx.accepts('json', 'html') !== 'html') {
    ctx.body = out
    return
  }
  const words = wordsFor(ctx)
  const title = words('secureAccess.cannotSignIn.title')
  const detail = words('secureAccess.cannotSignIn.detail', { error: String(out.error) })
  ctx.type = 'text/plain'
  ctx.body = `${title}\n\n${detail}\n`
}
