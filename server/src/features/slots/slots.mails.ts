import { dateOf, dateWords, hoursWords } from '#server/features/days/days.service.ts'
import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import type { Day } from '#shared/days/days.contract.ts'
import type { Slot } from '#shared/slots/slots.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'

export interface ProposalMail {
  language: Language
  firstName: string
  day: Day
  regionName: string
  siteName: string
  roleName: string
  slot: Pick<Slot, 'startsAt' | 'endsAt' | 'capacity'>
  /** Placeholder of the host's own link. */
  link: string
}

/** « Would you host a colleague? »: nobody is volunteered, nothing happens without an answer. */
export function proposalMail(mail: ProposalMail): { subject: string; text: string; html: string } {
  const { language, day, slot } = mail
  const values = {
    firstName: mail.firstName,
    day: day.name,
    region: mail.regionName,
    date: dateWords(day.date, language),
    hours: hoursWords(slot, day.timeZone, language),
    site: mail.siteName,
    role: mail.roleName,
    count: slot.capacity,
    deadline: dateWords(dateOf(day.offersCloseAt, day.timeZone), language),
  }
  const words = (key: string) => say(language, `slots:proposalMail.${key}`, values)
  return {
    subject: words('subject'),
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [words('greeting'), words('body')],
      facts: [
        { label: words('whenLabel'), value: words('when') },
        { label: words('whereLabel'), value: values.site },
        { label: words('roleLabel'), value: values.role },
        { label: words('howManyLabel'), value: words('howMany') },
      ],
      button: { label: words('button'), url: mail.link },
      afterButton: [words('after'), words('respect')],
      footer: { reason: words('reason') },
    }),
  }
}
