import { outcomes, type ReminderAnswer } from '#shared/reminders/reminders.questions.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import { summed, type Tally } from './answers.release.rules.ts'
import type { Waiting } from './answers.sealing.ts'

/** Whether a story asks this, and has this among its answers; a line of one’s own says what it likes. */
export function isOffered(story: Story, { question, value }: ReminderAnswer): boolean {
  const has = (list: readonly { id: string }[]) => list.some(({ id }) => id === value)
  switch (question) {
    case 'began':
      return value === 'yes'
    case 'reaction':
      return has(story.reactions)
    case 'technique':
      return has(story.techniques)
    case 'mission':
      return has(story.missions)
    case 'outcome':
      return outcomes.some((one) => one === value)
    case 'line':
    case 'outcome-line':
      return true
  }
}

/** What waits of a programme with some more answers of it. */
export function withMore(
  waiting: Waiting,
  answers: readonly (ReminderAnswer & { cellId: string; position: number })[],
): Waiting {
  const tallies: Tally[] = []
  const lines: Waiting['lines'] = []
  for (const { cellId, position, question, value } of answers) {
    if (question === 'line' || question === 'outcome-line') {
      lines.push({ position, question, words: value })
    } else tallies.push({ cellId, position, question, value, count: 1 })
  }
  return {
    tallies: summed([...waiting.tallies, ...tallies]),
    lines: [...waiting.lines, ...lines],
  }
}

/** The Monday of a moment’s week in UTC: all that is ever kept of when. */
export function mondayOf(now: Date): string {
  const sinceMonday = (now.getUTCDay() + 6) % 7
  return new Date(now.getTime() - sinceMonday * 86_400_000).toISOString().slice(0, 10)
}
