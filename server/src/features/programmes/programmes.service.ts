import * as reminders from '#server/features/reminders/reminders.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import { withdrawAsking } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { ProgrammeInput } from '#shared/programmes/programmes.contract.ts'
import type { Audience } from '#shared/programmes/programmes.vocabulary.ts'
import { audienceOf } from './programmes.audience.ts'
import * as members from './programmes.members.queries.ts'
import type { ProgrammeRow } from './programmes.queries.ts'
import * as queries from './programmes.queries.ts'
import { renewLinks } from './programmes.renewal.ts'
import type { Pause } from './programmes.schedule.rules.ts'

/** Who decides, when, and on which date where the region is. */
export interface Decider {
  by: string | null
  now: Date
  today: string
}

/** Makes a programme as a draft: nothing leaves before it is launched. */
export async function createProgramme(
  trx: Trx,
  regionId: string,
  input: ProgrammeInput,
  decider: Decider,
): Promise<string | Refusal> {
  const id = newId(decider.now)
  await queries.insertProgramme(trx, {
    id,
    region_id: regionId,
    ...columnsOf(input),
    created_by: decider.by,
    created_at: decider.now,
  })
  const refused = await writeSteps(trx, { id, regionId }, input.reminders, decider.now)
  if (refused) return refused
  await audited(trx, { id, regionId }, 'programmes.create', decider)
  return id
}

const columnsOf = ({ name, audience, counted, startsOn, monthsBetween }: ProgrammeInput) => ({
  name,
  audience: JSON.stringify(audience),
  counted,
  starts_on: counted === 'date' ? startsOn : null,
  months_between: monthsBetween,
})

/** Each with the version told from now on. */
async function writeSteps(
  trx: Trx,
  { id, regionId }: Pick<ProgrammeRow, 'id' | 'regionId'>,
  chosen: readonly string[],
  now: Date,
): Promise<Refusal | undefined> {
  const rows = []
  for (const [index, reminder] of chosen.entries()) {
    const told = await reminders.versionToTell(trx, { regionId, reminder }, now)
    if (isRefusal(told)) return told
    rows.push({
      programme_id: id,
      region_id: regionId,
      position: index + 1,
      reminder_id: told.reminderId,
      version: told.version,
    })
  }
  if (new Set(rows.map((row) => row.reminder_id)).size < rows.length) return refuse('invalid-input')
  await queries.replaceSteps(trx, id, rows)
  return undefined
}

/** A programme as its director saw it, held until the transaction ends. */
async function holdSeen(trx: Trx, id: string, seen: number): Promise<ProgrammeRow | Refusal> {
  const programme = await queries.holdProgramme(trx, id, 'update')
  if (!programme) return refuse('not-found')
  if (programme.status === 'ended') return refuse('programme-ended')
  return programme.version === seen ? programme : refuse('programme-changed')
}

/**
 * Changes a programme. Of one that runs only its dates and its name: who is in it and what it tells
 * stays; what has not left yet is planned anew by itself.
 */
export async function changeProgramme(
  trx: Trx,
  { id, seen }: { id: string; seen: number },
  input: ProgrammeInput,
  decider: Decider,
): Promise<undefined | Refusal> {
  const held = await holdSeen(trx, id, seen)
  if (isRefusal(held)) return held
  const { name, starts_on, months_between, ...others } = columnsOf(input)
  if (held.status === 'draft') {
    await queries.updateProgramme(trx, id, { name, starts_on, months_between, ...others })
    const refused = await writeSteps(trx, held, input.reminders, decider.now)
    if (refused) return refused
  } else {
    if (input.counted !== held.counted) return refuse('programme-running')
    await queries.updateProgramme(trx, id, { name, starts_on, months_between })
  }
  await audited(trx, held, 'programmes.change', decider)
  return undefined
}

/**
 * Starts a programme, for as many people as the director was shown: another number is refused, and
 * shown anew.
 */
export async function launchProgramme(
  trx: Trx,
  { id, seen, people }: { id: string; seen: number; people: number },
  decider: Decider,
): Promise<undefined | Refusal> {
  const held = await holdSeen(trx, id, seen)
  if (isRefusal(held)) return held
  if (held.status !== 'draft') return refuse('programme-running')
  if ((await queries.stepsOf(trx, id)).length === 0) return refuse('programme-without-reminders')
  await queries.updateProgramme(trx, id, { status: 'running' })
  const joined = await gatherPeople(trx, id, decider.today, decider.now)
  if (joined === 0) return refuse('programme-without-people')
  if (joined !== people) return refuse('programme-people-changed', { count: joined })
  await audited(trx, held, 'programmes.launch', decider, { people: joined })
  return undefined
}

/**
 * Takes in whoever the programme is for and who is not in it yet: they start at their first reminder.
 * @returns how many came.
 */
export async function gatherPeople(
  trx: Trx,
  programmeId: string,
  today: string,
  now: Date,
): Promise<number> {
  const programme = await queries.holdProgramme(trx, programmeId, 'update')
  // Another process may have done it while this one waited.
  if (programme?.status !== 'running' || programme.gatheredOn === today) return 0
  const people = await audienceOf(trx, programme.regionId, programme.audience as Audience)
  const known = new Set(await queries.personIdsOf(trx, programmeId))
  const newcomers = people.filter(({ id }) => !known.has(id))
  const joining = newcomers.map((person) => ({ id: newId(now), personId: person.id }))
  await queries.noteGathered(trx, programmeId, today)
  return queries.insertMembers(trx, programme, joining, today)
}

/** Throws away what was never launched. */
export async function removeProgramme(
  trx: Trx,
  id: string,
  decider: Decider,
): Promise<undefined | Refusal> {
  const programme = await queries.holdProgramme(trx, id, 'update')
  if (!programme) return refuse('not-found')
  if (programme.status === 'ended') return refuse('programme-ended')
  if (programme.status === 'running') return refuse('programme-running')
  await queries.deleteProgramme(trx, id)
  await audited(trx, programme, 'programmes.remove', decider)
  return undefined
}

export const programmeById = queries.programmeById
export const stepsOf = queries.stepsOf
/** Newest first. */
export const programmesOfRegion = queries.programmesOfRegion

/** Everybody who is or was in a programme. */
export const membersOf = members.membersOf

export { reminderHolder, storyTold } from './programmes.links.ts'
export { finishedPerStep } from './programmes.sending.queries.ts'

/** People were at their workshop: programmes that count from it begin for them. */
export const workshopTaken = queries.noteWorkshop

/** They were not, after all: whom nothing has been sent since waits for a workshop again. */
export const workshopMissed = queries.forgetWorkshop

/** Ends a programme for good: nothing leaves any more, and its links say so. */
export async function endProgramme(
  trx: Trx,
  { id, seen }: { id: string; seen: number },
  decider: Decider,
): Promise<undefined | Refusal> {
  const held = await holdSeen(trx, id, seen)
  if (isRefusal(held)) return held
  await queries.updateProgramme(trx, id, { status: 'ended' })
  await audited(trx, held, 'programmes.end', decider)
  return undefined
}

/** Adds a pause to one person or to everybody; two that overlap count once. */
export async function pauseProgramme(
  trx: Trx,
  subject: members.Paused,
  pause: Pause,
  decider: Decider,
): Promise<undefined | Refusal> {
  const held = await holdRunning(trx, subject)
  if (isRefusal(held)) return held
  if (pause.from < decider.today || (pause.until !== null && pause.until <= pause.from)) {
    return refuse('pause-dates')
  }
  await members.insertPause(trx, {
    id: newId(decider.now),
    programme_id: subject.programmeId,
    member_id: subject.memberId,
    from_on: pause.from,
    until_on: pause.until,
    own: subject.own,
  })
  await auditedPause(trx, held, subject, 'programmes.pause', decider)
  return undefined
}

/** Ends what pauses one person, or everybody, from today on; nothing paused is nothing changed. */
export async function resumeProgramme(
  trx: Trx,
  subject: members.Paused,
  decider: Decider,
): Promise<undefined | Refusal> {
  const held = await holdRunning(trx, subject)
  if (isRefusal(held)) return held
  await members.endPauses(trx, subject, decider.today)
  await auditedPause(trx, held, subject, 'programmes.resume', decider)
  return undefined
}

/** Holds what the sender holds too: the person’s place, or the programme. */
async function holdRunning(
  trx: Trx,
  { programmeId, memberId }: members.Paused,
): Promise<ProgrammeRow | Refusal> {
  const programme = await queries.holdProgramme(trx, programmeId, memberId ? 'share' : 'update')
  if (!programme) return refuse('not-found')
  if (memberId && (await members.holdMember(trx, memberId))?.programmeId !== programmeId) {
    return refuse('not-found')
  }
  return programme.status === 'running' ? programme : refuse('programme-ended')
}

/** Stops a programme for one person, or takes it up again; what still waits to leave stays here. */
export async function setStopped(
  trx: Trx,
  memberId: string,
  stopped: boolean,
  { today }: Pick<Decider, 'today'>,
): Promise<undefined | Refusal> {
  const member = await members.holdMember(trx, memberId)
  if (!member) return refuse('not-found')
  if ((member.stoppedOn !== null) === stopped) return undefined
  await members.setStopped(trx, memberId, stopped ? today : null)
  if (stopped) await withdrawAsking(trx, memberId)
  return undefined
}

/** Takes back the links mailed to a person, for a director who was told that one got about. */
export async function takeLinksBack(
  trx: Trx,
  { memberId, programmeId, regionId }: members.Paused & { memberId: string; regionId: string },
  decider: Decider,
): Promise<undefined | Refusal> {
  const refused = await renewLinks(trx, memberId)
  if (refused) return refused
  await audited(trx, { id: programmeId, regionId }, 'programmes.renew-links', decider)
  return undefined
}

/** What people do for themselves is theirs: only directors’ pauses are in the audit. */
async function auditedPause(
  trx: Trx,
  programme: ProgrammeRow,
  { memberId, own }: members.Paused,
  action: string,
  decider: Decider,
): Promise<void> {
  if (own) return
  await audited(trx, programme, action, decider, { everybody: memberId === null })
}

const audited = (
  trx: Trx,
  { id, regionId }: Pick<ProgrammeRow, 'id' | 'regionId'>,
  action: string,
  { by, now }: Decider,
  details: Record<string, number | boolean> = {},
) => recordAudit(trx, { regionId, accountId: by, action, subjectId: id, details }, now)
