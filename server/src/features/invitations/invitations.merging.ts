import { removeUntried, type UntriedMail } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import * as queries from './invitations.queries.ts'
import {
  type EventBefore,
  keyOf,
  type Step,
  type StoredEvent,
  type Subject,
  unwritten,
} from './invitations.rules.ts'

/** What a mail inherits from those it replaces. */
export interface Inherited {
  batchId: string | null
  releaseAt: Date
}

export interface Merged {
  /** What stands in calendars once mails nobody tried to send are as if never written. */
  events: StoredEvent[]
  inherited(subject: Subject): Inherited | undefined
}

/**
 * Undoes what was written about the events of these steps and has not been tried: the mails go, and
 * our account says again what its readers really know. Reconciled once more, each event then gets one
 * mail with all that is new, or none where nothing is.
 */
export async function undoUntried(
  trx: Trx,
  steps: readonly Step[],
  events: readonly StoredEvent[],
): Promise<Merged> {
  const inherited = new Map<string, Inherited>()
  /** What these events were before; those without untried mails are absent. */
  async function undo(written: StoredEvent[]): Promise<Map<string, StoredEvent>> {
    const mails = await removeUntried(
      trx,
      written.map(({ id }) => id),
    )
    const removed = Map.groupBy(mails, ({ eventId }) => eventId)
    const undone = written.flatMap((event): [string, StoredEvent][] => {
      // A reminder that waits goes too: its reader is about to hear something newer.
      const ofEvent = removed.get(event.id)?.filter(({ eventBefore }) => eventBefore !== null)
      if (!ofEvent?.[0]) return []
      inherited.set(keyOf(event.subject), firstOf(ofEvent))
      return [[event.id, unwritten(event, ofEvent[0].eventBefore as unknown as EventBefore)]]
    })
    return new Map(undone)
  }

  const changing = steps.flatMap((step) => (step.kind === 'invite' ? [] : [step.stored]))
  const undone = await undo(changing)
  // Nobody knows of it: it is as if it had never been written.
  const gone = [...undone.values()].filter(({ told }) => !told)
  const standing = events
    .map((event) => undone.get(event.id) ?? event)
    .filter((event) => !gone.includes(event))
  const taken = new Set(standing.map(({ subject }) => keyOf(subject)))
  const returning = new Map(
    steps.flatMap((step) =>
      step.kind === 'invite' && !taken.has(keyOf(step.desired.subject))
        ? [[keyOf(step.desired.subject), step.desired]]
        : [],
    ),
  )
  const subjects = [...returning.values()].map(({ subject }) => subject)
  const cancelled = (await queries.cancelledOf(trx, subjects)).filter(
    ({ subject, attendee }) => returning.get(keyOf(subject))?.attendee.address === attendee.address,
  )
  const back = [...(await undo(cancelled)).values()]
  // What goes makes room first: each has one standing event.
  await queries.changeEvents(
    trx,
    gone.map((event) => queries.changeOf(event, 'cancelled')),
  )
  const known = [...undone.values(), ...back].filter(({ told }) => told)
  await queries.changeEvents(
    trx,
    known.map((event) => queries.changeOf(event)),
  )
  return {
    events: [...standing, ...back.filter(({ told }) => told)],
    inherited: (subject) => inherited.get(keyOf(subject)),
  }
}

/** Put off no further by what came since, and taken back with the batch it was written in. */
function firstOf(mails: UntriedMail[]): Inherited {
  const releaseAt = new Date(Math.min(...mails.map((mail) => mail.releaseAt.getTime())))
  return { batchId: mails.find(({ batchId }) => batchId)?.batchId ?? null, releaseAt }
}
