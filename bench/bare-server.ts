import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'

// The peer of the upload benchmark: the least that a durable, encrypted upload can cost on Node and PostgreSQL.
// It takes anybody's bytes, checks nothing and gives no receipt but the digest.

const [databaseUrl, folder] = process.argv.slice(2) as [string, string]
const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 })
await pool.query(
  'create table if not exists bare (id text primary key, sha256 text not null, key bytea not null)',
)

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    void keep(Buffer.concat(chunks)).then((sha256) => response.writeHead(201).end(JSON.stringify({ sha256 })))
  })
})

async function keep(bytes: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const key = randomBytes(32)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const sealed = Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  const id = randomBytes(16).toString('base64url')
  const file = await open(join(folder, id), 'wx')
  await file.write(sealed)
  await file.sync()
  await file.close()
  await pool.query('insert into bare (id, sha256, key) values ($1, $2, $3)', [id, sha256, key])
  return sha256
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.on('SIGTERM', () => process.exit(0))
