import type { PageAnswer } from './visitor.ts'

/** What stands in the green banner of a page; null without one. */
export function noticeOf({ html }: PageAnswer): string | null {
  return /notification-banner__heading">\s*([^<]*?)\s*</.exec(html)?.[1] ?? null
}

/** What stands in the summary of errors of a page; empty without one. */
export function problemsOf({ html }: PageAnswer): string {
  const list = /error-summary__list">([\s\S]*?)<\/ul>/.exec(html)?.[1] ?? ''
  return unescaped(list.replaceAll(/<[^>]*>|\s+/g, ' ').trim())
}

/** HTML with the quotation marks in its texts as they were before. */
export function unescaped(html: string): string {
  return html.replaceAll('&#39;', "'").replaceAll('&quot;', '"')
}

/** What a page says, without its tags. */
export const textOf = ({ html }: PageAnswer): string =>
  unescaped(html.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '))

/** What a file says in an element, all of them. */
export const saidIn = (bytes: Uint8Array, name: string): string[] =>
  [
    ...Buffer.from(bytes)
      .toString()
      .matchAll(new RegExp(`<${name}>([^<]+)<`, 'g')),
  ].map(([, text]) => text!)
