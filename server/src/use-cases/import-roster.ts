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
import type { RosterImport } from '#shared/roster/roster.contract.ts'
import { followWorkshopAddresses } from './workshop-meetings.ts'

/**
 * Commits a file of people or sites. Whoever is invited to a published day or workshop and has another
 * mail address by it is invited there, in a batch of each that can be read and taken back until it
 * leaves: correcting an address is how a director answers a mail that came back.
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
): Promise<RosterImport | Refusal> {
  const done = await commitImport(trx, regionId, importId, fingerprint, by, now)
  if (isRefusal(done) || done.kind !== 'people') return done
  for (const day of await daysOfRegion(trx, regionId)) {
    if (!day.publishedAt || day.cancelledAt || isOver(day, now)) continue
    await inBatch(trx, { regionId, dayId: day.id, createdBy: by }, now, releaseAt, (sending) =>
      followAddresses(trx, day.id, now, voice, sending),
    )
  }
  const workshops = await workshopsOfRegion(trx, regionId)
  // Several are always held in the order of their ids.
  for (const { id: workshopId, status } of workshops.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (status !== 'seated') continue
    await inBatch(trx, { regionId, workshopId, createdBy: by }, now, releaseAt, (sending) =>
      followWorkshopAddresses(trx, workshopId, now, voice, sending),
    )
  }
  return done
}

/** A batch of its own, forgotten where nobody has another address. */
async function inBatch(
  trx: Trx,
  about: Omit<Parameters<typeof openBatch>[1], 'purpose'>,
  now: Date,
  releaseAt: Date,
  follow: (sending: Sending) => Promise<Told[]>,
): Promise<void> {
  const batchId = await openBatch(trx, { ...about, purpose: 'corrected-addresses' }, now)
  const told = await follow({ batchId, releaseAt })
  if (told.length === 0) await removeEmptyBatch(trx, batchId)
}
