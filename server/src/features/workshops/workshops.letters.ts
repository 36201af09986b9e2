import { hoursWords as spanWords } from '#server/features/days/days.service.ts'
import type {
  KnownFacts,
  Subject,
  ToldStep,
} from '#server/features/invitations/invitations.rules.ts'
import {
  dateWords,
  hoursWords,
  type Letter,
  linkWords,
  movedWords,
} from '#server/features/invitations/invitations.service.ts'
import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import type { Language } from '#shared/vocabulary/language.ts'

/** Everything a mail about one session may say to one person; no address but its reader’s. */
export interface SessionFacts {
  role: 'participant' | 'facilitator'
  subject: Subject
  /** Placeholder of the reader’s own page. */
  link: string
  linkGeneration: number
  title: string
  timeZone: string
  startsAt: Date
  endsAt: Date
  /** In which it is held. */
  language: ContentLanguage
  /** In one line: the room, the site and its town. */
  where: string
  /** The same with the address, as calendars show it. */
  place: string
  /** The first name of who leads it. */
  facilitator: string
}

export interface LetterReader {
  firstName: string
  language: Language
}

/** Reasons a session goes from a calendar, each with its own words. */
export const goneReasons = {
  participant: ['given-up', 'elsewhere', 'session-cancelled', 'workshop-cancelled'],
  facilitator: ['not-leading', 'session-cancelled', 'workshop-cancelled'],
} as const
export type GoneReason = (typeof goneReasons)[SessionFacts['role']][number]

/**
 * The mail of a step about a session, and what the calendar that goes with it shows.
 * @param gone why it goes, for one that does.
 */
export function sessionLetter(
  step: ToldStep,
  facts: SessionFacts,
  reader: LetterReader,
  gone: GoneReason,
): Letter {
  const { language } = reader
  const cancels = step.kind === 'cancel'
  const values = valuesOf(facts, reader)
  const words = (key: string) => say(language, `workshops:meetings.${facts.role}.${key}`, values)
  const description = [words('description'), words('answerHere')].join('\n\n')
  return {
    written: cancels
      ? goneMail(facts, reader, gone)
      : step.kind === 'update'
        ? changedMail(facts, reader, step.stored.known, step.asksAgain)
        : standingMail(facts, reader, 'invite', [words('invite.body')]),
    entry: {
      startsAt: facts.startsAt,
      endsAt: facts.endsAt,
      summary: words('summary'),
      location: facts.place,
      description: cancels ? words('cancelled') : description,
      ...(cancels ? {} : { url: facts.link }),
    },
  }
}

/** What changed first, then whether anything is to be done. */
function changedMail(
  facts: SessionFacts,
  reader: LetterReader,
  before: KnownFacts | null,
  asksAgain: boolean,
) {
  const { language } = reader
  const words = (key: string) =>
    say(language, `workshops:meetings.${facts.role}.update.${key}`, valuesOf(facts, reader))
  const changes = before
    ? [
        ...movedWords(before, facts, language),
        ...ledWords(before, facts, language),
        ...linkWords(before, facts, language),
      ]
    : []
  return standingMail(facts, reader, 'update', [
    ...(changes.length > 0 ? [changes.join(' ')] : []),
    words(asksAgain ? 'moved' : 'body'),
  ])
}

/** Somebody else leads it: only who comes hears so. */
function ledWords(before: KnownFacts, facts: SessionFacts, language: Language): string[] {
  const [led] = before.company
  if (!led || led === facts.facilitator) return []
  const values = { before: led, now: facts.facilitator }
  return [say(language, 'workshops:meetings.participant.update.led', values)]
}

/** A mail about a session that stands: its facts, and one button to one’s own page. */
function standingMail(
  facts: SessionFacts,
  reader: LetterReader,
  kind: 'invite' | 'update',
  told: string[],
) {
  const { language } = reader
  const values = valuesOf(facts, reader)
  const words = (key: string) => say(language, `workshops:meetings.${facts.role}.${key}`, values)
  return {
    subject: words(`${kind}.subject`),
    ...composeMail({
      language,
      preheader: words(`${kind}.preheader`),
      title: words(`${kind}.title`),
      paragraphs: [say(language, 'workshops:greeting', values), ...told],
      facts: rowsOf(facts, language),
      button: { label: words('look'), url: facts.link },
      afterButton: [words('after')],
      footer: { reason: words('reason') },
    }),
  }
}

function goneMail(facts: SessionFacts, reader: LetterReader, gone: GoneReason) {
  const { language } = reader
  const values = valuesOf(facts, reader)
  const words = (key: string) =>
    say(language, `workshops:meetings.${facts.role}.cancel.${key}`, values)
  // Nothing follows a cancelled workshop, and whoever led a session has no page of it any more.
  const goesOn = facts.role === 'participant' && gone !== 'workshop-cancelled'
  const button = say(language, 'workshops:meetings.participant.sessions')
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'workshops:greeting', values), words(gone)],
      facts: placeRows(facts, language),
      ...(goesOn ? { button: { label: button, url: facts.link } } : {}),
      footer: { reason: words('reason') },
    }),
  }
}

/** Tells a director that whoever was to lead a session cannot; the facilitator is named inside only. */
export function declinedMail(facts: SessionFacts, reader: LetterReader, page: string) {
  const { language } = reader
  const values = valuesOf(facts, reader)
  const words = (key: string) => say(language, `workshops:meetings.declined.${key}`, values)
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'workshops:greeting', values), words('body')],
      facts: placeRows(facts, language),
      button: { label: words('button'), url: page },
      footer: { reason: words('reason') },
    }),
  }
}

/** « Mon cercle d’influence · Boutique Dax · jeudi 20 mai 2027, 9 h – 10 h ». */
export function sessionWords(facts: SessionFacts, language: Language): string {
  const { date, hours } = whenOf(facts, language)
  return [facts.title, facts.where, `${date}, ${hours}`].join(' · ')
}

const whenOf = ({ startsAt, endsAt, timeZone }: SessionFacts, language: Language) => ({
  date: dateWords(startsAt, timeZone, language),
  hours: hoursWords(startsAt, endsAt, timeZone, language),
})

const valuesOf = (facts: SessionFacts, { firstName, language }: LetterReader) => ({
  ...whenOf(facts, language),
  name: firstName,
  title: facts.title,
  where: facts.where,
  facilitator: facts.facilitator,
  span: spanWords(facts, facts.timeZone, language),
})

function placeRows(facts: SessionFacts, language: Language) {
  const { date, hours } = whenOf(facts, language)
  return [
    { label: say(language, 'workshops:facts.when'), value: `${date}\n${hours}` },
    { label: say(language, 'workshops:facts.where'), value: facts.place },
    { label: say(language, 'workshops:meetings.rows.workshop'), value: facts.title },
  ]
}

function rowsOf(facts: SessionFacts, language: Language) {
  const label = (key: string) => say(language, `workshops:meetings.rows.${key}`)
  const held = new Intl.DisplayNames(language, { type: 'language' }).of(facts.language)
  return [
    ...placeRows(facts, language),
    ...(facts.role === 'participant' ? [{ label: label('with'), value: facts.facilitator }] : []),
    // Said only where one might not expect it.
    ...(facts.language === language
      ? []
      : [{ label: label('language'), value: held ?? facts.language }]),
  ]
}
