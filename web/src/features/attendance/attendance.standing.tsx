import {
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconHourglass,
  IconProgress,
  IconUserOff,
  IconX,
} from '@tabler/icons-react'
import type { Tally } from '#shared/attendance/attendance.arrivals.contract.ts'
import type { Standing } from '#shared/attendance/attendance.vocabulary.ts'
import type { SharePart } from '../../ui/ShareBar.tsx'

/** How each standing looks, on the bar and beside a name. */
export const tones: Record<Standing, SharePart<Standing>['tone']> = {
  expected: 'open',
  late: 'look',
  present: 'warm',
  partly: 'soft',
  'host-absent': 'alert',
  absent: 'grey',
  cancelled: 'grey',
  unseen: 'grey',
}

/** In the order they are read: who is there, who needs somebody, who is not. */
export const reading: Standing[] = [
  'present',
  'partly',
  'host-absent',
  'late',
  'expected',
  'absent',
  'cancelled',
  'unseen',
]

const marks = {
  expected: IconHourglass,
  late: IconClock,
  present: IconCheck,
  partly: IconProgress,
  'host-absent': IconUserOff,
  absent: IconX,
  cancelled: IconX,
  unseen: IconCircleDashed,
}

/** Its sign; the word always stands beside it. */
export function markOf(standing: Standing) {
  const Mark = marks[standing]
  return <Mark size={16} stroke={2.25} aria-hidden />
}

/** Whose place still counted when the meeting began. */
export const invitedIn = (tally: Tally) =>
  Object.values(tally).reduce((sum, count) => sum + count, 0) - tally.cancelled

/** Who is in the house, whole or in part, received or not: hearts, not an outcome. */
export const arrivedIn = (tally: Tally) => tally.present + tally.partly + tally['host-absent']
