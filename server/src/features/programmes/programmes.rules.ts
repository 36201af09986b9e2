import type { Counted, ProgrammeMailKind } from '#shared/programmes/programmes.vocabulary.ts'
import type { Wording } from '#shared/vocabulary/content-language.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import {
  afterPauses,
  mergedPauses,
  nextOpenDay,
  type Plan,
  plusDays,
  scheduleOf,
} from './programmes.schedule.rules.ts'

/**
 * The day a person’s months are counted from: their workshop, or the programme’s date, and for who
 * joins later the day they join. Null while they have not been to their workshop.
 */
export function anchorOf(
  { counted, startsOn }: { counted: Counted; startsOn: string | null },
  { joinedOn, workshopOn }: { joinedOn: string; workshopOn: string | null },
): string | null {
  if (counted === 'workshop') return workshopOn
  return startsOn !== null && startsOn > joinedOn ? startsOn : joinedOn
}

/** Who has not finished hears of it once more, so many days later. */
const nudgeAfterDays = 7

/** A mail of the programme that left, with what its reader said since. */
export interface Left {
  position: number
  kind: ProgrammeMailKind
  on: string
  finished: boolean
  /** From when on it may be asked whether the mission was tried; null: not yet, or asked. */
  askOn: string | null
}

/** All one has to know of a person to say what is due. */
export interface Standing extends Omit<Plan, 'sent'> {
  left: readonly Left[]
}

/**
 * The mail of a programme that leaves to somebody today, if any: at most one a day. A reminder comes
 * before a question, and a question before a nudge; what had to wait leaves another day.
 */
export function dueToday(standing: Standing): { position: number; kind: ProgrammeMailKind } | null {
  const { left, today } = standing
  if (left.some(({ on }) => on === today)) return null
  const reminders = left.filter(({ kind }) => kind === 'reminder')
  const next = scheduleOf({ ...standing, sent: reminders })[0]
  if (next?.on === today) return { position: next.position, kind: 'reminder' }
  const pauses = mergedPauses(standing.pauses, standing.anchorOn)
  if (nextOpenDay(today, pauses, standing.isWorkingDay) !== today) return null
  const asked = reminders.find(({ askOn }) => askOn !== null && askOn <= today)
  if (asked) return { position: asked.position, kind: 'question' }
  const last = reminders.toSorted((a, b) => b.position - a.position)[0]
  if (!last || last.finished || left.some((one) => isNudgeOf(one, last))) return null
  const nudgeOn = afterPauses(
    plusDays(last.on, nudgeAfterDays),
    pauses.filter(({ from }) => from > last.on),
  )
  return nudgeOn !== null && nudgeOn <= today ? { position: last.position, kind: 'nudge' } : null
}

const isNudgeOf = (one: Left, reminder: Left) =>
  one.kind === 'nudge' && one.position === reminder.position

/** Mails of a programme leave over the first three working hours, one part of the people after another. */
const spreadMinutes = 180

/**
 * The minute of the working morning at which a person’s mails leave, 0 to 179: the same every time,
 * different from person to person, so that a mail server meets no flood. FNV-1a, 32 bits (Fowler, Noll, Vo).
 */
export function minuteOf(personId: string): number {
  let hash = 0x811c9dc5
  for (const letter of personId) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  }
  return (hash >>> 0) % spreadMinutes
}

/** A text of a story in the reader’s language, or in one the story is written in. */
export const inLanguage = (wording: Wording, language: Language): string =>
  wording[language] ?? wording.fr ?? Object.values(wording)[0] ?? ''
