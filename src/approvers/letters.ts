import { readFileSync } from 'node:fs'
import {
  authorityOf,
  bothNames,
  DEPARTMENT,
  establishmentName,
  findEstablishments,
} from '../establishments/index.ts'
import { wordsOf, type InBoth, type Language } from '../kit/i18n.ts'
import type { Querying } from '../kit/database.ts'
import { dateInWords } from '../kit/pages/dates.ts'
import { renderView } from '../kit/pages/render.ts'
import type { IssuedCode } from './issue-codes.ts'

/** What stands on one sheet in one language. */
interface Part {
  language: Language
  title: string
  /** What the approver role is, and who takes it. */
  about: string[]
  codeLabel: string
  stepsTitle: string
  steps: string[]
  /** What to mind. */
  mind: string[]
}

/** The letter to one organisation: in its language, or in both. */
export interface Letter {
  organisation: string
  code: string
  address: string[]
  parts: Part[]
}

/** Letters to those who were issued codes. @param origin where the service is reached */
export async function lettersTo(
  querying: Querying,
  issued: readonly IssuedCode[],
  origin: string,
): Promise<Letter[]> {
  const above = await aboveEach(
    querying,
    issued.map(({ organisation }) => organisation.code),
  )
  return issued.map(({ organisation, code, expiresAt }) => {
    const languages: Language[] = organisation.language === 'both' ? ['cy', 'en'] : [organisation.language]
    const name = establishmentName(organisation, languages[0]!)
    const lines = [...organisation.address, ...(organisation.postcode ? [organisation.postcode] : [])]
    const part = (language: Language): Part => {
      const words = wordsOf(language)
      const say = (key: string): string =>
        words(`pages.approvers.letter.${key}`, {
          organisation: bothNames(organisation),
          above: above(organisation.code),
          url: `${origin}/claim-approver`,
          until: dateInWords(expiresAt, language),
        })
      return {
        language,
        title: say('title'),
        about: [say('role'), say(organisation.kind === 'authority' ? 'whoAuthority' : 'whoElse')],
        codeLabel: say('code'),
        stepsTitle: say('how'),
        steps: [say('step1'), say('step2'), say('step3')],
        mind: [say('until'), say('keep'), say('help')],
      }
    }
    return { organisation: organisation.code, code, address: [name, ...lines], parts: languages.map(part) }
  })
}

/** Who stands above an organisation and issues its codes: a school's LA, else the department. */
export async function aboveEach(
  querying: Querying,
  codes: readonly string[],
): Promise<(code: string) => InBoth> {
  const above = (code: string): string => (/^\d{7}$/.test(code) ? authorityOf(code) : DEPARTMENT)
  const found = await findEstablishments(querying, [...new Set(codes.map(above))])
  return (code) => {
    const one = found.get(above(code))
    return one ? bothNames(one) : { en: above(code), cy: above(code) }
  }
}

/** Letters as one HTML file to print, with all that it needs in it. @param now when they are written */
export function lettersFile(letters: readonly Letter[], now: Date): string {
  const css = readFileSync(new URL('../kit/pages/assets/letters.css', import.meta.url), 'utf8')
  const frame = { language: 'en', inLanguage: { en: '', cy: '' }, data: { letters, css }, now } as const
  return renderView('approvers/views/letters-file.njk', frame)
}
