import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { signInLinkMinutes } from './accounts.rules.ts'

/** « Your sign-in link »: opening it changes nothing, the page's button does. */
export function signInMail(language: Language, name: string, link: string) {
  const values = { name, minutes: signInLinkMinutes }
  const words = (key: string) => say(language, `accounts:signInMail.${key}`, values)
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [words('greeting'), words('body')],
      button: { label: words('button'), url: link },
      afterButton: [words('after')],
      footer: { reason: words('reason') },
    }),
  }
}
