import {
  authorityOf,
  establishmentName,
  findEstablishments,
  type Establishment,
} from '../../establishments/index.ts'
import type { Querying } from '../../kit/database.ts'
import { wordsOf, type Language } from '../../kit/i18n.ts'

/** One end of a transfer as a page names it. */
export interface ShownEnd {
  /** Seven characters: 6804020, 680LLLL, XXXXXXX. */
  code: string
  name: string
  /** Town and local authority of a school; empty for what is none. */
  place: string
}

/** Both ends of a file by name, in one language: `sender` uploads it, the source itself or the LA acting for it. */
export async function shownEnds(
  querying: Querying,
  { source, destination, sender }: { source: string; destination: string; sender: string },
  language: Language,
): Promise<{ from: ShownEnd; to: ShownEnd }> {
  const words = wordsOf(language)
  const found = await findEstablishments(querying, [
    ...new Set([source, destination, sender, authorityOf(source), authorityOf(destination)]),
  ])
  const nameOf = (code: string): string => {
    const one = found.get(code)
    return one ? establishmentName(one, language) : code
  }
  function end(code: string): ShownEnd {
    if (/^(X{7}|M{7})$/.test(code))
      return { code, name: words(`pages.transfers.upload.lost.${code[0]}`), place: '' }
    const one = found.get(code)
    const place = one?.kind === 'school' ? placeOf(one, found.get(authorityOf(code)), language) : ''
    return { code, name: nameOf(code), place }
  }
  const from = end(source)
  const isActedFor = sender !== source
  if (isActedFor) from.name = words('transfers.sentBy', { school: from.name, authority: nameOf(sender) })
  return { from, to: end(destination) }
}

/** Town and LA, once where they have the same name: a town stands in the register in one language only. */
function placeOf(school: Establishment, authority: Establishment | undefined, language: Language): string {
  const { town } = school
  if (!authority) return town ?? ''
  const isNamedAlike = town === authority.nameEn || town === authority.nameCy
  const name = establishmentName(authority, language)
  return town && !isNamedAlike ? `${town}, ${name}` : name
}
