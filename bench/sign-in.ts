import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import argon2 from '@node-rs/argon2'
import { COST } from '../src/secure-access/passwords.ts'
import { openJar, signIn } from '../test/jar.ts'
import { figure, median, p99, ROUNDS, type Figure } from './figure.ts'
import { withBenchService, type BenchService } from './serving.ts'
import type { SignInLoad, SignInsDone } from './sign-in-load.ts'

const CHECKS = 60
const PER_SECOND = 64
const SECONDS = 10
const PROBES_PER_SECOND = 50
const PEOPLE = 16

type Person = Awaited<ReturnType<BenchService['person']>>

/**
 * What checking a password costs beside its hash alone, and how long the home page takes while 64 sign-ins a second are
 * offered, beside the same page when nothing else is asked for.
 */
export async function benchSignIn(report: (figure: Figure) => void): Promise<void> {
  await withBenchService(async (service) => {
    const people: Person[] = []
    for (let at = 0; at < PEOPLE; at += 1) people.push(await service.person('6804020', 'school-user', at))
    await checks(service, people[0]!, report)
    await flood(service, people, report)
  })
}

async function checks(
  { url }: BenchService,
  person: Person,
  report: (figure: Figure) => void,
): Promise<void> {
  const hash = await argon2.hash(person.password, COST)
  const own: number[] = []
  const peer: number[] = []
  for (let round = 0; round < ROUNDS + 1; round += 1) {
    for (let at = 0; at < CHECKS / ROUNDS; at += 1) {
      const jar = openJar()
      const form = await jar.get(`${url}/sign-in`)
      const ours = await took(() => jar.submitOnly(form, person))
      const alone = await took(() => argon2.verify(hash, person.password))
      // the first round only makes both warm
      if (round > 0) own.push(ours)
      if (round > 0) peer.push(alone)
    }
  }
  report(figure('sign-in, password request', 'ms', median(own), 'its Argon2 hash alone', median(peer)))
}

async function flood(
  { url }: BenchService,
  people: readonly Person[],
  report: (figure: Figure) => void,
): Promise<void> {
  const { jar } = await signIn(url, people[0]!)
  const probe = (): Promise<number[]> => probeHome(url, jar.cookie('/'))
  const quiet: number[] = []
  const loaded: number[] = []
  const done: SignInsDone = {}
  await probe()
  for (let round = 0; round < ROUNDS; round += 1) {
    quiet.push(p99(await probe()))
    const workerData: SignInLoad = { url, people, perSecond: PER_SECOND, seconds: SECONDS }
    const load = new Worker(new URL('./sign-in-load.ts', import.meta.url), { workerData })
    await once(load, 'message')
    load.postMessage('go', [])
    const ended = once(load, 'message') as Promise<[SignInsDone]>
    loaded.push(p99(await probe()))
    for (const [status, count] of Object.entries((await ended)[0]))
      done[Number(status)] = (done[Number(status)] ?? 0) + count
  }
  const signedIn = (done[200] ?? 0) / (ROUNDS * SECONDS)
  report(figure('sign-ins answered with the home page', '/s', signedIn, 'offered', PER_SECOND))
  report(figure('home p99 under 64 sign-ins/s', 'ms', median(loaded), 'the same page, quiet', median(quiet)))
}

/** Milliseconds of each of so many home pages, asked for by the clock, whether or not earlier ones are answered. */
async function probeHome(url: string, cookie: string): Promise<number[]> {
  const began = performance.now()
  return Promise.all(
    Array.from({ length: PROBES_PER_SECOND * SECONDS }, async (_, at) => {
      await sleep(Math.max(0, (at * 1000) / PROBES_PER_SECOND - (performance.now() - began)))
      return took(async () => {
        const answer = await fetch(`${url}/`, {
          headers: { cookie, accept: 'text/html' },
          redirect: 'manual',
        })
        await answer.arrayBuffer()
        if (answer.status !== 200) throw new Error(`home: ${answer.status}`)
      })
    }),
  )
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
