export type CalendarAnswer = 'yes' | 'no' | 'maybe'

/** The answer that counts so far, whichever way it came. */
export interface Applied {
  answer: CalendarAnswer
  /** SEQUENCE of the event when it was given */
  sequence: number
  /** DTSTAMP, never later than the mail came; null for a press on our own button */
  stampedAt: Date | null
  /** when the mail was written, or the button pressed */
  sentAt: Date
}

export const sameTime = (one: Date | null, other: Date | null) =>
  one !== null && other !== null && +one === +other

/** Of two answers given in the same second the one that closes least counts. */
const openness: Record<CalendarAnswer, number> = { no: 0, maybe: 1, yes: 2 }

/** Positive when `one` was given after `other`. */
export function compare(one: Applied, other: Applied): number {
  const stamps = one.stampedAt && other.stampedAt ? +one.stampedAt - +other.stampedAt : 0
  return stamps || +one.sentAt - +other.sentAt || openness[one.answer] - openness[other.answer]
}
