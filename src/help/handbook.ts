import { readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { LANGUAGES, type Language } from '../kit/i18n.ts'
import { renderMarkdown, type Picture, type Rendered } from '../kit/pages/markdown.ts'

/** Where the handbooks stand: one text for the product and for whoever reads them beside the source. */
export const HANDBOOKS = join(import.meta.dirname, '../../docs/handbooks')

/** The handbooks, each a folder: the first is for everybody; the next for those who look after people's accounts. */
export const BOOKS = ['school', 'approver', 'dba'] as const

/** Pages about the service itself, of nobody's handbook. */
export const ABOUT = ['accessibility', 'cookies'] as const

/** The page of all rules of the check, which is made from them; beside the source it is docs/ctf-rules.md. */
const RULES = 'ctf-rules'

/** A page of the help in one language. */
export interface HelpPage extends Rendered {
  /** The last part of its address, /help/<slug>, the same in both languages. */
  slug: string
}

/** A handbook in one language. */
export interface Book {
  kind: (typeof BOOKS)[number]
  /** Its first page: what chapters there are. */
  index: Rendered
  /** In the order of the first page; their slugs are no other book's. */
  chapters: readonly HelpPage[]
}

/** The help in one language. */
export interface Help {
  books: readonly Book[]
  about: readonly HelpPage[]
}

/** A picture of the handbooks as it is sent. */
export interface PictureFile extends Picture {
  type: string
  body: Buffer
}

/** Reads the handbooks and the pages about the service, with their pictures, from a folder of handbooks. */
export function openHandbook(folder: string = HANDBOOKS): {
  help: Record<Language, Help>
  pictures: ReadonlyMap<string, PictureFile>
} {
  const pictures = readPictures(join(folder, 'pictures'))
  const entries = LANGUAGES.map((language) => [language, readHelp(folder, language, pictures)])
  return { help: Object.fromEntries(entries) as Record<Language, Help>, pictures }
}

function readHelp(folder: string, language: Language, pictures: ReadonlyMap<string, Picture>): Help {
  const read = (kind: string, name: string): string =>
    readFileSync(join(folder, kind, language, `${name}.md`), 'utf8')
  const books = BOOKS.map((kind) => {
    const index = read(kind, 'README')
    return { kind, index, slugs: [...index.matchAll(/\]\(([a-z-]+)\.md\)/g)].map(([, slug = '']) => slug) }
  })
  const known = new Set<string>([...books.flatMap(({ slugs }) => slugs), ...ABOUT, RULES])
  const places = {
    link(href: string): string | null {
      const [path = '', part] = href.split('#', 2)
      const slug = basename(path, '.md')
      const page = path === '' ? '' : slug === 'README' ? '/help' : known.has(slug) ? `/help/${slug}` : null
      return page === null ? null : page + (part === undefined ? '' : `#${part}`)
    },
    picture: (href: string) => pictures.get(basename(href)) ?? null,
  }
  const page = (kind: string, slug: string): HelpPage => ({
    slug,
    ...renderMarkdown(read(kind, slug), places),
  })
  return {
    books: books.map(({ kind, index, slugs }) => ({
      kind,
      index: renderMarkdown(index, places),
      chapters: slugs.map((slug) => page(kind, slug)),
    })),
    about: ABOUT.map((slug) => page('service', slug)),
  }
}

const PICTURE_TYPES: Record<string, string> = { '.png': 'image/png', '.svg': 'image/svg+xml' }

/** The pictures that are there, by their file names. */
function readPictures(folder: string): Map<string, PictureFile> {
  const names = readdirSync(folder).filter((name) => extname(name) in PICTURE_TYPES)
  return new Map(
    names.map((name) => {
      const body = readFileSync(join(folder, name))
      const type = PICTURE_TYPES[extname(name)]!
      return [name, { src: `/help/pictures/${name}`, type, body, ...sizeOf(body, type) }]
    }),
  )
}

/** Pixels of a PNG by its header (IHDR is its first chunk), or of an SVG by its viewBox. */
function sizeOf(body: Buffer, type: string): { width: number; height: number } {
  if (type === 'image/png') return { width: body.readUInt32BE(16), height: body.readUInt32BE(20) }
  const box = /viewBox="0 0 (\d+) (\d+)"/.exec(body.toString('utf8'))
  return { width: Number(box?.[1]), height: Number(box?.[2]) }
}
