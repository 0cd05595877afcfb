import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const SSHD = '/usr/sbin/sshd'

/** OpenSSH's sftp on loopback. */
export interface Sftp {
  /** Uploads so many files over `atOnce` connections; gives files a second, connecting left out. */
  upload(files: number, atOnce: number): Promise<number>
  stop(): Promise<void>
}

/** Starts an sshd of our own with keys of its own; null where OpenSSH's server is not installed. */
export async function openSftp(folder: string, bodies: readonly Uint8Array[]): Promise<Sftp | null> {
  if (!existsSync(SSHD) || !existsSync('/usr/lib/openssh/sftp-server')) return null
  const at = (name: string): string => join(folder, 'sftp', name)
  mkdirSync(at('in'), { recursive: true, mode: 0o700 })
  mkdirSync('/run/sshd', { recursive: true })
  for (const key of ['host', 'user'])
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)])
  bodies.forEach((body, index) => writeFileSync(at(`body-${index}`), body))
  const port = await freePort()
  writeFileSync(
    at('config'),
    [
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey ${at('host')}`,
      `AuthorizedKeysFile ${at('user.pub')}`,
      `PidFile ${at('pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin prohibit-password',
      'MaxStartups 100',
      'Subsystem sftp /usr/lib/openssh/sftp-server',
    ].join('\n'),
  )
  const sshd = spawn(SSHD, ['-D', '-f', at('config')], { stdio: 'ignore' })
  const ended = once(sshd, 'exit')
  await sleep(500)
  return {
    async upload(files, atOnce) {
      const each = Math.ceil(files / atOnce)
      const sessions = await Promise.all(Array.from({ length: atOnce }, () => connect(port, at)))
      const began = performance.now()
      await Promise.all(sessions.map((session, n) => session.put(each, bodies.length, n)))
      const seconds = (performance.now() - began) / 1000
      await Promise.all(sessions.map((session) => session.close()))
      return (each * atOnce) / seconds
    },
    async stop() {
      sshd.kill('SIGTERM')
      await ended
    },
  }
}

interface Session {
  put(files: number, bodies: number, session: number): Promise<void>
  close(): Promise<void>
}

/** One sftp client, connected; commands go to its standard input, `!echo` marks the end of what was asked. */
async function connect(port: number, at: (name: string) => string): Promise<Session> {
  const options = [
    'StrictHostKeyChecking=no',
    `UserKnownHostsFile=${at('known')}`,
    'LogLevel=ERROR',
    'BatchMode=yes',
  ]
  const args = ['-q', '-P', String(port), '-i', at('user'), ...options.flatMap((option) => ['-o', option])]
  const client = spawn('sftp', [...args, `${userInfo().username}@127.0.0.1`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(client, 'exit')
  let heard = ''
  client.stdout.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
  const until = async (mark: string): Promise<void> => {
    client.stdin.write(`!echo ${mark}\n`)
    while (!new RegExp(`^${mark}$`, 'm').test(heard)) await once(client.stdout, 'data')
  }
  await until('connected')
  return {
    async put(files, bodies, session) {
      const commands = Array.from(
        { length: files },
        (_, n) => `put -f ${at(`body-${n % bodies}`)} ${at('in')}/${session}-${n}`,
      )
      client.stdin.write(`${commands.join('\n')}\n`)
      await until('done')
    },
    async close() {
      client.stdin.end('bye\n')
      await ended
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
