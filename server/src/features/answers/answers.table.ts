import type { Generated } from 'kysely'
import type { ReminderQuestion } from '#shared/reminders/reminders.questions.ts'

/** Questions answered in one's own words. */
export type LineQuestion = 'line' | 'outcome-line'

/** Questions of which answers are counted; how many finished is told by the same rule. */
export type CountedQuestion = Exclude<ReminderQuestion, LineQuestion> | 'finished'

export interface AnswersTables {
  answer_cells: {
    id: string
    programme_id: string
    site_id: string | null
    role_id: string | null
    people: number
  }
  answer_intake: {
    id: string
    sealed: string
    release_at: Date
  }
  answer_known: {
    id: string
    week_on: string
  }
  answer_waiting: {
    programme_id: string
    sealed: string
  }
  answer_counts: {
    cell_id: string
    position: number
    question: CountedQuestion
    value: string
    count: number
  }
  answer_lines: {
    id: Generated<string>
    programme_id: string
    position: number
    question: LineQuestion
    words: string
  }
}
