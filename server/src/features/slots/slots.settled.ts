import { type Day, isOver } from '#server/features/days/days.service.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'

/** Why nothing about offers can change any more; undefined while it can. */
export function settledRefusal(day: Day, now: Date): Refusal | undefined {
  if (day.cancelledAt) return refuse('day-cancelled')
  if (isOver(day, now)) return refuse('day-over')
  return undefined
}

/** Offers close so that a plan can be made; once it is published, a late yes is welcome again. */
export const isClosed = (day: Day, now: Date) => !day.publishedAt && now > day.offersCloseAt

/** Why no new yes is taken any more; undefined while it is. */
export const closedRefusal = (day: Day, now: Date) =>
  isClosed(day, now) ? refuse('offers-closed') : undefined
