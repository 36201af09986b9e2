import type * as days from '#server/features/days/days.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import { brokenReference, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { ActionAnswer, Measure } from '#shared/actions/actions.contract.ts'
import { revokeLinks } from './actions.links.ts'
import * as queries from './actions.queries.ts'
import { decisionAfter, isOpenAction } from './actions.rules.ts'

export { actionsOfDay } from './actions.views.ts'

/**
 * Whoever changes an action: a director by their account, its owner as a person of the roster. An owner
 * without an account at hand came by the link of a mail.
 */
export interface Author {
  accountId: string | null
  personId: string | null
}

/** What is planned; already checked by the contract. */
export interface Plan {
  title: string
  findingIds: string[]
  ownerId: string | null
  dueOn: string | null
}

/** Which action, and the version its writer looked at. */
export interface Seen {
  dayId: string
  id: string
  seen: number
}

/** How many open actions of a day nobody carries: never given, or their owner left the roster. */
export const countWithoutOwner = queries.countWithoutOwner

/** How much of a day is decided, and how much waits for it: findings without an answer count too. */
export const decisionsOf = queries.decisionsOf

/** Those of these days on which something was decided. */
export const decidedAmong = queries.decidedAmong

/** How many open actions some people carry, of all days. */
export async function countOpenOf(db: Reader, personIds: string[]): Promise<number> {
  if (personIds.length === 0) return 0
  return (await queries.actionsWhere(db, { ownerIds: personIds })).filter(isOpenAction).length
}

/** An action as policies ask about it. */
export async function actionOf(
  db: Reader,
  dayId: string,
  id: string,
): Promise<{ regionId: string; ownerId: string | null } | undefined> {
  const [row] = await queries.actionsWhere(db, { dayId, id })
  return row && { regionId: row.region_id, ownerId: row.owner_id }
}

/** Makes an action of findings that are open. @returns its id. */
export async function createAction(
  trx: Trx,
  day: days.Day,
  plan: Plan,
  by: Author,
  now: Date,
): Promise<string | Refusal> {
  const refused = await unfit(trx, day, plan)
  if (refused) return refused
  const id = newId(now)
  await queries.insertAction(trx, {
    id,
    region_id: day.regionId,
    day_id: day.id,
    title: plan.title,
    owner_id: plan.ownerId,
    due_on: plan.dueOn,
    created_by: by.accountId,
    created_at: now,
    changed_at: now,
  })
  const lost = await attach(trx, { dayId: day.id, id }, plan.findingIds)
  if (lost) return lost
  await audit(trx, day.regionId, by, 'create', id, { findings: plan.findingIds.length }, now)
  return id
}

/** Words an action anew, or gives it to somebody else, by whoever has read its latest version. */
export async function changeAction(
  trx: Trx,
  day: days.Day,
  at: Seen,
  plan: Plan,
  by: Author,
  now: Date,
): Promise<Refusal | undefined> {
  const [before] = await queries.actionsWhere(trx, at)
  if (!before) return refuse('not-found')
  const kept = await queries.findingsOfActions(trx, [at.id])
  const findingIds = kept.map(({ findingId }) => findingId)
  const refused = await unfit(trx, day, plan, { findingIds, ownerId: before.owner_id })
  if (refused) return refused
  const given = before.owner_id !== plan.ownerId
  const changed = await queries.updateAction(trx, at, {
    title: plan.title,
    owner_id: plan.ownerId,
    // Given back to whom it was taken from, it is news again: their former link is worth nothing.
    ...(given ? { told_owner_id: null } : {}),
    due_on: plan.dueOn,
    changed_at: now,
  })
  if (!changed) return refuse('action-changed')
  const lost = await attach(trx, at, plan.findingIds)
  if (lost) return lost
  if (given) await endLinkWithoutUse(trx, day.id, before.owner_id)
  await audit(trx, day.regionId, by, 'change', at.id, { given }, now)
}

/** Takes back what was made by mistake; what somebody has spoken about is answered instead. */
export async function removeAction(
  trx: Trx,
  day: days.Day,
  id: string,
  by: Author,
  now: Date,
): Promise<Refusal | undefined> {
  const [before] = await queries.actionsWhere(trx, { dayId: day.id, id })
  if (!before) return refuse('not-found')
  if (!(await queries.deleteUntouched(trx, day.id, id))) return refuse('action-begun')
  await endLinkWithoutUse(trx, day.id, before.owner_id)
  await audit(trx, day.regionId, by, 'remove', id, {}, now)
}

/**
 * Decides, tells progress, finishes, or says no with a reason. What was said before stays among the
 * notes, a former reason as well.
 */
export async function answerAction(
  trx: Trx,
  at: { dayId: string; id: string },
  { version, status, words }: ActionAnswer,
  by: Author,
  now: Date,
): Promise<Refusal | undefined> {
  const [before] = await queries.actionsWhere(trx, at)
  if (!before) return refuse('not-found')
  const changed = await queries.updateAction(
    trx,
    { ...at, seen: version },
    {
      status,
      reason: status === 'declined' ? words : null,
      decided_at: decisionAfter(
        { status: before.status, decidedAt: before.decided_at },
        status,
        now,
      ),
      changed_at: now,
    },
  )
  if (!changed) return refuse('action-changed')
  await queries.insertNote(trx, {
    id: newId(now),
    action_id: at.id,
    region_id: before.region_id,
    status,
    words,
    person_id: by.personId,
    account_id: by.accountId,
    by_link: by.accountId === null,
    written_at: now,
  })
  await audit(trx, before.region_id, by, 'answer', at.id, { status }, now)
}

/** Says which number should move, and its values; null takes the measure away. */
export async function measureAction(
  trx: Trx,
  at: Seen,
  measure: Measure | null,
  by: Author,
  now: Date,
): Promise<Refusal | undefined> {
  const [before] = await queries.actionsWhere(trx, at)
  if (!before) return refuse('not-found')
  const changed = await queries.updateAction(trx, at, {
    measure_name: measure?.name ?? null,
    measure_unit: measure?.unit ?? null,
    measure_before: measure?.before?.value ?? null,
    measure_before_on: measure?.before?.on ?? null,
    measure_after: measure?.after?.value ?? null,
    measure_after_on: measure?.after?.on ?? null,
    changed_at: now,
  })
  if (!changed) return refuse('action-changed')
  await audit(trx, before.region_id, by, 'measure', at.id, { measured: measure !== null }, now)
}

/** Whoever carries nothing of the day any more needs no link; what they may be given brings another. */
async function endLinkWithoutUse(trx: Trx, dayId: string, ownerId: string | null): Promise<void> {
  if (!ownerId) return
  const left = await queries.actionsWhere(trx, { dayId, ownerIds: [ownerId] })
  if (left.length === 0) await revokeLinks(trx, dayId, [ownerId])
}

/**
 * An owner of another region or who left it, or findings that are gone or withdrawn. What is kept may
 * have left or been withdrawn since.
 */
async function unfit(
  trx: Trx,
  day: days.Day,
  plan: Plan,
  kept: Pick<Plan, 'findingIds' | 'ownerId'> = { findingIds: [], ownerId: null },
): Promise<Refusal | undefined> {
  const owner = plan.ownerId ? await roster.personById(trx, plan.ownerId) : undefined
  if (plan.ownerId && owner?.regionId !== day.regionId) return refuse('not-found')
  if (owner?.leftOn && owner.id !== kept.ownerId) return refuse('not-found')
  // A withdrawal at this instant comes before, and is seen, or after, and finds the action made.
  await findings.holdFindings(trx, plan.findingIds)
  const known = new Map((await findings.findingsOfDay(trx, day.id)).map((one) => [one.id, one]))
  for (const id of plan.findingIds) {
    const finding = known.get(id)
    if (!finding) return refuse('not-found')
    if (!findings.isOpen(finding) && !kept.findingIds.includes(id))
      return refuse('finding-withdrawn')
  }
}

/** A finding dissolved at this very moment is one that is not there. */
async function attach(
  trx: Trx,
  at: { dayId: string; id: string },
  findingIds: readonly string[],
): Promise<Refusal | undefined> {
  try {
    await queries.setFindings(trx, at, [...new Set(findingIds)])
  } catch (error) {
    if (brokenReference(error)) return refuse('not-found')
    throw error
  }
}

function audit(
  trx: Trx,
  regionId: string,
  by: Author,
  verb: string,
  subjectId: string,
  details: Record<string, string | number | boolean>,
  now: Date,
): Promise<void> {
  const entry = { regionId, accountId: by.accountId, action: `actions.${verb}`, subjectId, details }
  return recordAudit(trx, entry, now)
}
