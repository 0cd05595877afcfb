import { parentPort, workerData } from 'node:worker_threads'
import { setTimeout as sleep } from 'node:timers/promises'
import { openJar, type Jar, type JarAnswer } from '../test/jar.ts'

/** What the load is told: whom it signs in, and how many a second for how long. */
export interface SignInLoad {
  url: string
  people: readonly { username: string; password: string }[]
  perSecond: number
  seconds: number
}

/** How many sign-ins came to their end, by the status of the last page. */
export type SignInsDone = Record<number, number>

const { url, people, perSecond, seconds } = workerData as SignInLoad
const AT_ONCE = 8

// Each sign-in is a browser of its own. The forms are fetched before: what is offered by the clock is the password and
// the way back to the service, whether or not earlier ones are answered.
const forms: { jar: Jar; form: JarAnswer }[] = []
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (forms.length < perSecond * seconds) {
      const jar = openJar()
      const form = await jar.get(`${url}/sign-in`)
      if (form.status !== 200) throw new Error(`no form: ${form.status} ${form.html.slice(0, 500)}`)
      forms.push({ jar, form })
    }
  }),
)
parentPort!.postMessage('ready', [])
await new Promise((resolve) => parentPort!.once('message', resolve))
const done: SignInsDone = {}
const began = performance.now()
const under = forms.slice(0, perSecond * seconds).map(async ({ jar, form }, at) => {
  await sleep(Math.max(0, (at * 1000) / perSecond - (performance.now() - began)))
  const { status } = await jar.submit(form, people[at % people.length]!)
  done[status] = (done[status] ?? 0) + 1
})
await Promise.all(under)
parentPort!.postMessage(done, [])
parentPort!.close()
