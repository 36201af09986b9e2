import { isOver } from '#server/features/days/days.rules.ts'
import type { Day } from '#server/features/days/days.service.ts'
import type { MeetingState } from '#shared/confirmations/confirmations.contract.ts'

/** A link and its buttons live until the day ends, in the day's own time zone. */
function stateOfDay(day: Day, now: Date): MeetingState | undefined {
  if (day.cancelledAt) return 'day-cancelled'
  if (!day.publishedAt) return 'too-early'
  if (isOver(day, now)) return 'over'
  return undefined
}

/** Where a host's meeting stands: a slot closed or declined never opens again. */
export function slotState(slot: { status: string }, day: Day, now: Date): MeetingState {
  const known = stateOfDay(day, now)
  if (known) return known
  if (slot.status === 'closed' || slot.status === 'declined') return 'ended'
  return slot.status === 'proposed' ? 'too-early' : 'open'
}

/** Where a guest's meeting stands: a placement that ended is never taken up again. */
export function placementState(placement: { status: string }, day: Day, now: Date): MeetingState {
  if (placement.status === 'ended' && !day.cancelledAt) return 'ended'
  return stateOfDay(day, now) ?? 'open'
}
