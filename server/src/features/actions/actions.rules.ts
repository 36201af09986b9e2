import { DateTime } from 'luxon'
import { isWorkingHour } from '#server/features/days/days.rules.ts'
import type { ActionStatus } from '#shared/actions/actions.vocabulary.ts'

/** Something is still expected of its owner. */
export const isOpenAction = ({ status }: { status: ActionStatus }): boolean =>
  status === 'to-decide' || status === 'under-way'

const isNo = (status: ActionStatus) => status === 'declined'

/**
 * When a decision counts as taken, after an answer: progress on a yes keeps its hour, a yes that
 * becomes a no (or the other way round) is another decision, and waiting again is none.
 */
export function decisionAfter(
  before: { status: ActionStatus; decidedAt: Date | null },
  status: ActionStatus,
  now: Date,
): Date | null {
  if (status === 'to-decide') return null
  return before.decidedAt && isNo(before.status) === isNo(status) ? before.decidedAt : now
}

/** Open ones first, what is due first among them; then what is over, the latest decision first. */
export function byUrgency<
  A extends { status: ActionStatus; dueOn: string | null; decidedAt: Date | null; title: string },
>(actions: readonly A[]): A[] {
  const due = ({ dueOn }: A) => dueOn ?? '9999'
  const decided = ({ decidedAt }: A) => decidedAt?.getTime() ?? 0
  return actions.toSorted((a, b) => {
    if (isOpenAction(a) !== isOpenAction(b)) return isOpenAction(a) ? -1 : 1
    const order = isOpenAction(a) ? due(a).localeCompare(due(b)) : decided(b) - decided(a)
    return order || a.title.localeCompare(b.title)
  })
}

/**
 * The week whose summary may leave now: on Mondays in working hours, or on Tuesday morning where
 * Monday was missed altogether.
 * @returns its Monday, `YYYY-MM-DD` where the day took place; null at any other time.
 */
export function summaryWeek(timeZone: string, now: Date): string | null {
  const local = DateTime.fromJSDate(now, { zone: timeZone })
  const isMonday = local.weekday === 1
  const isMadeUpFor = local.weekday === 2 && local.hour < 12
  if (!isWorkingHour(now, timeZone) || !(isMonday || isMadeUpFor)) return null
  return local.startOf('week').toISODate()
}
