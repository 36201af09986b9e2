import { sql } from 'kysely'
import type { Database } from '../postgres/database.ts'

/** How far a folder is read: below `lastUid` everything was handed over and marked. */
export interface Progress {
  uidValidity: number
  lastUid: number
}

export async function progressOf(db: Database, folder: string): Promise<Progress | undefined> {
  return db
    .selectFrom('mailbox_folders')
    .select(['uid_validity as uidValidity', 'last_uid as lastUid'])
    .where('folder', '=', folder)
    .executeTakeFirst()
}

export async function saveProgress(
  db: Database,
  folder: string,
  { uidValidity, lastUid }: Progress,
): Promise<void> {
  await db
    .insertInto('mailbox_folders')
    .values({ folder, uid_validity: uidValidity, last_uid: lastUid })
    .onConflict((conflict) =>
      conflict.column('folder').doUpdateSet({ uid_validity: uidValidity, last_uid: lastUid }),
    )
    .execute()
}

/** Forgets failures that were not repeated since `before`, as those of mails deleted meanwhile. */
export async function forgetFailures(db: Database, folder: string, before: Date): Promise<void> {
  await db
    .deleteFrom('mailbox_failures')
    .where('folder', '=', folder)
    .where('tried_at', '<=', before)
    .execute()
}

/** Counts one failure more of a mail. @returns how often it failed by now. */
export async function countFailure(
  db: Database,
  folder: string,
  uid: number,
  error: string,
  now: Date,
): Promise<number> {
  const row = await db
    .insertInto('mailbox_failures')
    .values({ folder, uid, tries: 1, last_error: error, tried_at: now })
    .onConflict((conflict) =>
      conflict.columns(['folder', 'uid']).doUpdateSet({
        tries: sql`mailbox_failures.tries + 1`,
        last_error: error,
        tried_at: now,
      }),
    )
    .returning('tries')
    .executeTakeFirstOrThrow()
  return row.tries
}

/** A mail that a person has to look at now is not tried again. */
export async function giveUp(db: Database, folder: string, uid: number): Promise<void> {
  await db
    .deleteFrom('mailbox_failures')
    .where('folder', '=', folder)
    .where('uid', '=', uid)
    .execute()
}

/** Mails that failed and were left alone since `before`. */
export async function failuresToTry(db: Database, folder: string, before: Date): Promise<number[]> {
  const rows = await db
    .selectFrom('mailbox_failures')
    .select('uid')
    .where('folder', '=', folder)
    .where('tried_at', '<=', before)
    .orderBy('uid')
    .execute()
  return rows.map(({ uid }) => uid)
}
