import * as days from '#server/features/days/days.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import { notify } from '#server/platform/live/live.ts'
import { brokenReference, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Finding } from '#shared/findings/findings.contract.ts'
import * as queries from './findings.queries.ts'

export type { Finding } from '#shared/findings/findings.contract.ts'

/** A director at work on a day of their region. */
export interface Grouper {
  regionId: string
  dayId: string
  accountId: string
}

/** What a finding says; already checked by the contract. */
export interface Wording {
  title: string
  irritantId: string
  note: string
}

export const findingsOfDay: (db: Reader, dayId: string) => Promise<Finding[]> =
  queries.findingsOfDay
/** How many findings of a day count. */
export const countOpenFindings = queries.countOpen
export const findingById: (db: Reader, id: string) => Promise<Finding | undefined> =
  queries.findingById

/** Whether votes and actions on it count. */
export const isOpen = (finding: Pick<Finding, 'status'>): boolean => finding.status === 'open'

/** How many of these findings were withdrawn: none of them may be given a heart. */
export const countWithdrawn: (db: Reader, ids: readonly string[]) => Promise<number> =
  queries.countWithdrawn

/**
 * Holds findings as they are until the transaction ends, for what is about to hang on them: a withdrawal
 * at the same instant is waited for, or waits.
 */
export const holdFindings: (trx: Trx, ids: readonly string[]) => Promise<void> =
  queries.holdFindings

/** What each of these observations has become part of; absent: it is in no finding. */
export async function findingOfObservation(
  db: Reader,
  observationIds: readonly string[],
): Promise<Map<string, Finding>> {
  if (observationIds.length === 0) return new Map()
  const grouped = await queries.groupedAmong(db, observationIds)
  const ids = [...new Set(grouped.map(({ findingId }) => findingId))]
  if (ids.length === 0) return new Map()
  const findings = new Map((await queries.findingsByIds(db, ids)).map((one) => [one.id, one]))
  return new Map(
    grouped.flatMap(({ observationId, findingId }) => {
      const finding = findings.get(findingId)
      return finding ? [[observationId, finding] as const] : []
    }),
  )
}

/**
 * Gathers observations into a new finding: all of them, or none with the reason. Of two directors
 * who take the same one at once, the second waits for the first and is told.
 */
export async function groupObservations(
  trx: Trx,
  by: Grouper,
  wording: Wording,
  observationIds: readonly string[],
  now: Date,
): Promise<Finding | Refusal> {
  const unknown = await irritantUnknown(trx, by, wording.irritantId)
  if (unknown) return unknown
  const id = newId(now)
  await queries.insertFinding(trx, {
    id,
    region_id: by.regionId,
    day_id: by.dayId,
    irritant_id: wording.irritantId,
    title: wording.title,
    note: wording.note,
    version: 1,
    created_by: by.accountId,
    created_at: now,
    withdrawn_at: null,
    withdrawn_reason: null,
  })
  const refused = await take(trx, by, id, observationIds)
  if (refused) return refused
  await audit(trx, by, 'group', id, { observations: new Set(observationIds).size }, now)
  return present(trx, id)
}

/** Adds observations to an open finding: all of them, or none with the reason. */
export async function addObservations(
  trx: Trx,
  by: Grouper,
  findingId: string,
  observationIds: readonly string[],
  now: Date,
): Promise<Finding | Refusal> {
  const finding = await queries.lockFinding(trx, by.dayId, findingId)
  if (!finding) return refuse('not-found')
  if (finding.withdrawn_at) return refuse('finding-withdrawn')
  const refused = await take(trx, by, findingId, observationIds)
  if (refused) return refused
  await audit(trx, by, 'add', findingId, { observations: new Set(observationIds).size }, now)
  return present(trx, findingId)
}

/** Puts observations into a finding; sorted, so that two at once wait instead of locking up. */
async function take(
  trx: Trx,
  { dayId }: Grouper,
  findingId: string,
  observationIds: readonly string[],
): Promise<Refusal | undefined> {
  const ids = [...new Set(observationIds)].sort()
  const found = await queries.standing(trx, dayId, ids)
  if (found.length < ids.length) return refuse('not-found')
  const gone = found.filter(({ withdrawn }) => withdrawn).length
  if (gone > 0) return refuse('observations-withdrawn', { count: gone })
  const taken = ids.length - (await queries.insertGrouped(trx, dayId, findingId, ids))
  return taken > 0 ? refuse('observations-grouped', { count: taken }) : undefined
}

/** Takes observations out, also of a withdrawn finding; again changes nothing. */
export async function removeObservations(
  trx: Trx,
  by: Grouper,
  findingId: string,
  observationIds: readonly string[],
  now: Date,
): Promise<Finding | Refusal> {
  const finding = await queries.lockFinding(trx, by.dayId, findingId)
  if (!finding) return refuse('not-found')
  const removed = await queries.deleteGrouped(trx, findingId, observationIds)
  if (removed > 0) await audit(trx, by, 'remove', findingId, { observations: removed }, now)
  return present(trx, findingId)
}

/** Other words for a finding, by who has read its latest ones. */
export async function rewordFinding(
  trx: Trx,
  by: Grouper,
  findingId: string,
  { version, ...wording }: Wording & { version: number },
  now: Date,
): Promise<Finding | Refusal> {
  const finding = await lockVersion(trx, by, findingId, version)
  if (isRefusal(finding)) return finding
  if (wording.irritantId !== finding.irritant_id) {
    const unknown = await irritantUnknown(trx, by, wording.irritantId)
    if (unknown) return unknown
  }
  await queries.updateFinding(trx, findingId, {
    title: wording.title,
    note: wording.note,
    irritant_id: wording.irritantId,
  })
  await audit(trx, by, 'reword', findingId, {}, now)
  return present(trx, findingId)
}

/** Dissolves a finding and frees its observations; what votes or actions hang on stays. */
export async function dissolveFinding(
  trx: Trx,
  by: Grouper,
  findingId: string,
  now: Date,
): Promise<undefined | Refusal> {
  const finding = await queries.lockFinding(trx, by.dayId, findingId)
  if (!finding) return refuse('not-found')
  try {
    await queries.deleteFinding(trx, findingId)
  } catch (error) {
    if (brokenReference(error)) return refuse('finding-in-use')
    throw error
  }
  await audit(trx, by, 'dissolve', findingId, {}, now)
  return undefined
}

/**
 * Withdraws a finding with a reason: it stays with its observations, votes and actions, readable,
 * and none of them counts ({@link isOpen}). Again, or on words since changed, is a refusal.
 */
export async function withdrawFinding(
  trx: Trx,
  by: Grouper,
  findingId: string,
  { version, reason }: { version: number; reason: string },
  now: Date,
): Promise<Finding | Refusal> {
  const finding = await lockVersion(trx, by, findingId, version)
  if (isRefusal(finding)) return finding
  await queries.updateFinding(trx, findingId, { withdrawn_at: now, withdrawn_reason: reason })
  await audit(trx, by, 'withdraw', findingId, {}, now)
  return present(trx, findingId)
}

/** Brings a withdrawn finding back with all that hung on it; an open one stays as it is. */
export async function bringFindingBack(
  trx: Trx,
  by: Grouper,
  findingId: string,
  now: Date,
): Promise<Finding | Refusal> {
  const finding = await queries.lockFinding(trx, by.dayId, findingId)
  if (!finding) return refuse('not-found')
  if (finding.withdrawn_at) {
    await queries.updateFinding(trx, findingId, { withdrawn_at: null, withdrawn_reason: null })
    await audit(trx, by, 'bring-back', findingId, {}, now)
  }
  return present(trx, findingId)
}

async function lockVersion(trx: Trx, { dayId }: Grouper, findingId: string, version: number) {
  const finding = await queries.lockFinding(trx, dayId, findingId)
  if (!finding) return refuse('not-found')
  return finding.version === version ? finding : refuse('finding-changed')
}

/** Archived irritants serve as well: something was seen under them. */
async function irritantUnknown(
  db: Reader,
  { regionId }: Grouper,
  irritantId: string,
): Promise<Refusal | undefined> {
  const irritants = await days.everyIrritant(db, regionId)
  return irritants.some(({ id }) => id === irritantId) ? undefined : refuse('not-found')
}

async function present(db: Reader, id: string): Promise<Finding | Refusal> {
  return (await queries.findingById(db, id)) ?? refuse('not-found')
}

/** What a director did, in numbers: the words stay where they are. The room’s screens hear of it. */
async function audit(
  trx: Trx,
  { regionId, dayId, accountId }: Grouper,
  verb: string,
  subjectId: string,
  details: Record<string, number>,
  now: Date,
): Promise<void> {
  const action = `findings.${verb}`
  await recordAudit(trx, { regionId, accountId, action, subjectId, details }, now)
  await notify(trx, `findings:${dayId}`)
}
