import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { Language } from '#shared/vocabulary/language.ts'

/** Everything a mail with cards may say. */
export interface ThanksMail {
  language: Language
  firstName: string
  dayName: string
  /** All that leave this evening; `from` is the first name of who signed. */
  cards: readonly { words: string; from: string | null }[]
  /** Where all cards of the host are kept: an address, or the placeholder of their link. */
  page: string
  /** Placeholder of the one-click way out. */
  leave: string
}

/** An evening’s cards for one host. Its subject names nobody: it is read over shoulders. */
export function thanksMail({ language, leave, page, ...mail }: ThanksMail) {
  const values = { name: mail.firstName, day: mail.dayName, count: mail.cards.length }
  const words = (key: string) => say(language, `thanks:${key}`, values)
  return {
    subject: words('subject'),
    unsubscribe: leave,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [words('greeting'), words('body')],
      facts: mail.cards.map(({ words: card, from }) => ({
        label: from ? say(language, 'thanks:from', { from }) : words('unsigned'),
        value: card,
      })),
      button: { label: words('button'), url: page },
      footer: { reason: words('reason'), unsubscribeUrl: leave },
    }),
  }
}
