import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import {
  askedOf,
  dateWords,
  factsOf,
  hoursWords,
  linkOf,
  type MeetingFacts,
  namesList,
  placeRows,
  type Reader,
  sideOf,
  valuesOf,
  type Written,
} from './invitations.mails.ts'
import type { KnownFacts } from './invitations.rules.ts'

export interface Update {
  /** What the reader knew; null where it was not kept. */
  before: KnownFacts | null
  /** Hours or place are others: what was answered no longer counts. */
  asksAgain: boolean
  /** What the reader answered and need not answer again. */
  answered: 'yes' | 'maybe' | null
}

/** The mail that carries a further REQUEST: what changed first, then what is asked, if anything. */
export function updateMail(facts: MeetingFacts, reader: Reader, update: Update): Written {
  const { language } = reader
  const { asksAgain, answered } = update
  const side = sideOf(facts)
  const values = { ...valuesOf(facts, language), name: reader.firstName }
  const words = (key: string) => say(language, `invitations:${side}.update.${key}`, values)
  const changes = update.before ? changedWords(update.before, facts, language) : []
  const unknown = asksAgain ? [say(language, 'invitations:changed.unknown')] : []
  const told = (changes.length > 0 ? changes : unknown).join(' ')
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: told || words('preheader'),
      title: words('title'),
      paragraphs: [
        say(language, 'invitations:greeting', values),
        ...(told ? [told] : []),
        words(asksAgain ? 'moved' : answered ? standing[answered] : 'body'),
      ],
      facts: factsOf(facts, language),
      ...(answered === 'yes' ? lookedAt(facts, language) : askedOf(facts, language)),
      footer: { reason: say(language, 'invitations:reason', values) },
    }),
  }
}

const standing = { yes: 'confirmed', maybe: 'maybe' } as const

/** For whom nothing is left to answer: the same link, to look and to change one's mind. */
function lookedAt(facts: MeetingFacts, language: Language) {
  return {
    button: { label: say(language, 'invitations:reminder.look'), url: linkOf(facts) },
    afterButton: [say(language, 'invitations:reminder.unable')],
  }
}

/** One sentence per difference, the new before the old; none for what stayed. */
function changedWords(before: KnownFacts, facts: MeetingFacts, language: Language): string[] {
  return [
    ...movedWords(before, facts, language),
    ...companyWords(before, facts, language),
    ...linkWords(before, facts, language),
  ]
}

/** Another hour, another place: each in one sentence. */
export function movedWords(
  before: KnownFacts,
  facts: Hours & { timeZone: string; place: string },
  language: Language,
): string[] {
  const words = (key: string, values: Record<string, string>) =>
    say(language, `invitations:changed.${key}`, values)
  const known = { startsAt: new Date(before.startsAt), endsAt: new Date(before.endsAt) }
  const was = whenWords(known, facts, facts.timeZone, language)
  const is = whenWords(facts, known, facts.timeZone, language)
  return [
    ...(was === is ? [] : [words('when', { before: was, now: is })]),
    ...(before.place === facts.place
      ? []
      : [words('where', { before: before.place, now: facts.place })]),
  ]
}

function companyWords(before: KnownFacts, facts: MeetingFacts, language: Language): string[] {
  const words = (key: string, values: Record<string, string | number>) =>
    say(language, `invitations:changed.${key}`, values)
  const without = (names: readonly string[], others: readonly string[]) =>
    names.filter((name) => !others.includes(name))
  const joins = without(facts.company, before.company)
  const leaves = without(before.company, facts.company)
  const list = (names: string[]) => ({ names: namesList(names, language), count: names.length })
  if (sideOf(facts) === 'host') {
    return [
      ...(joins.length > 0 ? [words('joins', list(joins))] : []),
      ...(leaves.length > 0 ? [words('leaves', list(leaves))] : []),
    ]
  }
  if (joins.length === 0 || leaves.length === 0) return []
  return [words('host', { before: list(leaves).names, now: list(joins).names })]
}

/** Another link, where somebody’s former one no longer works. */
export function linkWords(
  before: KnownFacts,
  facts: { linkGeneration: number },
  language: Language,
): string[] {
  const renewed = before.linkGeneration && before.linkGeneration !== facts.linkGeneration
  return renewed ? [say(language, 'invitations:changed.link')] : []
}

type Hours = Pick<MeetingFacts, 'startsAt' | 'endsAt'>

/** The hours alone, or with their date where that is another one. */
function whenWords(hours: Hours, other: Hours, timeZone: string, language: Language): string {
  const date = dateWords(hours.startsAt, timeZone, language)
  const span = hoursWords(hours.startsAt, hours.endsAt, timeZone, language)
  return date === dateWords(other.startsAt, timeZone, language) ? span : `${date}, ${span}`
}

/** Reasons a meeting goes, each with its own words. */
export const goneReasons = {
  host: ['nobody-left', 'host-declined', 'handed-over', 'day-cancelled', 'left'],
  guest: [
    'host-declined',
    'host-declined-elsewhere',
    'host-unavailable',
    'host-unavailable-elsewhere',
    'slot-gone',
    'slot-gone-elsewhere',
    'moved',
    'guest-cancelled',
    'moved-elsewhere',
    'no-place',
    'day-cancelled',
    'left',
    'other',
  ],
} as const
export type GoneReason = (typeof goneReasons)[keyof typeof goneReasons][number]

/**
 * The mail that carries a CANCEL: what happened, and the way on.
 * @param cardUrl where a guest reads what comes next.
 */
export function cancelMail(
  facts: MeetingFacts,
  reader: Reader,
  reason: GoneReason,
  cardUrl: string,
): Written {
  const { language } = reader
  const side = sideOf(facts)
  const values = { ...valuesOf(facts, language), name: reader.firstName }
  const words = (key: string) => say(language, `invitations:${side}.cancel.${key}`, values)
  const wayOn = wayOnFrom(reason, facts, cardUrl)
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'invitations:greeting', values), words(reason)],
      // Whom one would have met, and what to bring, no longer matter.
      facts: placeRows(facts, language),
      ...(wayOn
        ? { button: { label: say(language, `invitations:way.${wayOn.word}`), url: wayOn.url } }
        : {}),
      footer: { reason: say(language, 'invitations:reason', values) },
    }),
  }
}

/** Nothing follows a cancelled day, having left, nor a host's own no, which is final. */
function wayOnFrom(reason: GoneReason, facts: MeetingFacts, cardUrl: string) {
  if (reason === 'day-cancelled' || reason === 'left') return null
  if (sideOf(facts) === 'host') {
    return reason === 'nobody-left' ? { word: 'slot', url: linkOf(facts) } : null
  }
  // Its page offers the waiting list again, without a session.
  if (reason === 'guest-cancelled') return { word: 'back', url: linkOf(facts) }
  return { word: 'card', url: cardUrl }
}
