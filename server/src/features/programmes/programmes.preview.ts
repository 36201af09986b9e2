import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { say } from '#server/platform/i18n.ts'
import { hideMailLinks } from '#server/platform/mail/links.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { MailPreview } from '#shared/days/days.contract.ts'
import type { ProgrammeMailKind } from '#shared/programmes/programmes.vocabulary.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { storyTold } from './programmes.links.ts'
import { programmeMail } from './programmes.mails.ts'
import type { ProgrammeRow } from './programmes.queries.ts'
import { inLanguage } from './programmes.rules.ts'

/** A mail of a programme exactly as it will read, to nobody in particular; its links lead nowhere. */
export async function mailPreview(
  db: Reader,
  programme: ProgrammeRow,
  position: number,
  kind: ProgrammeMailKind,
  language: Language,
): Promise<MailPreview | Refusal> {
  const story = await storyTold(db, programme.id, position)
  if (!story) return refuse('not-found')
  const mail = programmeMail(kind, {
    language,
    firstName: say(language, 'programmes:somebody'),
    title: inLanguage(story.title, language),
    teaser: inLanguage(story.teaser, language),
    programmeName: programme.name,
    link: capabilityPlaceholder('reminder', programme.id, 1),
    leave: capabilityPlaceholder('programme', programme.id, 1),
  })
  const { subject, html, text } = hideMailLinks(mail, say(language, 'days:linkHidden'))
  return { subject, html, text }
}
