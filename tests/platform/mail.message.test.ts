import MailComposer from 'nodemailer/lib/mail-composer'
import { expect, test } from 'vitest'
import { wholeMessage } from '#server/platform/mail/message.ts'
import { goldenMails } from './mail.golden.ts'

const party = { name: 'Maëlle "Ma" Ørsted', address: 'maelle@boutique.example' }
const compose = (content: ConstructorParameters<typeof MailComposer>[0]) =>
  new MailComposer({
    from: party,
    to: party,
    textEncoding: 'quoted-printable',
    ...content,
  }).compile()

test('a mail in one piece is what nodemailer’s own stream writes, byte for byte', async () => {
  const long = 'é'.repeat(999)
  const texts = [
    'plain words\n',
    'a line\r\n.\r\n.dots and spaces at an end \t\nlast',
    `${long} ${long}\n${'x'.repeat(2_000)}=\n\n`,
    '-- \n♥ 🙂\n',
    '',
  ]
  const mails = [
    ...goldenMails.map(({ mail: { subject, text, html, calendar } }) =>
      compose({
        subject,
        text,
        html,
        ...(calendar && {
          icalEvent: { method: calendar.method, content: Buffer.from(calendar.body) },
        }),
      }),
    ),
    ...texts.flatMap((text) => [compose({ text }), compose({ text, html: `<p>${text}</p>` })]),
  ]
  for (const mail of mails) {
    const ours = wholeMessage(mail).toString('latin1')
    const theirs = (await mail.build()).toString('latin1')
    // A stream ends each mail with a line’s end, and so does what leads ours to the socket.
    expect(ours.endsWith('\n') ? ours : `${ours}\r\n`).toBe(theirs)
  }
})
