import { establishmentName } from '../../establishments/index.ts'
import type { PageExchange, Shown } from '../../permissions/page.ts'
import type { ChosenPeople } from '../choose-people.ts'
import { stateOf } from '../../accounts/rules.ts'
import { rolesOf, tagsOf } from './list-view.ts'
import { sentenceOf } from './said.ts'

/** Those who were chosen, before it is done and after. */
export function chosenView({ do: verb, done, people }: ChosenPeople, exchange: PageExchange): Shown {
  const { words, language } = exchange
  const rows = people.map(({ member, own, refusal }) => ({
    who: `${member.organisation}/${member.id}`,
    path: `/people/${member.organisation}/${member.id}`,
    name: member.name,
    username: member.username,
    organisation: establishmentName(
      { nameEn: member.organisationEn, nameCy: member.organisationCy },
      language,
    ),
    roles: rolesOf(member, words),
    state: stateOf(member),
    own,
    refused: refusal && sentenceOf(refusal, exchange),
  }))
  return {
    view: 'people/views/selected.njk',
    data: {
      verb,
      done,
      rows,
      tags: tagsOf(exchange),
      approvers: people.filter(({ member }) => member.approver).length,
      failed: rows.filter(({ refused }) => refused !== null).length,
    },
  }
}
