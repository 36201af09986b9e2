import type { Generated } from 'kysely'
import type { AnswerChannel, RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'

export interface ConfirmationsTables {
  confirmations: {
    id: string
    region_id: string
    day_id: string
    slot_id: string | null
    placement_id: string | null
    answer: RecordedAnswer
    channel: AnswerChannel
    answered_at: Date
    nudged_at: Generated<Date | null>
  }
}
