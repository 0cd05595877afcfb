import { Command } from 'commander'
import { textIn, type CtfFile, type Elements } from '../ctf/content.ts'
import type { Change } from '../ctf/diff/change.ts'
import { diffPupils } from '../ctf/diff/diff-pupils.ts'
import { matchPupils } from '../ctf/diff/match-pupils.ts'
import { sayChange } from '../ctf/diff/say-change.ts'
import { CTF_MODEL } from '../ctf/model.ts'
import { wordsOf, type Language, type Words } from '../kit/i18n.ts'
import { readTransfer } from './ctf-files.ts'
import { help, langOption, type CtfSurroundings } from './ctf-terminal.ts'
import { whoOf } from './ctf-split.ts'

interface DiffAsked {
  pupil?: string
  json?: true
  lang: Language
}

/** A pupil of either file, with what changed. */
interface Compared {
  pupil: Elements
  state: 'changed' | 'only-old' | 'only-new'
  changes: Change[]
}

/** `cts ctf diff OLD NEW`: what changed, in sentences; exit 0 when nothing did, 1 when something did, 2 when a file cannot be read. */
export function diffCommand(surroundings: CtfSurroundings): Command {
  return new Command('diff')
    .description(help('diff.help'))
    .argument('<old>')
    .argument('<new>')
    .option('--pupil <upn>', help('diff.pupil'))
    .option('--json', help('help.json'))
    .addOption(langOption())
    .action((old: string, now: string, { pupil, json, lang }: DiffAsked) => {
      const words = wordsOf(lang)
      const { print, remark, exit } = surroundings
      const before = readTransfer(old, surroundings, words)
      const after = before && readTransfer(now, surroundings, words)
      if (!after) return
      const upn = pupil?.toUpperCase()
      const all = compare(before.file, after.file)
      const asked = all.filter((one) => upn === undefined || one.upns.includes(upn))
      if (upn !== undefined && asked.length === 0) {
        remark(words('ctf.cli.diff.no-pupil', { upn }))
        return exit(1)
      }
      const changed = asked.filter(({ state, changes }) => state !== 'changed' || changes.length > 0)
      if (json) print(JSON.stringify(changed.map((one) => asJson(one, lang))))
      else for (const line of asLines(changed, lang, words)) print(line)
      exit(changed.length > 0 ? 1 : 0)
    })
}

function compare(old: CtfFile, now: CtfFile): (Compared & { upns: string[] })[] {
  const { both, onlyBefore, onlyAfter } = matchPupils(old.pupils, now.pupils)
  const upnsOf = (...pupils: Elements[]) => pupils.flatMap((pupil) => textIn(pupil, 'UPN') ?? [])
  const alone = (state: Compared['state']) => (pupil: Elements) => ({
    pupil,
    state,
    changes: [],
    upns: upnsOf(pupil),
  })
  return [
    ...both.map(({ before, after }) => ({
      pupil: after,
      state: 'changed' as const,
      changes: diffPupils(before, after, CTF_MODEL, now.root),
      upns: upnsOf(before, after),
    })),
    ...onlyBefore.map(alone('only-old')),
    ...onlyAfter.map(alone('only-new')),
  ]
}

function asJson({ pupil, state, changes }: Compared, language: Language): object {
  const said = changes.map((change) => {
    const { kind, path, before, after } = change
    return { kind, path: path.join('/'), before, after, sentence: sayChange(change, language) }
  })
  return { upn: textIn(pupil, 'UPN'), state, changes: said }
}

function asLines(compared: readonly Compared[], language: Language, words: Words): string[] {
  if (compared.length === 0) return [words('ctf.cli.diff.same')]
  return compared.flatMap(({ pupil, state, changes }) => {
    const who = words('ctf.cli.diff.who', { ...whoOf(pupil) })
    if (state !== 'changed') return [`${who}: ${words(`ctf.cli.diff.${state}`)}`]
    return [`${who}:`, ...changes.map((change) => `  ${sayChange(change, language)}`)]
  })
}
