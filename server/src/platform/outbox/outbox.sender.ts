import type { CapabilityRoutes } from '../capabilities.ts'
import type { Config } from '../config.ts'
import { fillMailLinks } from '../mail/links.ts'
import type { MailTransport } from '../mail/transport.ts'
import type { SendMail } from './outbox.delivery.ts'

/**
 * Hands one row of the outbox to the mail server. Here, and nowhere else, placeholders become
 * links somebody can use; nothing of the filled mail is stored.
 */
export function outboxSender(
  transport: MailTransport,
  config: Pick<Config, 'publicUrl' | 'mailFrom'>,
  secret: string,
  routes: CapabilityRoutes,
): SendMail {
  return (row, references) => {
    const filled = fillMailLinks(
      {
        text: row.text_body,
        html: row.html_body,
        calendar:
          row.calendar_method && row.calendar_body
            ? { method: row.calendar_method, content: row.calendar_body }
            : null,
        unsubscribeUrl: row.unsubscribe,
      },
      secret,
      config.publicUrl,
      routes,
    )
    return transport.sendOne({
      messageId: row.message_id,
      from: { name: row.from_name ?? '10 de cœur', address: config.mailFrom },
      to: { name: row.to_name, address: row.to_address },
      language: row.language,
      subject: row.subject,
      references,
      ...filled,
    })
  }
}
