import { escapeHtml } from './layout.text.ts'
import type { OutgoingMail } from './transport.ts'

/**
 * The same mail for the one who rehearses. The real address stays out of the headers and of the
 * envelope; only the note in the body tells it. The calendar is untouched: what is rehearsed is what
 * would be sent. No unsubscribe header: one click would act for the person it was written for.
 */
export function markRehearsal(mail: OutgoingMail, redirectTo: string): OutgoingMail {
  const name = mail.to.name?.includes('@') ? '' : (mail.to.name ?? '').trim()
  const address = name === '' ? mail.to.address : `${name} <${mail.to.address}>`
  const french = mail.language === 'fr'
  const subjectMark = french
    ? name === ''
      ? '[Répétition]'
      : `[Répétition pour ${name}]`
    : name === ''
      ? '[Rehearsal]'
      : `[Rehearsal for ${name}]`
  const note = french
    ? `Répétition\u00A0: ce message aurait été envoyé à ${address}. Rien ne lui est parvenu.`
    : `Rehearsal: this message would have been sent to ${address}. It did not reach them.`
  const strip = `<div style="margin:0;padding:12px 20px;background:#1a1613;color:#ffffff;font:14px/1.5 Arial,sans-serif;text-align:center;">${escapeHtml(note)}</div>`
  return {
    ...mail,
    to: { name: null, address: redirectTo },
    subject: `${subjectMark} ${mail.subject}`,
    text: `${note}\n\n${mail.text}`,
    // A function: `$&` in a name would otherwise be read as a pattern.
    html: /<body[^>]*>/.test(mail.html)
      ? mail.html.replace(/<body[^>]*>/, (body) => body + strip)
      : strip + mail.html,
    unsubscribeUrl: null,
  }
}
