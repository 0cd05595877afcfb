import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { errors, type ErrorOut, type KoaContextWithOIDC } from 'oidc-provider'
import type { Address } from '../kit/pages/address.ts'
import { readLanguage } from '../kit/pages/language.ts'
import { originsOf } from './form-targets.ts'
import { SECURE_ACCESS_PATH, show, type Parts, type ShownPage } from './parts.ts'

/** Answers a request as the provider does; resolved when it is answered. */
export type Answer = (req: IncomingMessage, res: ServerResponse) => Promise<void>

/** A request of a browser that the provider answers: where it comes from, and the page to answer it with. */
interface BrowserExchange {
  address: string
  page?: ShownPage
}

/** Where the provider's pages become pages of this service. */
export interface ProviderPages {
  /** Network address of a browser's request. */
  addressOf(req: IncomingMessage): string | null
  /** Tells a person's browser in words what went wrong; all others get the standard's JSON. */
  renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): void
  /** Puts a page of our own in the place of a form that the provider has the browser send at once. */
  sendForms(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void>
  /** The provider's addresses that browsers visit. */
  addresses(parts: Pick<Parts, 'front'>, answer: Answer): readonly Address[]
}

/** What browsers visit: the way in, the way back to the application, the way out. */
const VISITED: readonly [method: 'GET' | 'POST', path: string][] = [
  ['GET', '/auth'],
  ['GET', '/auth/:uid'],
  ['GET', '/session/end'],
  ['POST', '/session/end/confirm'],
  ['GET', '/session/end/success'],
]

/** The provider's pages, of requests under way. */
export function openProviderPages(): ProviderPages {
  const exchanges = new WeakMap<IncomingMessage, BrowserExchange>()

  /** The page is sent by the web app, with the frame and the headers of every page. */
  function leave(ctx: KoaContextWithOIDC, exchange: BrowserExchange, page: ShownPage): void {
    const [locale] = String(ctx.oidc.params?.['ui_locales']).split(' ')
    exchange.page = { ...page, language: readLanguage(locale) }
    ctx.respond = false
  }

  return {
    addressOf: (req) => exchanges.get(req)?.address ?? null,
    renderError(ctx, out, error) {
      const exchange = exchanges.get(ctx.req)
      if (!exchange || ctx.accepts('json', 'html') !== 'html') ctx.body = out
      else leave(ctx, exchange, { status: ctx.status, view: 'problem', data: problemOf(ctx, out, error) })
    },
    async sendForms(ctx, next) {
      await next()
      const exchange = exchanges.get(ctx.req)
      if (exchange && ctx.status === 200 && endsSession(ctx)) {
        const data = {
          action: ctx.oidc.urlFor('end_session_confirm'),
          xsrf: ctx.oidc.session?.state?.['secret'],
        }
        const { client, entities, provider } = ctx.oidc
        const clientId = client?.clientId ?? entities.Interaction?.params['client_id']
        leave(ctx, exchange, { view: 'log-off', data, formsTo: await originsOf(provider, clientId) })
      }
    },
    addresses: (parts, answer) =>
      VISITED.map(([method, path]) => ({
        method,
        path: SECURE_ACCESS_PATH + path,
        async handle(request: FastifyRequest, reply: FastifyReply) {
          const exchange: BrowserExchange = { address: request.ip }
          exchanges.set(request.raw, exchange)
          await answer(request.raw, reply.raw)
          return exchange.page ? show(parts, request, reply, exchange.page) : reply.hijack()
        },
      })),
  }
}

/** Whether the provider answers with the form that ends its session: at log-off, and before another person's sign-in. */
function endsSession({ oidc }: KoaContextWithOIDC): boolean {
  return oidc?.route === 'end_session' || (oidc?.route === 'resume' && oidc.result === undefined)
}

function problemOf({ oidc }: KoaContextWithOIDC, out: ErrorOut, error: Error): object {
  const isLate = error instanceof errors.SessionNotFound || oidc.route === 'end_session_confirm'
  if (out.error === 'server_error') return { about: 'failed' }
  return isLate ? { about: 'tookTooLong' } : { about: 'notOffered', error: out.error }
}
