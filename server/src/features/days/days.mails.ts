import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { Day } from '#shared/days/days.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { dateOf } from './days.rules.ts'
import { dateWords } from './days.words.ts'

export interface SignUpMail {
  language: Language
  firstName: string
  day: Day
  regionName: string
  /** Names of the roles to discover, in the reader's language. */
  roles: string[]
  /** Address of the sign-up page. */
  page: string
  /** Placeholder of the one-click way out. */
  optOut: string
}

/** « Whose shoes would you step into? »: the invitation to sign up, which one may leave for good. */
export function signUpMail({
  language,
  firstName,
  day,
  regionName,
  roles,
  page,
  optOut,
}: SignUpMail) {
  const values = {
    firstName,
    day: day.name,
    region: regionName,
    date: dateWords(day.date, language),
    deadline: dateWords(dateOf(day.signUpClosesAt, day.timeZone), language),
    roles: new Intl.ListFormat(language, { type: 'disjunction' }).format(roles),
  }
  const words = (key: string) => say(language, `days:signUpMail.${key}`, values)
  return {
    subject: words('subject'),
    unsubscribe: optOut,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [words('greeting'), words('body'), ...(roles.length > 0 ? [words('roles')] : [])],
      facts: [
        { label: words('dateLabel'), value: values.date },
        { label: words('deadlineLabel'), value: values.deadline },
      ],
      button: { label: words('button'), url: page },
      afterButton: [words('after')],
      footer: { reason: words('reason'), unsubscribeUrl: optOut },
    }),
  }
}
