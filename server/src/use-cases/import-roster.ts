import { daysOfRegion, isOver } from '#server/features/days/days.service.ts'
import {
  followAddresses,
  type Sending,
  type Told,
  type Voice,
} from '#server/features/invitations/invitations.service.ts'
import { commitImport } from '#server/features/roster/roster.imports.ts'
import { workshopsOfRegion } from '#server/features/workshops/workshops.service.ts'
import { openBatch, removeEmptyBatch } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal } from '#server/platform/refusal.ts'
import type { CommittedImport, InvitedAgain } from '#shared/roster/roster.contract.ts'
import { followWorkshopAddresses } from './workshop-meetings.ts'

/**
 * Commits a file of people or sites. Whoever is invited to a published day or workshop and has another
 * mail address by it is invited there, in a batch of each that can be read and taken back until it
 * leaves: correcting an address is how a director answers a mail that came back.
 * @returns what was imported, and by day and workshop the names of those invited again.
 */
export async function importRoster(
  trx: Trx,
  regionId: string,
  importId: string,
  fingerprint: string,
  by: string,
  now: Date,
  voice: Voice,
  releaseAt: Date,
): Promise<CommittedImport | Refusal> {
  const done = await commitImport(trx, regionId, importId, fingerprint, by, now)
  if (isRefusal(done)) return done
  const invitedAgain: InvitedAgain[] = []
  if (done.kind !== 'people') return { ...done, invitedAgain }
  for (const day of await daysOfRegion(trx, regionId)) {
    if (!day.publishedAt || day.cancelledAt || isOver(day, now)) continue
    const told = await inBatch(
      trx,
      { regionId, dayId: day.id, createdBy: by },
      now,
      releaseAt,
      (sending) => followAddresses(trx, day.id, now, voice, sending),
    )
    if (told.length > 0) {
      invitedAgain.push({ to: 'day', id: day.id, name: day.name, people: namesOf(told) })
    }
  }
  const workshops = await workshopsOfRegion(trx, regionId)
  // Several are always held in the order of their ids.
  for (const { id: workshopId, title, status } of workshops.toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  )) {
    if (status !== 'seated') continue
    const told = await inBatch(
      trx,
      { regionId, workshopId, createdBy: by },
      now,
      releaseAt,
      (sending) => followWorkshopAddresses(trx, workshopId, now, voice, sending),
    )
    if (told.length > 0) {
      invitedAgain.push({ to: 'workshop', id: workshopId, name: title, people: namesOf(told) })
    }
  }
  return { ...done, invitedAgain }
}

/** A batch of its own, forgotten where nobody has another address. Returns the mails in it. */
async function inBatch(
  trx: Trx,
  about: Omit<Parameters<typeof openBatch>[1], 'purpose'>,
  now: Date,
  releaseAt: Date,
  follow: (sending: Sending) => Promise<Told[]>,
): Promise<Told[]> {
  const batchId = await openBatch(trx, { ...about, purpose: 'corrected-addresses' }, now)
  const told = await follow({ batchId, releaseAt })
  if (told.length === 0) await removeEmptyBatch(trx, batchId)
  return told
}

/** Whom these mails are to, each once: a former address may be told of the cancellation besides. */
const namesOf = (told: Told[]): string[] => [
  ...new Map(told.map(({ personId, name }) => [personId, name])).values(),
]
