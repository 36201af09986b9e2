import { dateWords } from '#server/features/days/days.service.ts'
import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { ActionStatus } from '#shared/actions/actions.vocabulary.ts'
import type { Language } from '#shared/vocabulary/language.ts'

/** `given`: what is newly theirs. `weekly`: everything of theirs that is open. */
export type OwnerWord = 'given' | 'weekly'

/** Everything a mail to an owner may say. */
export interface OwnerMail {
  language: Language
  firstName: string
  dayName: string
  /** Open ones, in the order in which they are due. */
  actions: readonly { title: string; status: ActionStatus; dueOn: string | null }[]
  /** Placeholder of the link to one’s actions of that day. */
  link: string
  /** Placeholder of the one-click way out. */
  leave: string
}

/** Tells an owner what is theirs to decide and to bring on, and nothing else. */
export function ownerMail(word: OwnerWord, mail: OwnerMail) {
  const { language, leave } = mail
  const values = { name: mail.firstName, day: mail.dayName, count: mail.actions.length }
  const words = (key: string) => say(language, `actions:${word}.${key}`, values)
  return {
    subject: words('subject'),
    unsubscribe: leave,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'actions:greeting', values), words('body')],
      facts: mail.actions.map(({ title, status, dueOn }) => ({
        label: dueOn
          ? say(language, `actions:due.${status}`, { date: dateWords(dueOn, language) })
          : say(language, `actions:status.${status}`),
        value: title,
      })),
      button: { label: words('button'), url: mail.link },
      afterButton: [say(language, 'actions:minute')],
      footer: { reason: say(language, 'actions:reason', values), unsubscribeUrl: leave },
    }),
  }
}

/** Everything a mail to an observer may say. */
export interface ReturnMail {
  language: Language
  firstName: string
  dayName: string
  /** What is new to them: the finding their observation is in, and what was decided about it. */
  answers: readonly {
    finding: string
    title: string
    status: ActionStatus
    reason: string | null
  }[]
  /** Address of their observations. */
  page: string
  /** Address of what everybody of the region reads. */
  changes: string
  /** Placeholder of the one-click way out. */
  leave: string
}

/** « What you saw was answered »: to who observed under their name, several answers in one. */
export function returnMail({ language, leave, ...mail }: ReturnMail) {
  const values = { name: mail.firstName, day: mail.dayName, count: mail.answers.length }
  const words = (key: string) => say(language, `actions:became.${key}`, values)
  return {
    subject: words('subject'),
    unsubscribe: leave,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'actions:greeting', values), words('body')],
      facts: mail.answers.map(({ finding, title, status, reason }) => ({
        label: say(language, `actions:answer.${status}`),
        value: [say(language, 'actions:became.about', { finding }), title, reason]
          .filter(Boolean)
          .join('\n'),
      })),
      button: { label: words('button'), url: mail.page },
      afterButton: [words('thanks')],
      links: [{ label: words('changes'), url: mail.changes }],
      footer: { reason: words('reason'), unsubscribeUrl: leave },
    }),
  }
}
