import { z } from 'zod'
import { compareRegister, readRegister, takeRegister, type ImportReport } from '../establishments/index.ts'
import { action } from '../permissions/action.ts'
import { bytesBodySchema } from '../permissions/route.ts'
import { keepUpload, newUpload, removeUpload, uploadedFiles } from './uploads.ts'

const idInput = z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/) })
const fileInput = z.strictObject({ name: z.string().max(300), body: bytesBodySchema })

const ofRegister = {
  permission: 'keep-register',
  find: ({ actor }: { actor: { organisation: string } }) => Promise.resolve(actor.organisation),
  business: (organisation: string) => [organisation],
} as const

/** Opens the form in which a list of schools is chosen. */
export const offerImport = action({
  ...ofRegister,
  name: 'dba.offer-import',
  input: z.strictObject({}),
  audited: 'refusals',
  run: () => Promise.resolve({}),
  auditSubject: () => null,
})

/** Keeps a list of schools until it is imported. Throws Refusal where it is none. */
export const uploadList = action({
  ...ofRegister,
  name: 'dba.upload-list',
  input: fileInput,
  async prepare({ world, input }): Promise<{ id: string }> {
    const id = newUpload()
    await keepUpload(world, id, 'list', input.body.stream)
    try {
      await readRegister(await uploadedFiles(world, id))
    } catch (error) {
      await removeUpload(world, id)
      throw error
    }
    return { id }
  },
  run: ({ prepared }) => Promise.resolve(prepared),
  auditSubject: (_, answer) => answer?.id ?? null,
})

/** Keeps GIAS's links beside a list. Throws Refusal where the file has none. */
export const uploadLinks = action({
  ...ofRegister,
  name: 'dba.upload-links',
  input: fileInput.extend(idInput.shape),
  async prepare({ world, input: { id, body } }): Promise<{ id: string }> {
    await uploadedFiles(world, id)
    await keepUpload(world, id, 'links', body.stream)
    try {
      await readRegister(await uploadedFiles(world, id))
    } catch (error) {
      await removeUpload(world, id, ['links'])
      throw error
    }
    return { id }
  },
  run: ({ prepared }) => Promise.resolve(prepared),
  auditSubject: ({ id }) => id,
})

/** What an import would do: counts, differences, and what was corrected by hand and is kept. */
export const checkImport = action({
  ...ofRegister,
  name: 'dba.check-import',
  input: idInput,
  audited: 'refusals',
  async prepare({ world, input: { id } }): Promise<{ report: ImportReport; hasLinks: boolean }> {
    const files = await uploadedFiles(world, id)
    const report = await compareRegister(world.db, await readRegister(files))
    return { report, hasLinks: files.links !== null }
  },
  run: ({ input: { id }, prepared }) => Promise.resolve({ id, ...prepared }),
  auditSubject: ({ id }) => id,
})

/** Brings the register to what a list says, as `cts register import` does, in one transaction. */
export const importList = action({
  ...ofRegister,
  name: 'dba.import-list',
  input: idInput,
  prepare: async ({ world, input: { id } }) => readRegister(await uploadedFiles(world, id)),
  run: ({ tx, prepared }) => takeRegister(tx, prepared),
  auditSubject: ({ id }) => id,
})
