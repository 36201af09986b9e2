import { isWorkingHour } from '#server/features/days/days.rules.ts'
import type { Day } from '#server/features/days/days.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import { lettersTo } from '#server/features/signup/signup.service.ts'
import { pagePaths } from '#server/links.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { Became } from '#shared/actions/actions.returning.contract.ts'
import { returnMail } from './actions.mails.ts'
import * as queries from './actions.returning.queries.ts'

/**
 * What became of each of these observations; absent: it is in no open finding. It tells the finding in
 * the director’s words and what was decided, never an owner, a note or another observation: whoever
 * holds a stolen secret learns nothing that a colleague of the region may not read.
 */
export async function becameOf(
  db: Reader,
  observationIds: readonly string[],
): Promise<Map<string, Became>> {
  const grouped = await findings.findingOfObservation(db, observationIds)
  const open = [...grouped].filter(([, finding]) => findings.isOpen(finding))
  const findingIds = [...new Set(open.map(([, { id }]) => id))]
  const answers = Map.groupBy(
    findingIds.length > 0 ? await queries.answersTo(db, findingIds) : [],
    ({ findingId }) => findingId,
  )
  return new Map(
    open.map(([id, finding]) => {
      const actions = (answers.get(finding.id) ?? []).map(({ findingId: _, ...action }) => action)
      return [id, { finding: finding.title, actions }]
    }),
  )
}

/** Decisions of one meeting arrive together, and a slip can be put right before anybody reads it. */
const quietMilliseconds = 2 * 3_600_000

/** How mails leave. */
export interface Outgoing {
  mailDomain: string
  publicUrl: string
}

/**
 * Tells named observers what became of what they saw: one message for each, with every answer that is
 * new to them, in working hours; nothing where nothing changed for them. Noted and written in one
 * transaction.
 */
export async function tellObservers(
  trx: Trx,
  day: Day,
  now: Date,
  { mailDomain, publicUrl }: Outgoing,
): Promise<void> {
  if (!isWorkingHour(now, day.timeZone)) return
  const quietSince = new Date(now.getTime() - quietMilliseconds)
  const untold = await queries.takeUntoldReturns(trx, day.id, quietSince)
  if (untold.length === 0) return
  const isUntold = new Set(untold.map(({ personId, actionId }) => `${personId} ${actionId}`))
  const told = await queries.toldActions(trx, [...new Set(untold.map((one) => one.actionId))])
  const byPerson = Map.groupBy(
    told.filter(({ personId, id }) => isUntold.has(`${personId} ${id}`)),
    ({ personId }) => personId ?? '',
  )
  const letters = await lettersTo(trx, day, [...byPerson.keys()], 'observations-became', now)
  const base = publicUrl.replace(/\/+$/, '')
  const mails = letters.map(
    ({ head, person, language, leave }): Mail => ({
      ...head,
      ...returnMail({
        language,
        firstName: person.firstName,
        dayName: day.name,
        answers: byPerson.get(person.id) ?? [],
        page: base + pagePaths.myObservations(day.id),
        changes: base + pagePaths.changes(day.id),
        leave,
      }),
    }),
  )
  await enqueueMails(trx, mails, now, mailDomain)
}
