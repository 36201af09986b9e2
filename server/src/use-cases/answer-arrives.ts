import {
  answerForPlacement,
  answerForSlot,
} from '#server/features/confirmations/confirmations.service.ts'
import * as answers from '#server/features/invitations/invitations.answers.ts'
import type { Subject } from '#server/features/invitations/invitations.rules.ts'
import { limits } from '#server/features/invitations/replies/replies.limits.ts'
import {
  type ReadMail,
  readHead,
  readMail,
} from '#server/features/invitations/replies/replies.reader.ts'
import {
  keysOf,
  type Verdict,
  verdictOf,
} from '#server/features/invitations/replies/replies.rules.ts'
import { recordAudit } from '#server/platform/audit.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Delivery, MailReader } from '#server/platform/mail/mailbox.ts'
import {
  type Database,
  inSavepoint,
  inTransaction,
  type Trx,
} from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import type { HeldReason } from '#shared/invitations/invitations.answers.contract.ts'
import { guestCancels } from './guest-cancels.ts'
import { hostDeclines } from './host-declines.ts'
import type { RepairSetting } from './repair-plan.ts'
import { seatAnswered, sessionAnswered } from './workshop-meetings.ts'
import { workshopSetting } from './workshop-setting.ts'

export { limits }

/**
 * What the mailbox hands its mails to: each is judged and applied in a transaction of its own.
 * @param authservId whose word on DMARC is believed, see `dmarcOf`.
 */
export function answerReader(
  db: Database,
  clock: Clock,
  authservId: string | null,
  setting: RepairSetting,
): MailReader {
  const read = ({ bytes, receivedAt, whole }: Delivery) =>
    (whole ? readMail : readHead)(bytes, receivedAt, authservId)
  return {
    take: (mail) =>
      inTransaction(db, (trx) => answerArrives(trx, read(mail), clock.now(), setting)),
    setAside: ({ bytes, receivedAt }) =>
      inTransaction(db, (trx) =>
        answers.noteUnjudged(trx, readHead(bytes, receivedAt, authservId), clock.now()),
      ),
  }
}

/**
 * One mail of the mailbox: an answer is applied as the press of a button would be, a doubtful one
 * held for a director, a bounce shown beside the mail that came back. The same mail again changes
 * nothing. Holds what they invite to, so that of a mail and a press at once the second sees the first.
 * @returns whether a person must look at the mail.
 */
export async function answerArrives(
  trx: Trx,
  mail: ReadMail,
  now: Date,
  setting: RepairSetting,
): Promise<{ look: boolean }> {
  const claim = await answers.claimMail(trx, mail, now)
  if ('before' in claim) {
    const { verdict, settled_how } = claim.before
    return { look: verdict === 'held' && settled_how === null }
  }
  const found = await answers.findEvents(trx, keysOf(mail))
  await answers.holdOccasions(trx, found.occasions)
  const events = await found.read()
  const judged = verdictOf(mail, events.map(answers.askedOf), false, now)
  const uid = 'uid' in judged ? judged.uid : null
  const event = events.find((one) => one.uid === uid)
  if (judged.kind === 'bounce') {
    await answers.noteBounce(trx, claim.id, judged.bounce, event, now)
    return { look: false }
  }
  const verdict = await carryOut(trx, judged, mail, event, now, setting)
  if (verdict.kind !== 'seen') await answers.noteVerdict(trx, claim.id, verdict, event)
  return { look: verdict.kind === 'held' }
}

type Settled = Exclude<Verdict, { kind: 'bounce' }>

async function carryOut(
  trx: Trx,
  verdict: Settled,
  mail: ReadMail,
  event: answers.EventRow | undefined,
  now: Date,
  setting: RepairSetting,
): Promise<Settled> {
  if (!event || (verdict.kind !== 'apply' && verdict.kind !== 'already')) return verdict
  if (verdict.kind === 'apply') {
    const { answer } = verdict.applied
    const said = await inSavepoint(trx, () => say(trx, event, answer, now, setting))
    if (isRefusal(said)) {
      // It came too late to be carried out, and nothing that was said may be lost.
      const { from } = mail
      const reason = reasonOf(said)
      const { uid, comment } = verdict
      return { kind: 'held', reason, uid, answer, from, attendee: from, comment, proposed: null }
    }
  }
  await answers.noteApplied(trx, event, verdict.applied, now)
  return verdict
}

type Saying = (
  trx: Trx,
  id: string,
  answer: RecordedAnswer,
  now: Date,
  setting: RepairSetting,
) => Promise<unknown>

/** What an answer by mail sets off: just what the same answer does by link. */
const sayings: Record<Subject['kind'], Saying> = {
  slot: (trx, id, answer, now, setting) =>
    answer === 'no'
      ? hostDeclines(trx, id, 'mail', now, setting)
      : answerForSlot(trx, id, answer, 'mail', now),
  placement: (trx, id, answer, now, setting) =>
    answer === 'no'
      ? guestCancels(trx, id, 'mail', now, setting)
      : answerForPlacement(trx, id, answer, 'mail', now),
  'workshop-seat': (trx, id, answer, now, setting) =>
    seatAnswered(trx, id, answer, now, workshopSetting(setting)),
  'workshop-session': sessionAnswered,
}

const say = (
  trx: Trx,
  { subject }: answers.EventRow,
  answer: RecordedAnswer,
  now: Date,
  setting: RepairSetting,
) => sayings[subject.kind](trx, subject.id, answer, now, setting)

/** What an answer is refused with once its meeting is over. */
const endedWords = {
  slot: 'slot-closed',
  placement: 'placement-ended',
  'workshop-seat': 'seat-taken',
  'workshop-session': 'session-cancelled',
} as const

const reasonOf = ({ refused }: Refusal): HeldReason =>
  refused === 'day-over' || refused === 'session-past' ? 'past' : 'cancelled'

/**
 * A director counts a held mail as the answer of the person it is about. It is said at this moment:
 * whatever that person answers afterwards comes later.
 * @param remember the addresses it came with are that person's own from now on.
 */
export async function applyHeldAnswer(
  trx: Trx,
  mailId: string,
  { answer, remember }: { answer: RecordedAnswer; remember: boolean },
  by: string,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const found = await answers.heldMailById(trx, mailId)
  const known = found && (await answers.eventOfMail(trx, found))
  if (!known) return refuse('not-found')
  // What it invites to before the mail, always: an answer that arrives locks both in this order.
  await answers.holdOccasions(trx, [known.occasion])
  const mail = await answers.lockHeldMail(trx, mailId)
  const event = mail && (await answers.eventOfMail(trx, mail))
  if (!mail || !event) return refuse('not-found')
  if (mail.verdict !== 'held' || mail.settled_how) return refuse('answer-settled')
  if (event.status === 'cancelled') return refuse(endedWords[event.subject.kind])
  const said = await say(trx, event, answer, now, setting)
  if (isRefusal(said)) return said
  if (remember) await answers.rememberAddresses(trx, event, mail, by, now)
  const applied = { answer, sequence: event.sequence, stampedAt: null, sentAt: now }
  await answers.settleHeldMail(trx, mailId, 'applied', by, now)
  await answers.noteApplied(trx, event, applied, now)
  const entry = { regionId: event.regionId, accountId: by, action: 'invitations.apply-answer' }
  await recordAudit(trx, { ...entry, subjectId: mailId, details: { answer, remember } }, now)
  return undefined
}
