import { type Insertable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { ProgrammeRow } from './programmes.queries.ts'
import type { ProgrammesTables } from './programmes.table.ts'

export interface Claimed {
  id: string
  personId: string
  joinedOn: string
  workshopOn: string | null
  generation: number
}

/**
 * The next people of a programme to whom something may leave today, held until the transaction ends;
 * whom another process holds is passed over. A pause or a holiday only ever delays, so that this one
 * statement leaves out everybody for whom it is plainly too early, and the rules decide on the rest.
 * @param after the last id of the portion before.
 */
export async function claimPeople(
  trx: Trx,
  programme: Pick<ProgrammeRow, 'id' | 'counted' | 'startsOn' | 'monthsBetween'>,
  { steps, today, after, most }: { steps: number; today: string; after: string; most: number },
): Promise<Claimed[]> {
  const first = programme.counted === 'workshop' ? 1 : 0
  const { rows } = await sql<Claimed>`
    select member.id, member.person_id as "personId", member.joined_on as "joinedOn",
      member.workshop_on as "workshopOn", member.link_generation as generation
    from programme_people as member
    join people on people.id = member.person_id and people.email is not null
      and people.left_on is null
    cross join lateral (
      select count(*) filter (where kind = 'reminder') as reminders,
        max(sent_on) filter (where kind = 'reminder') as last_on,
        max(sent_on) as any_on, min(ask_on) as ask_on,
        max(position) filter (where kind = 'reminder' and not finished) as unfinished,
        max(position) filter (where kind = 'nudge') as nudged
      from programme_mails where member_id = member.id) as told
    where member.programme_id = ${programme.id} and member.id > ${after}
      and member.stopped_on is null and told.any_on is distinct from ${today}::date
      and (told.ask_on <= ${today}::date
        or (told.unfinished = told.reminders and told.nudged is distinct from told.reminders
          and told.last_on + 7 <= ${today}::date)
        or (told.reminders < ${steps}
          and coalesce(told.last_on + 21 <= ${today}::date, true)
          and ${programme.counted === 'workshop' ? sql`member.workshop_on` : sql`greatest(member.joined_on, ${programme.startsOn}::date)`}
            + make_interval(months => (told.reminders + ${first})::int * ${programme.monthsBetween}::int)
            <= ${today}::date))
    order by member.id
    limit ${most}
    for update of member skip locked`.execute(trx)
  return rows
}

/** What left to these people; read after they were claimed, so that nothing newer is missed. */
export function leftTo(trx: Reader, memberIds: readonly string[]) {
  return trx
    .selectFrom('programme_mails')
    .select(['id', 'member_id as memberId', 'position', 'kind', 'sent_on as on', 'finished'])
    .select('ask_on as askOn')
    .where(sql<boolean>`member_id = any(${memberIds}::uuid[])`)
    .orderBy('position')
    .execute()
}

/** Writes what leaves; a mail that left already is not written again. */
export async function insertProgrammeMails(
  trx: Trx,
  rows: Insertable<ProgrammesTables['programme_mails']>[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const written = await trx
    .insertInto('programme_mails')
    .values(rows)
    .onConflict((conflict) => conflict.constraint('programme_mails_once').doNothing())
    .returning('id')
    .execute()
  return new Set(written.map(({ id }) => id))
}

/** The last reminder that left to a person. */
export function lastReminderTo(db: Reader, memberId: string) {
  return db
    .selectFrom('programme_mails')
    .select(['id', 'position'])
    .where('member_id', '=', memberId)
    .where('kind', '=', 'reminder')
    .orderBy('position', 'desc')
    .executeTakeFirst()
}

/** The missions of these reminders were asked about. */
export async function noteAsked(trx: Trx, reminderMailIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('programme_mails')
    .set({ ask_on: null })
    .where(sql<boolean>`id = any(${reminderMailIds}::uuid[])`)
    .execute()
}

/** One mail of a programme, with whose it is. */
export function programmeMailById(db: Reader, id: string) {
  return db
    .selectFrom('programme_mails')
    .select(['id', 'member_id as memberId', 'position', 'kind', 'finished'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Notes a reminder as finished, once. @returns whether this was the first time. */
export async function noteFinished(trx: Trx, id: string, askOn: string): Promise<boolean> {
  const noted = await trx
    .updateTable('programme_mails')
    .set({ finished: true, ask_on: askOn })
    .where('id', '=', id)
    .where('kind', '=', 'reminder')
    .where('finished', '=', false)
    .returning('id')
    .execute()
  return noted.length > 0
}

/** How many have finished the reminder at each position of a programme. */
export function finishedPerStep(
  db: Reader,
  programmeId: string,
): Promise<{ position: number; count: number }[]> {
  return db
    .selectFrom('programme_mails')
    .innerJoin('programme_people', 'programme_people.id', 'programme_mails.member_id')
    .select((eb) => ['position', eb.fn.countAll<number>().as('count')])
    .where('programme_id', '=', programmeId)
    .where('finished', '=', true)
    .groupBy('position')
    .execute()
}
