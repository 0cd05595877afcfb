import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command } from 'commander'

const ROOT = join(import.meta.dirname, '../..')

/** `cts docs`: writes the documents that are made from the source. */
export function docsCommand(): Command {
  return new Command('docs')
    .description('write the documents that are made from the source (for those who work on it)')
    .action(async () => {
      for (const [path, text] of Object.entries(await generatedDocuments())) {
        mkdirSync(dirname(join(ROOT, path)), { recursive: true })
        writeFileSync(join(ROOT, path), text)
        process.stdout.write(`${path}\n`)
      }
    })
}

/** The documents that are made from the source: their texts by their paths. */
export async function generatedDocuments(): Promise<Record<string, string>> {
  const { manualOf } = await import('../ctf/manual.ts')
  const { rulesDocument } = await import('../help/index.ts')
  const { envExample } = await import('../kit/config.ts')
  const { permissionsPage } = await import('../permissions/describe.ts')
  const { openApi } = await import('../permissions/openapi.ts')
  const { ROUTES } = await import('../serve.ts')
  return {
    '.env.example': envExample(),
    'docs/ctf.md': manualOf(),
    'docs/ctf-rules.md': rulesDocument(),
    'docs/permissions.md': permissionsPage(),
    'docs/api/openapi.json': `${JSON.stringify(openApi(ROUTES, ''), null, 2)}\n`,
  }
}
