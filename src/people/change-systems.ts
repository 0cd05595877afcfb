import { z } from 'zod'
import { noteAccountEvent, type Member } from '../accounts/index.ts'
import { inBoth, type InBoth } from '../kit/i18n.ts'
import { grantsOf, listSystems, setGrants, type System } from '../systems/index.ts'
import { markOf, memberChange, refuseEnded, refuseStale } from './member-change.ts'
import { memberShape } from './of-member.ts'
import { listed, tellPerson } from './tell.ts'

const input = z.strictObject({
  ...memberShape,
  // a system and one of its roles: collect:census
  grants: z
    .array(z.string().regex(/^[^:]{1,60}:[^:]{1,60}$/))
    .max(500)
    .default([]),
  seen: z.string().max(100),
})

/** A role of a system as forms and histories name it. */
export function grantName({ system, role }: { system: string; role: string }): string {
  return `${system}:${role}`
}

/** A role of a system in words, by its name of `grantName`; the name itself where the system is gone. */
export function grantInWords(name: string, systems: readonly System[]): InBoth {
  const [code, slug] = name.split(':')
  const system = systems.find((one) => one.code === code)
  const role = system?.roles.find((one) => one.code === slug)
  if (!system || !role) return { en: name, cy: name }
  const say = (systemName: string, roleName: string): InBoth =>
    inBoth('pages.people.systems.grant', { system: systemName, role: roleName })
  return { en: say(system.nameEn, role.nameEn).en, cy: say(system.nameCy, role.nameCy).cy }
}

/** Gives and takes access to connected systems, for COLLECT each data collection (ICES Bulletin 65 §1). */
export const changeSystems = memberChange({
  verb: 'change-systems',
  permission: 'manage-access',
  asksAgain: true,
  input,
  refuse({ member }) {
    refuseEnded(member)
  },
  async run(changing): Promise<Member & { given: string[]; taken: string[] }> {
    const { tx, actor, member, now } = changing
    const { id: person, organisation } = member
    const held = (await grantsOf(tx, { person, organisation })).map(grantName)
    refuseStale(changing.input.seen, markOf(member, ...held))
    const systems = await listSystems(tx)
    const wanted = changing.input.grants.map((one) => one.split(':') as [string, string])
    const codes = new Set([...systems.map(({ code }) => code), ...wanted.map(([code]) => code)])
    const given: string[] = []
    const taken: string[] = []
    for (const system of codes) {
      const roles = wanted.filter(([code]) => code === system).map(([, role]) => role)
      const changes = await setGrants(tx, { person, organisation, system, roles, at: now })
      given.push(...changes.added.map((role) => grantName({ system, role })))
      taken.push(...changes.removed.map((role) => grantName({ system, role })))
    }
    if (given.length + taken.length === 0) return { ...member, given, taken }
    await noteAccountEvent(tx, member, { event: 'systems', by: actor, at: now, given, taken })
    const inWords = (names: readonly string[]): InBoth =>
      listed(names.map((name) => grantInWords(name, systems)))
    await tellPerson(changing, member, 'access-systems', { given: inWords(given), taken: inWords(taken) })
    return { ...member, given, taken }
  },
})
