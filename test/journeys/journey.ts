import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { listLetters, type Letter } from '../../src/kit/mail/letters.ts'
import { newPerson, openBrowser, type Browser, type Person, type PersonOptions } from '../browser.ts'
import { look } from '../browser-pictures.ts'
import { openTestServer, type TestServer, type TestServerOptions } from '../server.ts'
import { discard } from '../templates.ts'
import { copyDemonstrated } from './demonstrated.ts'

/** What differs between the people of a journey. */
export type Traveller = Pick<PersonOptions, 'language' | 'width' | 'javaScript'>

/** A mail as its receiver reads it. */
export interface Mail extends Letter {
  /** Addresses in the text, in order. */
  links: string[]
}

/** The whole service with its work and its demonstration data, and what surrounds it. */
export interface Stage {
  server: TestServer
  /**
   * The oldest mail of the journey to an address that was not read yet and says something in subject or text; waits
   * for it, at most 15 seconds. Mails of one moment come in any order; those of the demonstration count as read.
   */
  mailTo(address: string, says?: RegExp): Promise<Mail>
  /** Lets time pass, for the service and for every page that is open. */
  advance(milliseconds: number): Promise<void>
}

/**
 * Declares a test: a journey of people, each with a window and cookies of their own, through the whole service on the
 * embedded database. It fails when `run` does, and when any page did what no page may (see test/browser.ts).
 * @param people who takes part, by the names that `run` calls them
 * @param settings what the service is started with otherwise
 */
export function journey<Name extends string>(
  title: string,
  people: Readonly<Record<Name, Traveller>>,
  run: (people: Record<Name, Person>, stage: Stage) => Promise<void>,
  settings: Pick<TestServerOptions, 'env' | 'host'> = {},
): void {
  test(title, async () => {
    const browser = await sharedBrowser()
    const place = await copyDemonstrated()
    const server = await openTestServer(place, { work: true, ...settings })
    const here = new Map<string, Person>()
    try {
      for (const [name, traveller] of Object.entries<Traveller>(people)) {
        const options = { service: server.url, clock: server.clock, ...traveller }
        here.set(name, await newPerson(browser, options))
      }
      await run(Object.fromEntries(here) as Record<Name, Person>, await stageOf(server, here))
      for (const person of here.values()) await person.close()
    } catch (error) {
      throw await explained(error, here)
    } finally {
      await Promise.allSettled([...here.values()].map((person) => person.close()))
      await server.close()
      await discard(place)
    }
  })
}

/** One Chromium for all journeys of a file. */
let started: Promise<Browser> | undefined

function sharedBrowser(): Promise<Browser> {
  started ??= openBrowser()
  return started
}

async function stageOf(server: TestServer, people: ReadonlyMap<string, Person>): Promise<Stage> {
  const { config, mailer } = server.world
  const letters = (): Promise<Letter[]> =>
    listLetters(join(config.dataDir, 'mail'), { before: null, limit: 1000 })
  await until('the mails of the demonstration are sent', async () => {
    const unsent = await mailer.list(['queued', 'sending'], 1)
    return unsent.length === 0 || undefined
  })
  const read = new Set((await letters()).map(({ name }) => name))
  async function next(address: string, says: RegExp): Promise<Letter | undefined> {
    const found = (await letters()).findLast(
      ({ name, to, subject, text }) =>
        !read.has(name) && to.endsWith(`<${address}>`) && says.test(`${subject}\n${text}`),
    )
    if (found) read.add(found.name)
    return found
  }
  return {
    server,
    async mailTo(address, says = /^/) {
      const letter = await until(`mail to ${address} says ${says}`, () => next(address, says))
      const links = letter.text.matchAll(/https?:\/\/[^\s<>"]*[^\s<>".,;:)]/g)
      return { ...letter, links: [...links].map(([link]) => link) }
    },
    async advance(milliseconds) {
      server.clock.advance(milliseconds)
      for (const person of people.values()) await person.pass(milliseconds)
    },
  }
}

/** Asks until there is an answer, for 15 seconds. */
async function until<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await wait(50)
  }
  throw new Error(`not in 15 seconds: ${what}`)
}

/** The error with where everybody stood and what their pages did; with their pictures where those are wanted. */
async function explained(reason: unknown, people: ReadonlyMap<string, Person>): Promise<Error> {
  const lines = [...people].flatMap(([name, { page, takeFaults }]) => [
    `${name} at ${page.url()}`,
    ...takeFaults().map((fault) => `  ${fault}`),
  ])
  await Promise.allSettled([...people].map(([name, { page }]) => look(page, `failed-${name}`)))
  return new Error(`The journey ended here:\n${lines.join('\n')}`, { cause: reason })
}
