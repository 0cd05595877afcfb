import { z } from 'zod'
import { sampleCtf } from './ctf/index.ts'
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_ADDRESSES } from './demonstration-cast.ts'
import { zipStream, type ZipEntry } from './kit/zip.ts'
import { action } from './permissions/action.ts'
import { page } from './permissions/page.ts'

const DAY = 24 * 60 * 60 * 1000
const SCHOOLS = 4

/** Invented files to try sending with: from the own organisation to four schools of the demonstration, and a faulty one. */
const practiceFiles = action({
  name: 'demonstration.practice-files',
  permission: 'send-ctf',
  input: z.strictObject({}),
  audited: 'refusals',
  // where people are real there are no invented pupils to send
  find: ({ world, actor }) => Promise.resolve(world.demonstration ? actor.organisation : null),
  business: (organisation) => [organisation],
  run: ({ subject: source, now }) => Promise.resolve(practiceOf(source, now)),
  auditSubject: () => null,
})

function practiceOf(source: string, now: Date): ZipEntry[] {
  const day = Math.floor(now.getTime() / DAY)
  // another serial number each day, as the names of yesterday's are taken
  const serial = String(500 + (day % 499)).padStart(3, '0')
  const today = now.toISOString().slice(0, 10)
  // first those of the accounts, so that one can sign in there and see what came
  const accounts = DEMONSTRATION_ACCOUNTS.map(({ organisation }) => organisation)
  const codes = [...new Set([...accounts, ...Object.keys(DEMONSTRATION_ADDRESSES)])]
  const schools = codes.filter((code) => /^\d{7}$/.test(code) && code !== source)
  const files = schools.slice(0, SCHOOLS + 1).map((destination, at) => {
    const ctf = sampleCtf({ pupils: 3 + at, seed: day * 10 + at, source, destination, today, serial })
    const bytes = Buffer.from(ctf.bytes)
    return { name: ctf.name, at: now, bytes: at < SCHOOLS ? bytes : withWrongUpn(bytes) }
  })
  return files
}

/** The file with a wrong check letter in its first pupil's UPN, as a typing error makes it. */
function withWrongUpn(bytes: Buffer): Buffer {
  const text = bytes.toString('utf8')
  const wrong = text.replace(/<UPN>([A-Z])/, (_, letter: string) => `<UPN>${letter === 'A' ? 'B' : 'A'}`)
  return Buffer.from(wrong, 'utf8')
}

/** The pages that only a demonstration has. */
export const demonstrationPages = [
  page({
    method: 'GET',
    path: '/practice-files',
    action: practiceFiles,
    show: (files) => ({
      body: zipStream(files),
      type: 'application/zip',
      name: 'practice-files.zip',
    }),
  }),
]
