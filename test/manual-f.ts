import { openJourney } from './journey.ts'
import { run } from './command.ts'
import { sendFile } from '../src/client/index.ts'
import { writeFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:https'
import { execSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
const j = await openJourney('embedded')
const S = ['--server', j.proxy.url]
// 250 files, real pages
let t = performance.now()
const c = j.connect(j.sender)
for (let i = 0; i < 230; i++) { const { path } = j.file(); j.server.clock.advance(1000); await sendFile(c, path, () => {}) }
console.log('sent 230', Math.round(performance.now() - t)); t = performance.now()
const to = j.folder()
const r = await run(j.receiver, 'receive', '--to', to, ...S)
console.log(r.code, r.out.split('\n').slice(-3), r.err.slice(-200), readdirSync(to).length, Math.round(performance.now() - t))
// too large
const big = j.file(); writeFileSync(big.path, Buffer.alloc(21 * 1024 * 1024, 0x20))
t = performance.now()
console.log(await run(j.sender, 'send', big.path, ...S), Math.round(performance.now() - t))
const direct = await openJourney('embedded')
// big valid
const large = direct.file(3000); console.log('large', large.bytes.length)
t = performance.now()
console.log((await run(direct.sender, 'send', large.path, '--server', direct.proxy.url)).out, Math.round(performance.now() - t))
// 21 MiB straight to the service, without the proxy that buffers
direct.proxy.meddle = () => 'pass'
execSync('openssl req -x509 -newkey rsa:2048 -nodes -keyout /tmp/k.pem -out /tmp/c.pem -days 2 -subj /CN=localhost 2>/dev/null')
const tls = createServer({ key: readFileSync('/tmp/k.pem'), cert: readFileSync('/tmp/c.pem') }, (q, r) => r.end('x'))
await new Promise<void>((r) => tls.listen(0, '127.0.0.1', () => r()))
console.log(await run(j.sender, 'send', big.path, '--server', `https://127.0.0.1:${(tls.address() as any).port}`))
tls.close()
await j.close(); await direct.close()
