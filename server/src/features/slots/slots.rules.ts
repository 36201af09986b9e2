import { keyedHash } from '#server/platform/secrets.ts'
import type { Day, Period } from '#shared/days/days.contract.ts'
import type { Slot, SlotAnswer } from '#shared/slots/slots.contract.ts'

/** Crockford's base 32: no I, L, O or U, so that a printed code is read and heard without doubt. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 8

/**
 * The eight characters (40 bits) printed on the card of a slot. Derived, so that the card can be
 * printed again, and revoked with the slot's links by raising the generation.
 */
export function cardCode(secret: string, slotId: string, generation: number): string {
  const bits = BigInt(`0x${keyedHash(secret, 'slot-card', `${slotId}:${generation}`).slice(0, 10)}`)
  return Array.from({ length: codeLength }, (_, place) => {
    const shift = BigInt(5 * (codeLength - 1 - place))
    return alphabet[Number((bits >> shift) & 31n)]
  }).join('')
}

/** A code as somebody typed it, in its one spelling; null when it cannot be one. */
export function readCardCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const fits = code.length === codeLength && [...code].every((letter) => alphabet.includes(letter))
  return fits ? code : null
}

/** What the database keeps of a code: useless without the installation's secret. */
export const cardCodeHash = (secret: string, code: string): string =>
  keyedHash(secret, 'card-code', code)

/** Codes one caller may try: a site shares one address, and 40 bits leave a guesser no chance. */
export const codesPerCaller = { purpose: 'slot-card', limit: 30, windowMinutes: 15 }

/** Whether two stretches of time share a moment; one may end when the other starts. */
export function overlap(
  a: { startsAt: Date; endsAt: Date },
  b: { startsAt: Date; endsAt: Date },
): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt
}

/** Not over for good: keeps its host's hours to itself. */
export const isLive = (slot: Pick<Slot, 'status'>): boolean =>
  slot.status === 'proposed' || slot.status === 'accepted' || slot.status === 'paused'

/**
 * Whether a guest can be given this slot: its host said yes, and its site did not say no (or said
 * yes, where the day asks for it).
 */
export function isGivable(
  slot: Pick<Slot, 'status' | 'release'>,
  day: Pick<Day, 'releaseRequired'>,
): boolean {
  if (slot.status !== 'accepted' || slot.release === 'refused') return false
  return slot.release === 'released' || !day.releaseRequired
}

/**
 * Whether a released slot must be looked at again: the coordinator agreed to other hours or to
 * fewer visitors.
 */
export function asksMore(
  before: Pick<Slot, 'startsAt' | 'endsAt' | 'capacity'>,
  after: Pick<Slot, 'startsAt' | 'endsAt' | 'capacity'>,
): boolean {
  const wider = after.startsAt < before.startsAt || after.endsAt > before.endsAt
  return wider || after.capacity > before.capacity
}

/** Whether an answer leaves the slot exactly as it is: pressed twice, or come by two ways. */
export function changesNothing(slot: Pick<Slot, 'status'>, answer: SlotAnswer): boolean {
  if (answer.answer === 'yes') return slot.status === 'accepted' && !answer.details
  return slot.status === (answer.answer === 'no' ? 'declined' : 'paused')
}

export interface Candidate {
  personId: string
  siteId: string
  roleId: string
}

/**
 * Whom to ask: up to `perSite` hosts per site and role for these hours, counting those already
 * asked. Leaves out whoever has a live slot at these hours, and whoever said no to them already.
 */
export function chooseHosts(
  candidates: Candidate[],
  existing: Pick<
    Slot,
    'hostId' | 'siteId' | 'roleId' | 'periodId' | 'startsAt' | 'endsAt' | 'status'
  >[],
  wanted: { periodId: string; startsAt: Date; endsAt: Date; perSite: number },
): { chosen: Candidate[]; busy: number } {
  const taken = new Set<string>()
  const asked = new Map<string, number>()
  for (const slot of existing) {
    if (slot.status === 'closed' || !overlap(slot, wanted)) continue
    taken.add(slot.hostId)
    const pair = `${slot.siteId} ${slot.roleId}`
    if (isLive(slot) && slot.periodId === wanted.periodId) {
      asked.set(pair, (asked.get(pair) ?? 0) + 1)
    }
  }
  const chosen: Candidate[] = []
  let busy = 0
  for (const candidate of candidates) {
    const pair = `${candidate.siteId} ${candidate.roleId}`
    const count = asked.get(pair) ?? 0
    if (taken.has(candidate.personId)) busy++
    else if (count < wanted.perSite) {
      chosen.push(candidate)
      taken.add(candidate.personId)
      asked.set(pair, count + 1)
    }
  }
  return { chosen, busy }
}

/**
 * The moment at which the caps of overlapping periods add up to most. A period without a cap adds
 * nothing: it is held by its slots alone.
 */
export function busiestMoment(
  periods: Pick<Period, 'id' | 'startsAt' | 'endsAt'>[],
  caps: { periodId: string; capacity: number | null }[],
): { at: string; sum: number } | undefined {
  const capOf = new Map(caps.map((cap) => [cap.periodId, cap.capacity ?? 0]))
  const moments = periods.map(({ startsAt: at }) => ({
    at,
    sum: periods
      .filter((period) => period.startsAt <= at && at < period.endsAt)
      .reduce((sum, period) => sum + (capOf.get(period.id) ?? 0), 0),
  }))
  return moments.sort((a, b) => b.sum - a.sum || a.at.localeCompare(b.at))[0]
}
