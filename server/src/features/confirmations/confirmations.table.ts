import type { Answer, AnswerChannel } from '#shared/confirmations/confirmations.contract.ts'

export interface ConfirmationsTables {
  confirmations: {
    id: string
    region_id: string
    day_id: string
    slot_id: string | null
    placement_id: string | null
    answer: Answer
    channel: AnswerChannel
    answered_at: Date
  }
}
