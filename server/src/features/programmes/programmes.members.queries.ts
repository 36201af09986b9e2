import { type Insertable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { ProgrammesTables } from './programmes.table.ts'

const memberColumns = [
  'id',
  'programme_id as programmeId',
  'region_id as regionId',
  'person_id as personId',
  'joined_on as joinedOn',
  'workshop_on as workshopOn',
  'stopped_on as stoppedOn',
  'link_generation as linkGeneration',
] as const

export function memberById(db: Reader, id: string) {
  return db
    .selectFrom('programme_people')
    .select(memberColumns)
    .where('id', '=', id)
    .executeTakeFirst()
}

export type Member = NonNullable<Awaited<ReturnType<typeof memberById>>>

export function memberOfPerson(db: Reader, programmeId: string, personId: string) {
  return db
    .selectFrom('programme_people')
    .select(memberColumns)
    .where('programme_id', '=', programmeId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/** Everybody of a programme who has not left the region. */
export function membersOf(db: Reader, programmeId: string): Promise<Member[]> {
  return db
    .selectFrom('programme_people')
    .select(memberColumns)
    .where('programme_id', '=', programmeId)
    .where((where) =>
      where.exists(
        where
          .selectFrom('people')
          .select('people.id')
          .whereRef('people.id', '=', 'programme_people.person_id')
          .where('people.left_on', 'is', null),
      ),
    )
    .orderBy('id')
    .execute()
}

/** Holds a person’s place against the sender, so that what they say comes wholly before or after. */
export function holdMember(trx: Trx, id: string): Promise<Member | undefined> {
  return trx
    .selectFrom('programme_people')
    .select(memberColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function setStopped(trx: Trx, id: string, stoppedOn: string | null): Promise<void> {
  await trx
    .updateTable('programme_people')
    .set({ stopped_on: stoppedOn })
    .where('id', '=', id)
    .execute()
}

/** The links mailed so far are former ones from now on. */
export async function raiseGeneration(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable('programme_people')
    .set({ link_generation: sql`link_generation + 1` })
    .where('id', '=', id)
    .execute()
}

/** Whose the pause is: one person’s in a programme, or the whole programme’s. */
export interface Paused {
  programmeId: string
  /** null: everybody. */
  memberId: string | null
  /** Taken by the person, who alone is shown it. */
  own: boolean
}

/** The pauses of a programme that concern these people, everybody’s included. */
export function pausesOf(db: Reader, programmeId: string, memberIds: readonly string[]) {
  return db
    .selectFrom('programme_pauses')
    .select(['member_id as memberId', 'from_on as from', 'until_on as until'])
    .where('programme_id', '=', programmeId)
    .where(sql<boolean>`(member_id is null or member_id = any(${memberIds}::uuid[]))`)
    .orderBy('from_on')
    .execute()
}

/** Every pause of a programme that was not taken by the person: all that anybody else may see. */
export function decidedPauses(db: Reader, programmeId: string) {
  return db
    .selectFrom('programme_pauses')
    .select(['member_id as memberId', 'from_on as from', 'until_on as until'])
    .where('programme_id', '=', programmeId)
    .where('own', '=', false)
    .orderBy('from_on')
    .execute()
}

/** Whoever goes on by themselves ends every pause of theirs; a director only what directors decided. */
const ofSubject = ({ programmeId, memberId, own }: Paused) =>
  sql<boolean>`programme_id = ${programmeId} and member_id is not distinct from ${memberId}
    and (${own} or not own)`

/** What lies before a day stays, so that what it moved stays moved; the rest of it ends there. */
export async function endPauses(trx: Trx, subject: Paused, on: string): Promise<void> {
  await trx
    .deleteFrom('programme_pauses')
    .where(ofSubject(subject))
    .where('from_on', '>=', on)
    .execute()
  const running = await trx
    .deleteFrom('programme_pauses')
    .where(ofSubject(subject))
    .where(sql<boolean>`coalesce(until_on > ${on}::date, true)`)
    .returningAll()
    .execute()
  // Two that began on one day become the same one.
  for (const pause of running) await insertPause(trx, { ...pause, until_on: on })
}

export async function insertPause(
  trx: Trx,
  row: Insertable<ProgrammesTables['programme_pauses']>,
): Promise<void> {
  await trx
    .insertInto('programme_pauses')
    .values(row)
    .onConflict((conflict) => conflict.constraint('programme_pauses_once').doNothing())
    .execute()
}
