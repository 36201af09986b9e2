import type { Folder, Listed } from './mailbox.folder.ts'
import * as queries from './mailbox.queries.ts'
import type { Delivery, MailboxSetting, MailReader, Pace } from './mailbox.ts'

/** Mails marked together: as many are met again, and known again, after a crash. */
const mailsPerMark = 50
/** Octets held in memory at once; a single mail may be as large as the limit. */
const bytesPerFetch = 4 * 1024 * 1024
/** A mail that fails is tried this often, since it may be the database that failed. */
const mostTries = 5

interface Outcome {
  uid: number
  /** `later`: it failed and is tried again. */
  became: 'done' | 'look' | 'later'
}

/**
 * Hands every mail above the last one read to the reader, in the order of arrival, and those that
 * failed some time ago. A mail is marked only after what it changes is committed, and progress kept
 * only after the mark: killed anywhere, the next process meets the same mails again.
 */
export async function readNew(
  folder: Folder,
  setting: MailboxSetting & { pace: Pace },
  reader: MailReader,
  signal: AbortSignal,
): Promise<void> {
  const { db } = setting
  let progress = await queries.progressOf(db, folder.name)
  if (progress?.uidValidity !== folder.uidValidity) {
    // The server counts anew (RFC 3501 2.3.1.1): all is read again, and known again by identity.
    progress = { uidValidity: folder.uidValidity, lastUid: 0 }
    const all = await queries.failuresToTry(db, folder.name, setting.clock.now())
    await queries.forgetFailures(db, folder.name, all)
  }
  const before = new Date(setting.clock.now().getTime() - setting.pace.failed)
  const failed = await queries.failuresToTry(db, folder.name, before)
  const retried = await handOver(folder, failed, setting, reader, signal)
  await markAll(folder, retried)
  const later = new Set(retried.flatMap(({ uid, became }) => (became === 'later' ? uid : [])))
  // Those deleted from the mailbox meanwhile as well.
  const over = signal.aborted ? [] : failed.filter((uid) => !later.has(uid))
  await queries.forgetFailures(db, folder.name, over)
  const uids = await folder.uidsAbove(progress.lastUid)
  for (let start = 0; start < uids.length && !signal.aborted; start += mailsPerMark) {
    const some = uids.slice(start, start + mailsPerMark)
    const done = await handOver(folder, some, setting, reader, signal)
    await markAll(folder, done)
    const lastUid = signal.aborted ? done.at(-1)?.uid : some.at(-1)
    if (lastUid) await queries.saveProgress(db, folder.name, { ...progress, lastUid })
  }
}

/** What a person must look at is flagged besides, so that it is found in any mail program. */
async function markAll(folder: Folder, outcomes: readonly Outcome[]): Promise<void> {
  const uidsOf = (became: Outcome['became']) =>
    outcomes.filter((outcome) => outcome.became === became).map(({ uid }) => uid)
  if (uidsOf('done').length > 0) await folder.mark(uidsOf('done'), ['\\Seen'])
  if (uidsOf('look').length > 0) await folder.mark(uidsOf('look'), ['\\Seen', '\\Flagged'])
}

async function handOver(
  folder: Folder,
  uids: readonly number[],
  setting: MailboxSetting & { pace: Pace },
  reader: MailReader,
  signal: AbortSignal,
): Promise<Outcome[]> {
  if (uids.length === 0) return []
  const outcomes: Outcome[] = []
  const listed = (await folder.list(uids)).sort((a, b) => a.uid - b.uid)
  for (const group of fetchedTogether(listed, setting.limits.mailBytes)) {
    if (signal.aborted) break
    const whole = group[0]!.size <= setting.limits.mailBytes
    const most = whole ? undefined : setting.limits.headerBytes
    const bodies = await folder.fetch(
      group.map(({ uid }) => uid),
      most,
    )
    for (const { uid, receivedAt } of group) {
      const bytes = bodies.get(uid)
      // Deleted by somebody in between.
      if (!bytes) continue
      if (signal.aborted) break
      const mail = { receivedAt, bytes, whole }
      outcomes.push({ uid, became: await handOne(folder.name, uid, mail, setting, reader) })
    }
  }
  return outcomes
}

/** One bad mail never stops the next: it is counted, tried again later, and at last set aside. */
async function handOne(
  folder: string,
  uid: number,
  mail: Delivery,
  { db, clock, log }: MailboxSetting,
  reader: MailReader,
): Promise<Outcome['became']> {
  try {
    const { look } = await reader.take(mail)
    return look ? 'look' : 'done'
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'unknown'
    // Fails as well when it is the database that is gone: then nothing moves on.
    const tries = await queries.countFailure(db, folder, uid, kind, clock.now())
    log.warn(`mail ${uid} could not be taken (attempt ${tries}): ${kind}`)
    if (tries < mostTries) return 'later'
    await reader.setAside(mail)
    await queries.forgetFailures(db, folder, [uid])
    return 'look'
  }
}

/** In order; each too large one alone, the others up to so many octets together. */
function fetchedTogether(listed: readonly Listed[], mailBytes: number): Listed[][] {
  const groups: Listed[][] = []
  let octets = Number.POSITIVE_INFINITY
  for (const mail of listed) {
    octets += mail.size
    const whole = mail.size <= mailBytes
    if (octets > bytesPerFetch || !whole) {
      groups.push([mail])
      octets = whole ? mail.size : Number.POSITIVE_INFINITY
    } else {
      groups.at(-1)!.push(mail)
    }
  }
  return groups
}
