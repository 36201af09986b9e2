import { z } from 'zod'

/** What a reminder asks, each answered once at most and told by itself, beside nothing else. */
export const reminderQuestions = [
  'began',
  'reaction',
  'technique',
  'line',
  'mission',
  'outcome',
  'outcome-line',
] as const
export const reminderQuestionSchema = z.enum(reminderQuestions)
export type ReminderQuestion = z.infer<typeof reminderQuestionSchema>

/** How a mission went, in three faces, or that there was no occasion yet. */
export const outcomes = ['well', 'so-so', 'hard', 'not-yet'] as const
export const outcomeSchema = z.enum(outcomes)
export type Outcome = z.infer<typeof outcomeSchema>

/** Longest line of one’s own, in characters of a text field. */
export const longestLine = 280

/**
 * One answer as it leaves the phone: `value` is an id of the story (reaction, technique, mission), an
 * outcome, a line of one’s own, or « yes » for having begun.
 */
export const reminderAnswerSchema = z.object({
  question: reminderQuestionSchema,
  value: z.string().trim().min(1).max(longestLine),
})
export type ReminderAnswer = z.infer<typeof reminderAnswerSchema>
