import type { Words } from '../../kit/i18n.ts'

/** Numbers that call for each plural form of either language; the script picks by the same order. */
const COUNTS = [0, 1, 2, 3, 4, 5, 6]

/**
 * What the script of the upload page says, in the language of `words`. What stands in braces it fills in itself; of
 * what is counted it has a form for each number from 0 to 6, that of 5 standing for all beyond.
 */
export function uploadWords(words: Words): object {
  const counted = (key: string): string[] =>
    COUNTS.map((count) => words(`pages.transfers.upload.script.${key}`, { count, n: '{n}' }))
  const states = ['naming', 'ready', 'wrong', 'queued', 'sending', 'checking', 'sent', 'refused', 'failed']
  return {
    label: words('pages.transfers.upload.script.label'),
    states: Object.fromEntries(
      states.map((state) => [state, words(`pages.transfers.upload.states.${state}`)]),
    ),
    send: counted('send'),
    chosen: counted('chosen'),
    sent: counted('sent'),
    refused: counted('refused'),
    failed: counted('failed'),
    wrong: counted('wrong'),
    ready: counted('ready'),
    progress: words('pages.transfers.upload.script.progress', { done: '{done}', all: '{all}' }),
    bytes: words('pages.transfers.upload.script.bytes', { percent: '{percent}', size: '{size}' }),
    checking: words('pages.transfers.upload.script.checking'),
    busy: counted('busy'),
    offline: words('pages.transfers.upload.script.offline'),
    unreadable: words('pages.transfers.upload.script.unreadable'),
    unasked: words('pages.transfers.upload.script.unasked'),
    signedOut: words('pages.transfers.upload.script.signedOut'),
    other: words('pages.transfers.upload.script.other'),
    broken: words('pages.transfers.upload.script.broken'),
    tooLarge: words('pages.transfers.upload.script.tooLarge', { size: '{size}', mib: '{mib}' }),
    tooMany: words('pages.transfers.upload.script.tooMany', { most: '{most}' }),
    renamed: words('pages.transfers.upload.script.renamed', { name: '{name}' }),
  }
}
