import { ROUTES } from '../src/serve.ts'
import type { AnyRoute } from '../src/permissions/route.ts'
import type { ApiAnswer } from './api.ts'
import { callOf, newFile, sendFetched, sendFile, sendRejected, type Stage } from './examples.ts'
import { SYSTEM_REFUSALS } from './system-examples.ts'

/** The route of an action, by its name. */
export const routeOf = (action: string): AnyRoute => ROUTES.find((route) => route.action.name === action)!

/** Makes the service refuse a call. */
export type Provoke = (stage: Stage) => Promise<ApiAnswer>

const onFile =
  (
    action: string,
    by: 'cardiff' | 'newport',
    send: (stage: Stage) => Promise<string>,
    more: Record<string, string> = {},
  ): Provoke =>
  async (stage) => {
    const { method, path, options } = callOf(routeOf(action), { input: { id: await send(stage), ...more } })
    return stage[by].call(method, path, options)
  }

const MIB = 1024 * 1024
const nowhere = (): Promise<string> => Promise.resolve('nobody-has-this-id-000')
const downloaded = async (stage: Stage): Promise<string> => {
  const id = await sendFetched(stage)
  await stage.newport.call('POST', `/api/v1/files/${id}/confirm`)
  return id
}
const REASON = { reason: 'not on our roll' }

/** How each action is made to refuse, by the status: beside those with which every route can. */
export const REFUSALS: Record<string, Record<number, Provoke>> = {
  ...SYSTEM_REFUSALS,
  'establishments.find': {
    404: ({ cardiff }) => cardiff.call('GET', '/api/v1/establishments?q=primary&la=916'),
  },
  'transfers.upload': {
    409: async (stage) => {
      const { name, bytes } = newFile(stage)
      await stage.cardiff.upload(name, bytes)
      return stage.cardiff.upload(name, Buffer.from(bytes).toString().replace('<CTfile>', '<CTfile> '))
    },
    413: ({ cardiff, ...stage }) =>
      cardiff.upload(newFile({ cardiff, ...stage }).name, Buffer.alloc(20 * MIB + 1)),
    415: (stage) => {
      const { name, bytes } = newFile(stage)
      return stage.cardiff.upload(name, bytes, { 'content-type': 'text/html' })
    },
    422: (stage) => {
      const { name, bytes } = newFile(stage)
      return stage.cardiff.upload(
        name,
        Buffer.from(bytes)
          .toString()
          .replace(/<UPN>[^<]*/, '<UPN>wrong'),
      )
    },
  },
  'transfers.show': { 404: onFile('transfers.show', 'cardiff', nowhere) },
  'transfers.fetch': {
    404: onFile('transfers.fetch', 'cardiff', nowhere),
    410: onFile('transfers.fetch', 'newport', sendRejected),
  },
  'transfers.confirm': {
    404: onFile('transfers.confirm', 'newport', nowhere),
    409: onFile('transfers.confirm', 'newport', sendFile),
  },
  'transfers.reject': {
    404: onFile('transfers.reject', 'newport', nowhere, REASON),
    409: onFile('transfers.reject', 'newport', sendRejected, REASON),
  },
  'transfers.readdress': {
    404: onFile('transfers.readdress', 'cardiff', nowhere, { to: '6804025' }),
    409: onFile('transfers.readdress', 'cardiff', sendFile, { to: '6804025' }),
    422: onFile('transfers.readdress', 'cardiff', sendRejected, { to: '6809999' }),
  },
  'transfers.recall': {
    404: onFile('transfers.recall', 'cardiff', nowhere),
    409: onFile('transfers.recall', 'cardiff', downloaded),
  },
}
