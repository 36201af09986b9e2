import type { AnswerCount, Answers } from '#shared/answers/answers.contract.ts'
import { outcomes } from '#shared/reminders/reminders.questions.ts'
import type { Warmth } from '#shared/reminders/reminders.story.ts'

/** From deep grey to warm. */
export const warmths = [1, 2, 3, 4, 5] as const

type Reminder = Answers['reminders'][number]

/** The counts of one group, or of all. */
export const countsIn = (answers: Answers, groupId: string | undefined): AnswerCount[] =>
  answers.counts.filter((one) => groupId === undefined || one.groupId === groupId)

/** How many gave an answer, or any, to a question of the reminder at a position. */
export const sumOf = (
  counts: readonly AnswerCount[],
  wanted: Partial<Pick<AnswerCount, 'position' | 'question' | 'value'>>,
): number =>
  counts
    .filter(
      ({ position, question, value }) =>
        (wanted.position ?? position) === position &&
        (wanted.question ?? question) === question &&
        (wanted.value ?? value) === value,
    )
    .reduce((sum, { count }) => sum + count, 0)

/** Where reactions to one reminder stand, from grey to warm. */
export interface Drift {
  position: number
  total: number
  steps: { warmth: Warmth; count: number }[]
  /** Of all, those beyond the middle, 0 to 1. */
  warm: number
}

/** Reactions by their warmth, reminder by reminder: reminders have other reactions, the scale is one. */
export function driftOf(reminders: readonly Reminder[], counts: readonly AnswerCount[]): Drift[] {
  return reminders.map(({ position, reactions }) => {
    const steps = warmths.map((warmth) => ({
      warmth,
      count: reactions
        .filter((one) => one.warmth === warmth)
        .reduce(
          (sum, { id }) => sum + sumOf(counts, { position, question: 'reaction', value: id }),
          0,
        ),
    }))
    const total = steps.reduce((sum, { count }) => sum + count, 0)
    const warm = steps.filter(({ warmth }) => warmth > 3).reduce((sum, { count }) => sum + count, 0)
    return { position, total, steps, warm: total === 0 ? 0 : warm / total }
  })
}

/** What was chosen of the techniques or missions of all reminders, the most first. */
export function chosenOf(
  reminders: readonly Reminder[],
  counts: readonly AnswerCount[],
  question: 'technique' | 'mission',
) {
  return reminders
    .flatMap(({ position, techniques, missions }) =>
      (question === 'technique' ? techniques : missions).map(({ id, text }) => ({
        id: `${position} ${id}`,
        position,
        text,
        count: sumOf(counts, { position, question, value: id }),
      })),
    )
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || a.position - b.position)
}

/** How the missions went, over all reminders. */
export const outcomesOf = (counts: readonly AnswerCount[]) =>
  outcomes.map((outcome) => ({
    outcome,
    count: sumOf(counts, { question: 'outcome', value: outcome }),
  }))
