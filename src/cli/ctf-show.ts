import { createReadStream } from 'node:fs'
import { Command } from 'commander'
import { textIn } from '../ctf/content.ts'
import { CtfProblem } from '../ctf/index.ts'
import { readPupils } from '../ctf/read-ctf.ts'
import { pupilAsText, viewPupil } from '../ctf/view/index.ts'
import { wordsOf, type Language } from '../kit/i18n.ts'
import { OWN_DISK } from './ctf-files.ts'
import { langOption, misuse, sayUnread, type CtfSurroundings } from './ctf-terminal.ts'

interface ShowAsked {
  pupil?: string
  lang: Language
}

/**
 * `cts ctf show FILE`: its pupils as a school reads them, one after another, or the one of a number or UPN. Exit 0, or 2
 * when the file cannot be read or has no such pupil.
 */
export function showCommand(surroundings: CtfSurroundings): Command {
  const words = wordsOf('en')
  return new Command('show')
    .description(words('ctf.view.cli.help'))
    .argument('<file>')
    .option('--pupil <number or UPN>', words('ctf.view.cli.pupil'))
    .addOption(langOption())
    .action((file: string, asked: ShowAsked) => show(file, asked, surroundings))
}

async function show(
  file: string,
  { pupil: wanted, lang }: ShowAsked,
  surroundings: CtfSurroundings,
): Promise<void> {
  const words = wordsOf(lang)
  const isWanted = (index: number, upn: string | null): boolean =>
    wanted === undefined || String(index) === wanted || upn?.toUpperCase() === wanted.toUpperCase()
  let shown = 0
  try {
    // a pupil at a time, so that a file of any size can be shown
    for await (const { index, header, pupil } of readPupils(createReadStream(file), { limits: OWN_DISK })) {
      if (!isWanted(index, textIn(pupil, 'UPN'))) continue
      if (shown > 0) surroundings.print('')
      for (const line of pupilAsText(viewPupil(pupil, header, lang), lang)) surroundings.print(line)
      shown += 1
    }
    if (shown === 0)
      misuse(
        surroundings,
        words(wanted === undefined ? 'ctf.view.cli.noPupils' : 'ctf.view.cli.noPupil', {
          file,
          pupil: wanted ?? '',
        }),
      )
  } catch (error) {
    misuse(surroundings, whyNot(error))
  }

  function whyNot(error: unknown): string {
    if (!(error instanceof CtfProblem)) {
      if (error instanceof Error && 'code' in error) return words('ctf.cli.cannot-open', { file })
      throw error
    }
    return sayUnread(error, file, words)
  }
}
