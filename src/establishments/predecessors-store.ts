import { sql, type Querying } from '../kit/database.ts'
import { LINKS_FOLLOWED } from './store.ts'

/** A closed organisation that another follows. */
export interface Predecessor {
  code: string
  nameEn: string
  nameCy: string | null
  /** CCYY-MM-DD. */
  closed: string | null
}

/**
 * The closed organisations whose links, whatever their type, lead to this one, by code: of `successorsOf` the other
 * way. Where a school was split, it is found from every part.
 */
export async function predecessorsOf(querying: Querying, code: string): Promise<Predecessor[]> {
  const { rows } = await sql<Predecessor>`
    with recursive step (code, depth) as (
      select link.from_code, 1 from establishments.link
      where link.to_code = ${code}
        and exists (select from establishments.organisation where code = ${code} and status = 'open')
      union
      select link.from_code, step.depth + 1
      from step
      join establishments.link on link.to_code = step.code
      left join establishments.organisation o on o.code = step.code
      where step.depth < ${LINKS_FOLLOWED}::int and coalesce(o.status, 'closed') <> 'open'
    )
    select o.code, o.name_en as "nameEn", o.name_cy as "nameCy", o.closed
    from (select distinct code from step) reached
    join establishments.organisation o on o.code = reached.code
    where o.status = 'closed' and o.code <> ${code}
    order by o.code`.execute(querying)
  return rows
}
