import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Applied } from '#server/features/invitations/replies/replies.order.ts'
import { asked, judge, judgeNamed, mailNames, rawMail, read, replyMail } from './replies.factory.ts'

const own = [asked.attendeeAddress, ...asked.aliases]

/** What a mail says before it is damaged, applied or not; both for one that contradicts itself. */
const spoken = new Map<string, (string | null)[]>(
  mailNames.map((name) => {
    const verdict = judgeNamed(name)
    if (name === 'gmail-contradicts-itself') return [name, ['yes', 'no']]
    if (verdict.kind === 'apply') return [name, [verdict.applied.answer]]
    return [name, verdict.kind === 'held' ? [verdict.answer] : []]
  }),
)

/**
 * What damage may never do: act for somebody the mail is not from, or turn an answer into another.
 * It may well make a mail unreadable, or lose what spoke against it.
 */
function staysHonest(name: string, damaged: Buffer): void {
  const mail = read(damaged)
  const verdict = judge(mail)
  if (verdict.kind !== 'apply') return
  expect(own).toContain(mail.from)
  expect(rawMail(name).toString('latin1').toLowerCase()).toMatch(
    new RegExp(`^from:.*(${own.join('|')})`, 'm'),
  )
  expect(spoken.get(name), name).toContain(verdict.applied.answer)
}

const anyMail = fc.constantFrom(...mailNames.filter((name) => !name.startsWith('hostile-many')))

describe('damaged mails', () => {
  test('with octets changed', () => {
    const changes = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(anyMail, changes, (name, flips) => {
        const raw = rawMail(name)
        for (const [where, octet] of flips) raw[Math.floor(where * (raw.length - 1))] = octet
        staysHonest(name, raw)
      }),
      { numRuns: 1_500 },
    )
  })

  test('cut short, or with a piece lost or doubled', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(anyMail, place, place, fc.boolean(), (name, one, other, doubled) => {
        const raw = rawMail(name)
        const [from, to] = [one, other]
          .map((at) => Math.floor(at * raw.length))
          .sort((a, b) => a - b)
        staysHonest(name, raw.subarray(0, to))
        const again = doubled ? raw.subarray(from, to) : Buffer.alloc(0)
        staysHonest(
          name,
          Buffer.concat([raw.subarray(0, doubled ? to : from), again, raw.subarray(to)]),
        )
      }),
      { numRuns: 800 },
    )
  })

  test('with their lines in another order', () => {
    fc.assert(
      fc.property(anyMail, fc.infiniteStream(fc.nat()), (name, chance) => {
        const [head, ...parts] = rawMail(name)
          .toString('latin1')
          .split(/(?=^--\S)/m)
        const order = parts.map((part) => ({ part, rank: chance.next().value as number }))
        const shuffled = order.sort((a, b) => a.rank - b.rank).map(({ part }) => part)
        staysHonest(name, Buffer.from([head, ...shuffled].join(''), 'latin1'))
      }),
      { numRuns: 400 },
    )
  })

  test('of nothing but chance, or pieces of real ones', () => {
    const piece = fc.constantFrom(
      ...['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'END:VEVENT', 'METHOD:REPLY', 'METHOD', ':', ';', '"'],
      ...[`UID:${asked.uid}`, 'ATTENDEE;PARTSTAT=ACCEPTED', ':mailto:', asked.attendeeAddress, ' '],
      ...[
        'From: ',
        'Content-Type: multipart/mixed; boundary=b',
        '--b',
        '--b--',
        '=',
        'begin 644 a',
      ],
      ...[
        'Content-Type: message/delivery-status',
        'Content-Transfer-Encoding: base64',
        '<',
        '>',
        '(',
      ],
      ...['\r\n', '\r\n', '\r\n', '\r\n\r\n', '\r', '\n', '\0', '\ufeff', '=?utf-8?b?', '?='],
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 2_000 }).map((octets) => Buffer.from(octets)),
          fc
            .array(fc.oneof({ weight: 8, arbitrary: piece }, fc.string()), { maxLength: 60 })
            .map((pieces) => Buffer.from(pieces.join(''))),
        ),
        (raw) => {
          const mail = read(raw)
          if (judge(mail).kind === 'apply') expect(own).toContain(mail.from)
        },
      ),
      { numRuns: 1_500 },
    )
  })
})

describe('answers in any order', () => {
  const instant = (minute: number) => new Date(Date.UTC(2027, 3, 12, 8, minute))
  const stampText = (at: Date) => at.toISOString().replace(/[-:]|\.\d+/g, '')
  interface Reply {
    answer: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE'
    stamp: number | null
    sent: number
    sequence: number | undefined
  }
  const reply: fc.Arbitrary<Reply> = fc.record({
    answer: fc.constantFrom('ACCEPTED' as const, 'DECLINED' as const, 'TENTATIVE' as const),
    // Few of them, so that they meet; null for Exchange's missing DTSTAMP.
    stamp: fc.option(fc.integer({ min: 0, max: 4 })),
    sent: fc.integer({ min: 0, max: 4 }),
    sequence: fc.constantFrom(undefined, 0, 1, 2),
  })

  test('and however often, come to the same', () => {
    const replies = fc.array(reply, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        replies.chain((some) =>
          fc.record({
            once: fc.constant(some),
            mixed: fc
              .tuple(fc.shuffledSubarray(some, { minLength: some.length }), fc.subarray(some))
              .chain(([all, again]) => {
                const doubled = [...all, ...again]
                return fc.shuffledSubarray(doubled, { minLength: doubled.length })
              }),
          }),
        ),
        ({ once, mixed }) => {
          expect(outcome(mixed)).toEqual(outcome(once))
        },
      ),
      { numRuns: 500 },
    )
  })

  function outcome(replies: readonly Reply[]) {
    let applied: Applied | null = null
    for (const { answer, stamp, sent, sequence } of replies) {
      const raw = replyMail({
        answer,
        sentAt: instant(sent),
        ...(stamp === null ? {} : { stamp: stampText(instant(stamp)) }),
        ...(sequence === undefined ? {} : { sequence }),
      })
      const verdict = judge(read(raw), { ...asked, applied })
      if (verdict.kind === 'apply' || verdict.kind === 'already') applied = verdict.applied
    }
    return applied
  }
})
