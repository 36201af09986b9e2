import { describe, expect, test } from 'vitest'
import { limits } from '#server/features/invitations/replies/replies.limits.ts'
import { readHead } from '#server/features/invitations/replies/replies.reader.ts'
import { type Verdict, verdictOf } from '#server/features/invitations/replies/replies.rules.ts'
import {
  asked,
  judge,
  judgeNamed,
  mailNames,
  rawMail,
  read,
  receivedAt,
  replyMail,
} from './replies.factory.ts'

/** What each program's mail comes to. « yes » alone is an answer that counts. */
const expected: Record<string, string> = {
  // Outlook and Microsoft 365: no ORGANIZER, Windows zone names
  'outlook-accept': 'yes',
  'outlook-accept-without-comment': 'yes',
  'outlook-decline': 'no',
  'outlook-tentative': 'maybe',
  'outlook-com-without-dtstamp': 'yes',
  'microsoft365-accept': 'yes',
  'outlook-without-sequence': 'held earlier-version',
  'outlook-earlier-version': 'held earlier-version',
  'outlook-counter': 'held counter',
  'outlook-assistant-on-behalf': 'held on-behalf',
  'outlook-alias': 'yes',
  'outlook-unknown-alias': 'held other-address',
  'outlook-delegated': 'held delegated',
  'outlook-somebody-else': 'held somebody-else',
  'outlook-forwarded': 'held forwarded',
  'outlook-unknown-event': 'held unknown-event',
  'outlook-needs-action': 'held no-answer',
  'samsung-accept': 'yes',
  // Gmail: Auto-Submitted, another Sender, the calendar twice
  'gmail-accept': 'yes',
  'gmail-decline-with-note': 'no',
  'gmail-tentative': 'maybe',
  'gmail-counter': 'held counter',
  'gmail-later-decline': 'no',
  'gmail-contradicts-itself': 'held contradictory',
  // Apple: an attachment without method
  'apple-mail-accept': 'yes',
  'icloud-decline-by-email-parameter': 'no',
  'apple-decline-with-comment': 'no',
  'apple-octet-stream': 'maybe',
  'thunderbird-accept': 'yes',
  'thunderbird-accept-sent-again': 'yes',
  'thunderbird-late': 'no',
  'zimbra-accept': 'yes',
  'nextcloud-own-sender': 'yes',
  'nextcloud-noreply': 'held somebody-else',
  'proton-decline': 'no',
  'lotus-accept': 'yes',
  // The same answer in every charset and encoding
  'charset-latin9': 'yes',
  'charset-windows-1252': 'yes',
  'charset-utf-16': 'yes',
  'charset-utf-16-unmarked': 'yes',
  'charset-unknown': 'yes',
  'charset-said-wrongly': 'yes',
  'charset-utf-16-said-of-utf-8': 'yes',
  'encoding-said-wrongly': 'yes',
  'encoding-not-said': 'yes',
  'encoding-binary': 'yes',
  'uuencoded-part': 'yes',
  'uuencoded-in-text': 'yes',
  'byte-order-mark-and-lf': 'yes',
  // Calendars that are not as they should be, and still plain
  'folded-without-spaces': 'yes',
  'missing-end': 'yes',
  'unquoted-colons': 'yes',
  'two-quotes-open': 'yes',
  'spaces-after-colons': 'yes',
  'method-only-outside': 'yes',
  'method-after-the-event': 'yes',
  'timezone-never-ends': 'yes',
  'alarm-with-attendee': 'yes',
  'all-attendees-listed': 'yes',
  'series-and-occurrence': 'yes',
  'occurrence-only': 'held one-occurrence',
  'without-mailto': 'yes',
  'by-content-only': 'yes',
  'calendar-without-uid': 'held unreadable',
  'unreadable-calendar': 'held unreadable',
  // Mails that are not as they should be
  'missing-last-boundary': 'yes',
  'boundary-not-said': 'yes',
  signed: 'yes',
  'group-in-from': 'yes',
  'no-from': 'held sender-unclear',
  'two-from': 'held sender-unclear',
  'address-in-the-name': 'held somebody-else',
  'delegate-answers': 'held delegated',
  'dmarc-failed': 'held dmarc-failed',
  'dmarc-pass-slipped-in': 'held dmarc-failed',
  'dmarc-fail-slipped-in': 'yes',
  'dmarc-fail-of-another-server': 'yes',
  // Without an authserv-id this field is nobody's we know.
  'exchange-online-dmarc': 'no',
  'answer-within-a-message': 'held written',
  'answer-within-a-message-inline': 'held written',
  'invitation-sent-back': 'held not-an-answer',
  refresh: 'held not-an-answer',
  'attendee-cancels': 'held not-an-answer',
  'foreign-invitation': 'ignored other-calendar',
  'written-answer': 'held written',
  'written-answer-in-html': 'held written',
  'ordinary-letter': 'ignored letter',
  winmail: 'held winmail',
  encrypted: 'held sealed',
  // As gateways, lists and phones pass them on
  'outlook-ios-tentative': 'maybe',
  'hcl-notes-decline': 'no',
  'zimbra-mobile-accept': 'yes',
  'fastmail-accept': 'yes',
  'samsung-encoded-name': 'yes',
  'yahoo-accept': 'yes',
  'disclaimer-after-base64': 'no',
  'double-reply-and-quoted-invitation': 'yes',
  'exchange-sender-on-behalf': 'yes',
  'exchange-counter-accepted': 'held counter',
  'exchange-tnef-octet-stream': 'held winmail',
  'evolution-refresh': 'held not-an-answer',
  'list-footer-accept': 'yes',
  'list-rewrites-sender': 'held somebody-else',
  'list-written-answer': 'held written',
  // Machines
  'absence-outlook': 'ignored notice',
  'absence-vacation': 'ignored absence',
  'bounce-postfix': 'bounce failed 5.1.1',
  'bounce-postfix-delayed': 'bounce delayed 4.4.1',
  'bounce-exchange': 'bounce failed 5.1.10',
  'bounce-gmail': 'bounce failed 5.2.2',
  'bounce-exim': 'bounce failed 5.7.1',
  'bounce-qmail': 'bounce failed null',
  'bounce-without-status': 'bounce failed null',
  'report-of-success': 'ignored receipt',
  'read-receipt': 'ignored receipt',
  // Ill will
  'hostile-deep': 'held too-complex',
  'hostile-many-parts': 'held too-complex',
  'hostile-many-calendars': 'held too-complex',
  'hostile-html-comment': 'yes',
  'hostile-second-attendee-line': 'held forwarded',
  'hostile-uid-in-comment': 'held unknown-event',
}

function inShort(verdict: Verdict): string {
  if (verdict.kind === 'apply') return verdict.applied.answer
  if (verdict.kind === 'held') return `held ${verdict.reason}`
  if (verdict.kind === 'ignored') return `ignored ${verdict.what}`
  if (verdict.kind !== 'bounce') return verdict.kind
  return `bounce ${verdict.bounce.outcome} ${verdict.bounce.status}`
}

describe('the mails of real programs', () => {
  test('each comes to one verdict', () => {
    const verdicts = Object.fromEntries(mailNames.map((name) => [name, inShort(judgeNamed(name))]))
    expect(verdicts).toEqual(expected)
  })

  test('notes are told as text, in every charset, without escapes or entities', () => {
    const notes: Record<string, string | null> = {
      'outlook-accept': 'Avec plaisir, à bientôt !',
      'outlook-accept-without-comment': null,
      'outlook-decline': 'Désolée ; je suis en congés du 17 au 21\nHélène',
      'gmail-decline-with-note': "C'est trop tôt, désolée & à bientôt",
      'lotus-accept': 'Oui, avec joie',
      'charset-latin9': "Café à 9 € près de l'église",
      'charset-windows-1252': 'Café à 9 € près de l’église',
      'charset-utf-16-unmarked': 'Café à 9 € près de l’église',
      'uuencoded-part': 'Café à 9 € près de l’église',
      'hostile-html-comment': '<script>alert(1)</script>\n oui',
      'apple-decline-with-comment': 'Pas ce jour-là',
      'written-answer-in-html': "D'accord,\n à bient&ôt",
      'hcl-notes-decline': 'Congés, désolée',
      'zimbra-mobile-accept': 'Café à 9 €',
      'outlook-ios-tentative': 'Pas sûre encore',
      'written-answer': 'Bonjour,\nje ne pourrai pas venir le 20, désolée.\nHélène',
    }
    for (const [name, comment] of Object.entries(notes)) {
      expect(judgeNamed(name), name).toMatchObject({ comment })
    }
  })

  test('a proposal tells its hours, with Windows’ name of the zone or in UTC', () => {
    const proposed = {
      startsAt: { at: new Date('2027-05-20T12:00:00Z') },
      endsAt: { at: new Date('2027-05-20T15:30:00Z') },
    }
    expect(judgeNamed('outlook-counter')).toMatchObject({ answer: 'maybe', proposed })
    expect(judgeNamed('gmail-counter')).toMatchObject({ answer: 'maybe', proposed })
  })

  test('what is held says who wrote, for whom, and what', () => {
    expect(judgeNamed('nextcloud-noreply')).toMatchObject({
      uid: asked.uid,
      from: 'noreply@nuage.example.net',
      attendee: asked.attendeeAddress,
      answer: 'yes',
    })
    expect(judgeNamed('outlook-forwarded')).toMatchObject({
      from: 'marc@boutique.example.org',
      attendee: 'marc@boutique.example.org',
      answer: 'yes',
    })
  })

  test('a bounce tells whose address, why, and which mail of ours', () => {
    for (const name of ['postfix', 'postfix-delayed', 'exchange', 'gmail', 'exim', 'qmail']) {
      expect(judgeNamed(`bounce-${name}`), name).toMatchObject({
        uid: asked.uid,
        bounce: {
          recipient: asked.attendeeAddress,
          messageIds: ['<f0e1d2c3@coeur.example.org>'],
          diagnostic: expect.stringMatching(/\S/),
        },
      })
    }
    expect(judgeNamed('bounce-postfix')).toMatchObject({ bounce: { uid: asked.uid } })
  })

  test('a server that signs without its name is believed when we are told so', () => {
    const verdict = judge(read(rawMail('exchange-online-dmarc'), ''))
    expect(verdict).toMatchObject({ kind: 'held', reason: 'dmarc-failed' })
    expect(judge(read(rawMail('dmarc-failed'), null))).toMatchObject({ kind: 'apply' })
  })

  test('what is larger than we read is set aside by its headers', () => {
    const head = rawMail('outlook-accept')
    const large = Buffer.concat([head, Buffer.alloc(limits.mailBytes, 'x')])
    for (const mail of [read(large), readHead(head.subarray(0, 2_000), receivedAt, null)]) {
      expect(mail.identity).toBe('<OUT1@boutique.example.org>')
      expect(judge(mail)).toMatchObject({ reason: 'too-large', from: asked.attendeeAddress })
    }
  })
})

describe('answers in time', () => {
  const yes = replyMail({ answer: 'ACCEPTED', stamp: '20270412T080000Z', sequence: 1 })
  const applied = {
    answer: 'yes' as const,
    sequence: 1,
    stampedAt: new Date('2027-04-12T08:00:00Z'),
    sentAt: new Date('2027-04-12T08:00:00Z'),
  }

  test('the same mail is judged once', () => {
    expect(verdictOf(read(yes), [asked], true, receivedAt)).toEqual({ kind: 'seen' })
  })

  test('the same answer with the same DTSTAMP is one answer, whatever its Message-ID', () => {
    expect(judge(read(yes), { ...asked, applied })).toMatchObject({ kind: 'already' })
  })

  test('an older answer changes nothing, a later one does', () => {
    const event = { ...asked, applied }
    expect(judgeNamed('thunderbird-late', event)).toMatchObject({ kind: 'stale' })
    expect(judgeNamed('gmail-later-decline', event)).toMatchObject({
      kind: 'apply',
      applied: { answer: 'no' },
    })
  })

  test('an answer sent before a press on our own button does not undo it', () => {
    const pressed = { ...applied, answer: 'no' as const, stampedAt: null }
    const before = replyMail({ answer: 'ACCEPTED', sentAt: new Date('2027-04-12T07:00:00Z') })
    const after = replyMail({ answer: 'ACCEPTED', sequence: 1, stamp: '20270401T080000Z' })
    const event = { ...asked, sequence: 0, applied: { ...pressed, sequence: 0 } }
    expect(judge(read(before), event)).toMatchObject({ kind: 'stale' })
    // Some programs copy our own DTSTAMP: when it was written decides then.
    expect(judge(read(after), event)).toMatchObject({ kind: 'apply', applied: { answer: 'yes' } })
  })

  test('a clock that runs ahead does not silence the answers to come', () => {
    const ahead = replyMail({ answer: 'ACCEPTED', stamp: '20990101T000000Z', sequence: 1 })
    expect(judge(read(ahead))).toMatchObject({ kind: 'apply', applied: { stampedAt: receivedAt } })
  })

  test('a missing SEQUENCE is 0, one beyond ours is ours', () => {
    const without = read(replyMail({ answer: 'ACCEPTED' }))
    expect(judge(without)).toMatchObject({ kind: 'held', reason: 'earlier-version' })
    expect(judge(without, { ...asked, sequence: 0 })).toMatchObject({
      kind: 'apply',
      applied: { sequence: 0 },
    })
    const beyond = read(replyMail({ answer: 'ACCEPTED', sequence: 7 }))
    expect(judge(beyond)).toMatchObject({ kind: 'apply', applied: { sequence: 1 } })
  })

  test('who has answered the present hour is not asked about the former one', () => {
    const former = read(replyMail({ answer: 'DECLINED', sequence: 0 }))
    expect(judge(former, { ...asked, applied })).toMatchObject({ kind: 'stale' })
    const formerYes = { ...applied, sequence: 0 }
    expect(judge(former, { ...asked, applied: formerYes })).toMatchObject({ kind: 'held' })
  })

  test('after a cancellation a person hears of who still comes, not of who does not', () => {
    const event = { ...asked, status: 'cancelled' as const }
    expect(judge(read(yes), event)).toMatchObject({ kind: 'held', reason: 'cancelled' })
    expect(judgeNamed('gmail-later-decline', event)).toMatchObject({ what: 'nothing-to-decline' })
  })

  test('after the hour nothing is applied', () => {
    expect(judge(read(yes), asked, asked.endsAt)).toMatchObject({ kind: 'held', reason: 'past' })
  })

  test('an address is the same in capitals, and with its domain in Unicode or as DNS has it', () => {
    const mail = replyMail({ answer: 'ACCEPTED', sequence: 1 })
      .toString()
      .replace(/<helene[^>]*>/, '<HELENE@xn--socit-esab.example.org>')
      .replace(/:mailto:helene.*/, ':MAILTO:Helene@Société.example.org')
    const event = { ...asked, attendeeAddress: 'helene@société.example.org' }
    expect(judge(read(Buffer.from(mail)), event)).toMatchObject({ kind: 'apply' })
  })

  test('an answer to two of our events at once goes to a person', () => {
    const other = { ...asked, uid: 'b9d1f2a3c4e5f60718293a4b5c6d7e8f@coeur.example.org' }
    const twice = yes
      .toString()
      .replace('END:VEVENT', `END:VEVENT\r\nBEGIN:VEVENT\r\nUID:${other.uid}`)
    const verdict = verdictOf(read(Buffer.from(twice)), [asked, other], false, receivedAt)
    expect(verdict).toMatchObject({ kind: 'held', reason: 'several-events' })
  })
})
