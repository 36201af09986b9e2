import {
  holdDay,
  lockDay,
  periodInstants,
  periodsOfDay,
} from '#server/features/days/days.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { brokenConstraint, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { CapsInput, ReleaseInput, Slot, SlotHours } from '#shared/slots/slots.contract.ts'
import * as queries from './slots.queries.ts'
import { busiestMoment, isLive } from './slots.rules.ts'
import { settledRefusal } from './slots.settled.ts'

/** The coordinator's word: release a host, refuse with a reason, or take either back. */
export async function setRelease(
  trx: Trx,
  slotId: string,
  input: ReleaseInput,
  by: string,
  now: Date,
): Promise<Slot | Refusal> {
  const found = await queries.slotById(trx, slotId)
  const day = found && (await holdDay(trx, found.dayId))
  const slot = day && (await queries.lockSlot(trx, slotId))
  if (!slot) return refuse('not-found')
  const settled = settledRefusal(day, now)
  if (settled) return settled
  if (!isLive(slot)) return refuse('conflict')
  const decided = input.release !== 'pending'
  await queries.updateSlot(trx, slotId, {
    release: input.release,
    released_by: decided ? by : null,
    released_at: decided ? now : null,
    refused_reason: input.release === 'refused' ? input.reason : null,
  })
  const entry = { regionId: slot.regionId, accountId: by, action: `slots.${input.release}` }
  await recordAudit(trx, { ...entry, subjectId: slotId }, now)
  return (await queries.slotById(trx, slotId)) ?? refuse('not-found')
}

/**
 * Other hours for a slot whose host said yes, within its period, as the site agreed with them; its
 * release stays. Refuses hours at which the host has another slot with `hours-taken`.
 */
export async function moveSlot(
  trx: Trx,
  slotId: string,
  hours: SlotHours,
  by: string,
  now: Date,
): Promise<Slot | Refusal> {
  const found = await queries.slotById(trx, slotId)
  const day = found && (await holdDay(trx, found.dayId))
  const slot = day && (await queries.lockSlot(trx, slotId))
  if (!slot) return refuse('not-found')
  const settled = settledRefusal(day, now)
  if (settled) return settled
  if (slot.status === 'closed') return refuse('slot-closed')
  if (slot.status !== 'accepted') return refuse('slot-not-accepted')
  const period = (await periodsOfDay(trx, day.id)).find(({ id }) => id === slot.periodId)
  const { startsAt, endsAt } = periodInstants(day, hours)
  const within = period && period.startsAt <= hours.startsAt && hours.endsAt <= period.endsAt
  if (!within || endsAt <= startsAt) {
    return refuse('slot-outside-period', {
      from: period?.startsAt ?? '',
      to: period?.endsAt ?? '',
    })
  }
  try {
    await queries.updateSlot(trx, slotId, { starts_at: startsAt, ends_at: endsAt })
  } catch (error) {
    if (brokenConstraint(error) === 'slots_host_not_twice') return refuse('hours-taken')
    throw error
  }
  const entry = { regionId: slot.regionId, accountId: by, action: 'slots.moved' }
  await recordAudit(trx, { ...entry, subjectId: slotId }, now)
  return { ...slot, startsAt, endsAt }
}

/** Sets how many visitors a site takes per period, and at the same moment over all of them. */
export async function setCaps(
  trx: Trx,
  dayId: string,
  siteId: string,
  input: CapsInput,
  by: string,
  now: Date,
): Promise<undefined | Refusal> {
  // Locked, not only held: of two people setting caps at once, the second replaces the first's.
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  const settled = settledRefusal(day, now)
  if (settled) return settled
  const periods = await periodsOfDay(trx, dayId)
  const known = new Set(periods.map((period) => period.id))
  if (input.caps.some((cap) => !known.has(cap.periodId))) return refuse('not-found')
  // With a limit, a period left open can at most fill the site.
  const caps = input.caps.flatMap(({ periodId, capacity }) => {
    const held = capacity ?? input.limit
    return held === null ? [] : [{ periodId, capacity: held }]
  })
  const busiest = busiestMoment(periods, caps)
  if (busiest && input.limit !== null && busiest.sum > input.limit) {
    return refuse('caps-exceed-limit', { ...busiest, limit: input.limit })
  }
  await queries.replaceCaps(trx, { regionId: day.regionId, dayId, siteId }, input.limit, caps)
  const entry = { regionId: day.regionId, accountId: by, action: 'slots.set-caps' }
  await recordAudit(trx, { ...entry, subjectId: siteId, details: { periods: caps.length } }, now)
  return undefined
}
