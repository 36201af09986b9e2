import { DateTime } from 'luxon'
import { hoursWords as spanWords, timeWords } from '#server/features/days/days.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { Subject } from './invitations.rules.ts'

/** Everything a mail about one meeting may say; no address of a person but its reader's. */
export interface MeetingFacts {
  subject: Subject
  linkGeneration: number
  dayName: string
  timeZone: string
  confirmUntil: Date
  startsAt: Date
  endsAt: Date
  role: { fr: string; en: string }
  siteName: string
  place: string
  /** First names of those the reader meets. */
  company: readonly string[]
  conditions: {
    noCalls: boolean
    accessible: boolean
    safetyEquipment: boolean
    languages: readonly string[]
    note: string
  }
}

export interface Reader {
  firstName: string
  language: Language
}

export interface Written {
  subject: string
  text: string
  html: string
}

/** « jeudi 20 mai 2027 », in the day's own time zone. */
export function dateWords(instant: Date, timeZone: string, language: Language): string {
  const date = DateTime.fromJSDate(instant, { zone: timeZone }).setLocale(language)
  if (language === 'en') return date.toFormat('cccc d LLLL yyyy')
  const day = date.day === 1 ? '1er' : String(date.day)
  return `${date.toFormat('cccc')} ${day} ${date.toFormat('LLLL yyyy')}`
}

/** « 8 h 45 – 12 h 15 » or « 08:45–12:15 ». */
export function hoursWords(from: Date, to: Date, timeZone: string, language: Language): string {
  const hour = (instant: Date) => timeWords(instant, timeZone, language)
  return language === 'en' ? `${hour(from)}–${hour(to)}` : `${hour(from)} – ${hour(to)}`
}

/** « Léa, Karim et Inès ». */
export function namesList(names: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names)
}

/** What the calendar itself shows. The title names nobody: it stands in shared calendars. */
export function calendarWords(
  facts: Pick<MeetingFacts, 'subject' | 'role' | 'company'>,
  language: Language,
) {
  const role = facts.role[language]
  const key = facts.subject.kind === 'slot' ? 'hostDescription' : 'guestDescription'
  const company = namesList(facts.company, language)
  const whom = say(language, `invitations:calendar.${key}`, { role, company, host: company })
  return {
    summary: say(language, 'invitations:calendar.summary', { role }),
    /** Whom they meet, where nothing is asked. */
    whom,
    description: [whom, say(language, 'invitations:calendar.answerHere')].join('\n\n'),
    cancelled: say(language, 'invitations:calendar.cancelled'),
  }
}

export const sideOf = ({ subject }: Pick<MeetingFacts, 'subject'>) =>
  subject.kind === 'slot' ? ('host' as const) : ('guest' as const)

export function linkOf(facts: Pick<MeetingFacts, 'subject' | 'linkGeneration'>): string {
  return capabilityPlaceholder(facts.subject.kind, facts.subject.id, facts.linkGeneration)
}

/** The mail that carries the first REQUEST. */
export function inviteMail(facts: MeetingFacts, reader: Reader): Written {
  const { language } = reader
  const side = sideOf(facts)
  const values = { ...valuesOf(facts, language), name: reader.firstName }
  const words = (key: string) => say(language, `invitations:${side}.invite.${key}`, values)
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'invitations:greeting', values), words('body')],
      facts: factsOf(facts, language),
      ...askedOf(facts, language),
      footer: { reason: say(language, 'invitations:reason', values) },
    }),
  }
}

/** The button that leads to an answer, and what it does not do by itself. */
export function askedOf(facts: MeetingFacts, language: Language) {
  const until = dateWords(facts.confirmUntil, facts.timeZone, language)
  const after = sideOf(facts) === 'host' ? 'afterHost' : 'afterGuest'
  return {
    button: { label: say(language, 'invitations:answer.button'), url: linkOf(facts) },
    afterButton: [say(language, `invitations:answer.${after}`, { until })],
  }
}

/** For somebody whose calendar said « maybe »: a yes or a no would help. Sent once. */
export function maybeMail(facts: MeetingFacts, reader: Reader): Written {
  const { language } = reader
  const values = { ...valuesOf(facts, language), name: reader.firstName }
  const words = (key: string) => say(language, `invitations:maybe.${key}`, values)
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'invitations:greeting', values), words('body')],
      facts: factsOf(facts, language),
      button: { label: say(language, 'invitations:answer.button'), url: linkOf(facts) },
      afterButton: [words('once')],
      footer: { reason: say(language, 'invitations:reason', values) },
    }),
  }
}

/** A director asks those who answered nothing once more. */
export function nudgeMail(
  facts: MeetingFacts,
  reader: Reader,
  unsubscribe: string,
): Written & { unsubscribe: string } {
  const { language } = reader
  const side = facts.subject.kind === 'slot' ? 'host' : 'guest'
  const count = facts.company.length
  const values = { ...valuesOf(facts, language), name: reader.firstName, count }
  const words = (key: string) => say(language, `invitations:nudge.${key}`, values)
  return {
    subject: words(`${side}.subject`),
    unsubscribe,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words(`${side}.title`),
      paragraphs: [
        say(language, 'invitations:greeting', values),
        words(`${side}.body`),
        words('either'),
      ],
      facts: factsOf(facts, language),
      button: { label: say(language, 'invitations:answer.button'), url: linkOf(facts) },
      afterButton: [words('crossed')],
      footer: {
        reason: say(language, 'invitations:reason', values),
        unsubscribeUrl: unsubscribe,
      },
    }),
  }
}

/**
 * « See you soon »: the same facts as the invitation, the date rather than « tomorrow », since a mail
 * may be read later than it was sent. Who has not answered is asked once more.
 */
export function reminderMail(
  kind: 'week' | 'day',
  facts: MeetingFacts,
  reader: Reader,
  { answered, unsubscribe }: { answered: boolean; unsubscribe: string },
): Written & { unsubscribe: string } {
  const { language } = reader
  const side = sideOf(facts)
  const values = { ...valuesOf(facts, language), name: reader.firstName }
  const words = (key: string) => say(language, `invitations:reminder.${key}`, values)
  return {
    subject: words(`${side}.${kind}`),
    unsubscribe,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words(`${side}.title`),
      paragraphs: [
        say(language, 'invitations:greeting', values),
        words(`${side}.body`),
        words(answered ? 'answered' : 'unanswered'),
      ],
      facts: factsOf(facts, language),
      button: { label: words(answered ? 'look' : 'answer'), url: linkOf(facts) },
      afterButton: [words('unable')],
      footer: {
        reason: say(language, 'invitations:reason', values),
        unsubscribeUrl: unsubscribe,
      },
    }),
  }
}

/**
 * For those whom a publication leaves without a place, or a cancelled day without a day.
 * @param cardUrl where the first read why, and what is still free.
 */
export function plainMail(
  word: 'notPlaced' | 'dayCancelled',
  day: { name: string; timeZone: string; noon: Date },
  reader: Reader,
  cardUrl: string,
): Written {
  const { language } = reader
  const values = {
    name: reader.firstName,
    day: day.name,
    date: dateWords(day.noon, day.timeZone, language),
  }
  const words = (key: string) => say(language, `invitations:${word}.${key}`, values)
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [
        say(language, 'invitations:greeting', values),
        words('body'),
        ...(word === 'notPlaced' ? [words('next')] : []),
      ],
      ...(word === 'notPlaced' ? { button: { label: words('button'), url: cardUrl } } : {}),
      footer: { reason: say(language, 'invitations:reason', values) },
    }),
  }
}

/** Where places went, as a director reads it. */
type PlaceFacts = Pick<
  MeetingFacts,
  'dayName' | 'timeZone' | 'startsAt' | 'endsAt' | 'role' | 'siteName' | 'place'
>

/** Tells a director what a published plan lost and how it repaired itself; names nobody. */
export function planRepairedMail(
  dayName: string,
  place: PlaceFacts | undefined,
  counts: { lost: number; reseated: number; moved: number },
  reader: Reader,
  boardUrl: string,
): Written {
  const { language } = reader
  const words = (key: string, count = 0) =>
    say(language, `invitations:director.repaired.${key}`, {
      name: reader.firstName,
      day: dayName,
      count,
    })
  const waiting = counts.lost - counts.reseated
  const alone = counts.lost === 1
  const told = [
    words('lost', counts.lost),
    ...(counts.reseated > 0 ? [words(alone ? 'reseatedAlone' : 'reseated', counts.reseated)] : []),
    ...(counts.moved > 0 ? [words('moved', counts.moved)] : []),
    ...(waiting > 0 ? [words(alone ? 'waitingAlone' : 'waiting', waiting)] : []),
    words('next'),
  ]
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [words('greeting'), told.join(' ')],
      facts: place ? placeRows(place, language) : [],
      button: { label: words('button'), url: boardUrl },
      footer: { reason: say(language, 'invitations:reasonDirector', { day: dayName }) },
    }),
  }
}

export function placeRows(
  facts: PlaceFacts,
  language: Language,
): { label: string; value: string }[] {
  const label = (key: string) => say(language, `invitations:facts.${key}`)
  const date = dateWords(facts.startsAt, facts.timeZone, language)
  const hours = hoursWords(facts.startsAt, facts.endsAt, facts.timeZone, language)
  return [
    { label: label('when'), value: `${date}\n${hours}` },
    { label: label('where'), value: facts.place },
    { label: label('role'), value: facts.role[language] },
  ]
}

export function valuesOf(facts: MeetingFacts, language: Language) {
  return {
    role: facts.role[language],
    site: facts.siteName,
    day: facts.dayName,
    date: dateWords(facts.startsAt, facts.timeZone, language),
    hours: hoursWords(facts.startsAt, facts.endsAt, facts.timeZone, language),
    span: spanWords(facts, facts.timeZone, language),
    count: facts.company.length,
    company: namesList(facts.company, language),
    host: namesList(facts.company, language),
  }
}

export function factsOf(
  facts: MeetingFacts,
  language: Language,
): { label: string; value: string }[] {
  const label = (key: string, count = 1) => say(language, `invitations:facts.${key}`, { count })
  const { company } = valuesOf(facts, language)
  const isHost = facts.subject.kind === 'slot'
  const rows = [
    ...placeRows(facts, language),
    {
      label: isHost ? label('withGuests', facts.company.length) : label('withHost'),
      value: company,
    },
    { label: label('mind'), value: isHost ? '' : mindWords(facts.conditions, language) },
  ]
  return rows.filter((row) => row.value !== '')
}

function mindWords(conditions: MeetingFacts['conditions'], language: Language): string {
  const flags = (['noCalls', 'accessible', 'safetyEquipment'] as const).filter(
    (flag) => conditions[flag],
  )
  const lines = flags.map((flag) => say(language, `invitations:conditions.${flag}`))
  const others = conditions.languages.filter((code) => code !== 'fr')
  if (others.length > 0) {
    const named = conditions.languages.map(
      (code) => new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code,
    )
    const languages = namesList(named, language)
    lines.push(say(language, 'invitations:conditions.languages', { languages }))
  }
  return [...lines, conditions.note].filter((text) => text.trim() !== '').join('\n')
}
