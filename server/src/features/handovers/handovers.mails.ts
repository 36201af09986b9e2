import {
  type Day,
  dateWords,
  hoursWords,
  instantWords,
} from '#server/features/days/days.service.ts'
import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { Language } from '#shared/vocabulary/language.ts'

export type HandoverWord = 'asked' | 'withdrawn' | 'declined' | 'expired' | 'accepted' | 'yours'

/** Whom a word goes to: the colleague asked, or the host who asked. */
export const toColleague = (word: HandoverWord) =>
  word === 'asked' || word === 'withdrawn' || word === 'yours'

/** Everything a mail about handing over may say. */
export interface HandoverMail {
  language: Language
  firstName: string
  /** First and last name of the other one: they work at the same site. */
  otherName: string
  day: Pick<Day, 'name' | 'date' | 'timeZone'>
  hours: { startsAt: Date; endsAt: Date }
  expiresAt: Date
  roleName: string
  siteName: string
  town: string
  /** Placeholder of the link to act by; null where there is nothing left to do. */
  link: string | null
  /** Placeholder of the one-click way out, for who did not ask to be asked. */
  leave: string | null
}

/** « Would you host in my place? », and what became of the question. */
export function handoverMail(word: HandoverWord, mail: HandoverMail) {
  const { language, day, expiresAt, leave } = mail
  const values = {
    name: mail.firstName,
    other: mail.otherName,
    day: day.name,
    date: dateWords(day.date, language),
    until: instantWords(expiresAt, day.timeZone, language),
  }
  const words = (key: string) => say(language, `handovers:${word}.${key}`, values)
  const fact = (key: string, value: string) => ({
    label: say(language, `handovers:facts.${key}`),
    value,
  })
  const side = toColleague(word) ? 'colleague' : 'host'
  return {
    subject: words('subject'),
    ...(leave ? { unsubscribe: leave } : {}),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'handovers:greeting', values), words('body')],
      facts: [
        fact('when', `${values.date}\n${hoursWords(mail.hours, day.timeZone, language)}`),
        fact('where', [mail.siteName, mail.town].filter(Boolean).join(', ')),
        fact('role', mail.roleName),
      ],
      button: mail.link ? { label: words('button'), url: mail.link } : null,
      afterButton: word === 'asked' ? [words('after')] : [],
      footer: {
        reason: say(language, `handovers:reason.${side}`, values),
        ...(leave ? { unsubscribeUrl: leave } : {}),
      },
    }),
  }
}
