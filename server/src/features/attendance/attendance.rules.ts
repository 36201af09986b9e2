import { morningOf } from '#server/features/days/days.rules.ts'
import { keyedHash } from '#server/platform/secrets.ts'
import type { Tally } from '#shared/attendance/attendance.arrivals.contract.ts'
import {
  type ArrivalState,
  type Attended,
  type Sayer,
  type Standing,
  standings,
} from '#shared/attendance/attendance.vocabulary.ts'
import type { EndedReason } from '#shared/matching/matching.vocabulary.ts'

/** Early birds are let in, and a host can tick off whoever waits at the door. */
const opensBeforeMilliseconds = 3_600_000
/** Nobody is called late for the lift. */
const graceMilliseconds = 10 * 60_000

type Hours = { startsAt: Date; endsAt: Date }
type HeldDay = {
  date: string
  timeZone: string
  publishedAt: Date | null
  cancelledAt: Date | null
}

/**
 * When arrivals of a meeting are said and corrected: from an hour before it until the day after its
 * day is over, where it takes place. By then the debrief has the figures.
 */
export function arrivalWindow(
  day: Pick<HeldDay, 'date' | 'timeZone'>,
  { startsAt }: Pick<Hours, 'startsAt'>,
): { opensAt: Date; closesAt: Date } {
  const morning = morningOf(day)
  return {
    opensAt: new Date(startsAt.getTime() - opensBeforeMilliseconds),
    closesAt: morning.plus({ days: 2 }).toJSDate(),
  }
}

/** Whether arrivals of a meeting can be said now. */
export function arrivalState(
  day: HeldDay,
  meeting: Pick<Hours, 'startsAt'>,
  now: Date,
): ArrivalState {
  if (day.cancelledAt || !day.publishedAt) return 'off'
  const { opensAt, closesAt } = arrivalWindow(day, meeting)
  if (now < opensAt) return 'early'
  return now < closesAt ? 'open' : 'closed'
}

/** Everything that decides where a guest stands. */
export interface Meeting extends Hours {
  ended: { at: Date; reason: EndedReason } | null
  said: Attended | null
  /** The host is said to be missing. */
  hostAbsent: boolean
  /** This guest was received all the same: the host showed them the code or spoke of them. */
  metHost: boolean
}

/**
 * Where a guest stands. A no before the hour is a cancellation, however late: it spares the host the
 * waiting, and no deadline should make anybody stay silent. After the hour it is an absence, unless
 * somebody saw them. A place that went through no doing of its guest has no outcome.
 */
export function standingOf(meeting: Meeting, now: Date): Standing | null {
  const { ended, said, hostAbsent, metHost, startsAt, endsAt } = meeting
  const cancelled = ended?.reason === 'guest-cancelled'
  if (ended && ended.at < startsAt) return cancelled ? 'cancelled' : null
  const seen = said ?? (cancelled ? 'absent' : null)
  if (seen === 'absent') return 'absent'
  if (seen) return hostAbsent && !metHost ? 'host-absent' : seen
  if (ended) return null
  if (now >= endsAt) return 'unseen'
  return now.getTime() >= startsAt.getTime() + graceMilliseconds ? 'late' : 'expected'
}

/** A site as the board of a day tells it. */
interface SiteStanding {
  name: string
  tally: Tally
  hostsAbsent: number
}

/** Sites where somebody waits for something first: without a host, then late; otherwise by name. */
export function byTrouble(a: SiteStanding, b: SiteStanding): number {
  const left = ({ tally, hostsAbsent }: SiteStanding) => tally['host-absent'] + hostsAbsent
  return left(b) - left(a) || b.tally.late - a.tally.late || a.name.localeCompare(b.name, 'fr')
}

/** How many stand where. */
export function tallyOf(found: readonly Standing[]): Tally {
  const tally = Object.fromEntries(standings.map((standing) => [standing, 0])) as Tally
  for (const standing of found) tally[standing] += 1
  return tally
}

/** Who shows the code is there; who was there in part, as somebody saw, does not become whole by it. */
export const afterArriving = (before: Attended | null): Attended =>
  before === 'partly' ? 'partly' : 'present'

/**
 * Whether a guest met their host: once the host showed them the code or spoke of them. Only the guest
 * can say that they found nobody after all.
 */
export const meetsHost = (before: boolean, by: Sayer): boolean =>
  by === 'code' || by === 'host' || (before && by !== 'guest')

const codeLength = 6

/**
 * The six figures a host shows. Derived from the slot and the generation of its links, so that they
 * change with its host. They open nothing by themselves: only who holds a place in this very slot
 * is asked for them, a few times in a quarter of an hour.
 */
export function arrivalCode(secret: string, slotId: string, generation: number): string {
  const hash = keyedHash(secret, 'arrival-code', `${slotId}:${generation}`)
  // 48 bits over a million: no figure is noticeably likelier than another.
  const drawn = Number.parseInt(hash.slice(0, 12), 16) % 10 ** codeLength
  return String(drawn).padStart(codeLength, '0')
}

/** A code as somebody typed it, spaces and dashes left out. */
export const readArrivalCode = (typed: string): string => typed.replace(/[\s.-]/g, '')

/** Wrong figures are misread twice or thrice; guessing a million takes longer than the day. */
export const codesPerGuest = { purpose: 'arrival-code', limit: 10, windowMinutes: 15 }
