import { storyOf } from '#server/features/reminders/reminders.service.ts'
import { newUntimedId } from '#server/platform/identity.ts'
import { addJob, type Database, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import type { LearningRecords } from '#shared/records/records.contract.ts'
import type { Wording } from '#shared/vocabulary/content-language.ts'
import * as queries from './records.queries.ts'
import { lastWholeWeek, mondayOfDate, statementOf } from './records.rules.ts'
import type { RecordStore } from './records.store.ts'

/** Who finished which reminder of which programme, on which day where the region is. */
export interface Finished {
  personId: string
  programmeId: string
  reminderId: string
  version: number
  today: string
}

/**
 * Keeps for the record store that somebody began and finished a reminder, by week. Beginning is told
 * with finishing: of who began and went away the server knows nothing.
 */
export async function recordFinished(trx: Trx, finished: Finished): Promise<void> {
  const account = await queries.accountOf(trx, finished.personId, newUntimedId())
  // Who has left keeps their old links, and no account.
  if (account === undefined) return
  await queries.insertStatements(
    trx,
    (['initialized', 'completed'] as const).map((verb) => ({
      id: newUntimedId(),
      account,
      verb,
      programme_id: finished.programmeId,
      reminder_id: finished.reminderId,
      version: finished.version,
      week_on: mondayOfDate(finished.today),
    })),
  )
}

/** People left: what was told of them stands for nobody from now on. */
export const forgetRecords = queries.deleteAccounts

/** Statements handed over at once: a year of one programme in a few minutes, small enough for any store. */
const portion = 50

/**
 * Hands over what waits of weeks that are over. Each statement keeps its identifier until the store has
 * it, so that being killed in between, or two processes at once, repeats what the store knows. At the
 * first sign of trouble the rest waits for the next look.
 * @param home address of the installation, which stands in every statement.
 */
export async function sendRecords(
  db: Database,
  store: RecordStore,
  home: string,
  now: Date,
): Promise<void> {
  const sending: Sending = { db, store, home, titles: new Map() }
  const weekOn = lastWholeWeek(now)
  let said: string | undefined
  for (;;) {
    const due = await queries.dueStatements(db, weekOn, portion)
    if (due.length === 0) break
    said = await handOver(sending, due)
    if (said !== undefined) return queries.noteTrouble(db, now, said)
  }
  await queries.forgetTrouble(db)
}

interface Sending {
  db: Database
  store: RecordStore
  home: string
  titles: Map<string, Wording>
}

/**
 * A store takes all of a portion or nothing (xAPI Communication 2.1.2): refused, each goes by itself,
 * and only the one that is at fault stays here. @returns what keeps all from leaving, if anything does.
 */
async function handOver(
  sending: Sending,
  rows: readonly queries.StatementRow[],
): Promise<string | undefined> {
  const statements = []
  for (const row of rows) {
    statements.push(statementOf({ ...row, title: await titleOf(sending, row) }, sending.home))
  }
  const handed = await sending.store.hand(statements)
  const ids = rows.map(({ id }) => id)
  if (handed.kind === 'later') return handed.said
  if (handed.kind === 'taken') await queries.deleteStatements(sending.db, ids)
  else if (rows.length === 1) await queries.noteRefused(sending.db, ids[0]!, handed.said)
  else {
    for (const row of rows) {
      const said = await handOver(sending, [row])
      if (said !== undefined) return said
    }
  }
  return undefined
}

async function titleOf(
  { db, titles }: Sending,
  { reminderId, version }: queries.StatementRow,
): Promise<Wording> {
  const key = `${reminderId} ${version}`
  const known = titles.get(key)
  if (known) return known
  const title = (await storyOf(db, reminderId, version))?.title ?? {}
  titles.set(key, title)
  return title
}

/** How things stand with the store at an address; undefined: none is configured. */
export async function recordsView(
  db: Reader,
  xapiUrl: string | undefined,
): Promise<LearningRecords> {
  const counts = await queries.countStatements(db)
  return {
    store: xapiUrl === undefined ? null : new URL(xapiUrl).host,
    waiting: counts.find(({ refused }) => refused === null)?.count ?? 0,
    trouble: (await queries.trouble(db)) ?? null,
    rejected: counts.flatMap(({ refused, count }) =>
      refused === null ? [] : [{ said: refused, count }],
    ),
  }
}

/** What was refused is handed over once more, now. */
export async function retryRecords(trx: Trx): Promise<void> {
  await queries.letRefusedWait(trx)
  await addJob(trx, 'send-records', {}, { key: 'send-records' })
}
