import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { ProgrammeMailKind } from '#shared/programmes/programmes.vocabulary.ts'
import type { Language } from '#shared/vocabulary/language.ts'

export interface CurrentLinkMail {
  language: Language
  firstName: string
  programmeName: string
  /** Of the last story; null where none has left yet. */
  title: string | null
  /** Placeholders, as in {@link ProgrammeMail}. */
  link: string
  leave: string
}

/** The link that counts now, for whoever held one that was replaced. */
export function currentLinkMail({ language, leave, link, ...mail }: CurrentLinkMail) {
  const values = { name: mail.firstName, title: mail.title ?? '', programme: mail.programmeName }
  const words = (key: string) => say(language, `programmes:link.${key}`, values)
  return {
    subject: words('subject'),
    unsubscribe: leave,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'programmes:greeting', values), words('body')],
      button: { label: words(mail.title === null ? 'programme' : 'story'), url: link },
      links: [{ label: say(language, 'programmes:leave'), url: leave }],
      footer: { reason: say(language, 'programmes:reason', values), unsubscribeUrl: leave },
    }),
  }
}

export interface ProgrammeMail {
  language: Language
  firstName: string
  /** Of the story, in the reader’s language. */
  title: string
  teaser: string
  programmeName: string
  /** Placeholder of the story’s page. */
  link: string
  /** Placeholder of the page where one pauses or stops; also the one-click way out. */
  leave: string
}

/** A reminder, the one word more about it, or the question whether its mission was tried. */
export function programmeMail(
  kind: ProgrammeMailKind,
  { language, leave, ...mail }: ProgrammeMail,
) {
  const values = { name: mail.firstName, title: mail.title, programme: mail.programmeName }
  const words = (key: string) => say(language, `programmes:${kind}.${key}`, values)
  return {
    subject: words('subject'),
    unsubscribe: leave,
    ...composeMail({
      language,
      preheader: kind === 'question' ? words('preheader') : mail.teaser,
      title: mail.title,
      paragraphs: [
        say(language, 'programmes:greeting', values),
        ...(kind === 'question' ? [] : [mail.teaser]),
        words('body'),
      ],
      button: { label: words('button'), url: mail.link },
      afterButton: [say(language, 'programmes:nobody')],
      links: [{ label: say(language, 'programmes:leave'), url: leave }],
      footer: { reason: say(language, 'programmes:reason', values), unsubscribeUrl: leave },
    }),
  }
}
