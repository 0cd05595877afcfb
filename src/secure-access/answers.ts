import type { KoaContextWithOIDC } from 'oidc-provider'
import { preferredLanguage, wordsOf } from '../kit/i18n.ts'

type Exchange = Pick<KoaContextWithOIDC, 'get' | 'status' | 'type' | 'body'>

/** Puts words on an address that is none. */
export async function explainNoAddress(ctx: Exchange, next: () => Promise<void>): Promise<void> {
  await next()
  if (ctx.status !== 404 || ctx.body) return
  const words = wordsOf(preferredLanguage(ctx.get('accept-language')))
  const title = words('secureAccess.noSuchAddress.title')
  const detail = words('secureAccess.noSuchAddress.detail')
  ctx.body = { type: 'about:blank', title, status: 404, detail }
  ctx.status = 404
  ctx.type = 'application/problem+json'
}
