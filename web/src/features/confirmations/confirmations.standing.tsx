import {
  IconCheck,
  IconClock,
  IconEye,
  IconMailOff,
  IconQuestionMark,
  IconX,
} from '@tabler/icons-react'
import type { Standing } from '#shared/invitations/invitations.board.contract.ts'
import type { SharePart } from '../../ui/ShareBar.tsx'

/** Queries that are read again when an answer or a mail of the day changes. */
export const followed = (dayId: string, regionId: string | undefined): string[][] => [
  ...['confirmations', 'conversations', 'waiting-board'].map((part) => [
    'api',
    'days',
    dayId,
    part,
  ]),
  ...(regionId ? [['api', 'regions', regionId, 'held-answers']] : []),
]

/** How each standing looks, on the bar and beside a name. */
export const tones: Record<Standing, SharePart<Standing>['tone']> = {
  yes: 'warm',
  maybe: 'soft',
  held: 'look',
  silent: 'open',
  unreached: 'alert',
  no: 'grey',
}

const marks = {
  yes: IconCheck,
  maybe: IconQuestionMark,
  held: IconEye,
  silent: IconClock,
  unreached: IconMailOff,
  no: IconX,
}

/** Its sign; the word always stands beside it. */
export function markOf(standing: Standing) {
  const Mark = marks[standing]
  return <Mark size={16} stroke={2.25} aria-hidden />
}
