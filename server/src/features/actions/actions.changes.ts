import * as days from '#server/features/days/days.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import * as observations from '#server/features/observations/observations.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { deriveToken, readToken, worthOf } from '#server/platform/capabilities.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  Changes,
  ChosenQuote,
  QuotePart,
  Sharing,
} from '#shared/actions/actions.changes.contract.ts'
import * as queries from './actions.changes.queries.ts'
import { areWordsOf, isTold, toldChanges } from './actions.changes.rules.ts'
import { actionsOfDay } from './actions.views.ts'

const linkKind = 'changes'

/** Words offered at a time. */
const wordsAtOnce = 30

/** A director at work on a day of their region. */
export interface Sharer {
  day: days.Day
  accountId: string
}

/** What a day led to, as everybody of its region reads it. */
export async function changesOf(db: Reader, day: days.Day): Promise<Changes> {
  return toldChanges(day, await actionsOfDay(db, day), await readableQuotes(db, day.id))
}

/** The same by the link. `share-ended`: it was the page’s once, and a director took it back. */
export async function changesByLink(
  db: Reader,
  secret: string,
  token: string,
): Promise<Changes | Refusal> {
  const read = readToken(token)
  const link = read && (await queries.linkOfDay(db, read.id))
  const worth = link ? worthOf(secret, linkKind, token, link.generation) : 'none'
  if (!read || !link || worth === 'none') return refuse('link-expired')
  if (worth === 'former' || !link.shared) return refuse('share-ended')
  const day = await days.dayById(db, read.id)
  return day ? changesOf(db, day) : refuse('link-expired')
}

/** What a director sees of it: the link, and the quotes under each finding that is told. */
export async function sharingOf(db: Reader, secret: string, day: days.Day): Promise<Sharing> {
  const link = await queries.linkOfDay(db, day.id)
  const quotes = await readableQuotes(db, day.id)
  const { findings: open } = await actionsOfDay(db, day)
  return {
    dayName: day.name,
    token: link?.shared ? deriveToken(secret, linkKind, day.id, link.generation) : null,
    names: await observations.namesToSpot(db, day),
    findings: open.filter(isTold).map(({ id, title, observationCount }) => ({
      id,
      title,
      observationCount,
      quotes: quotes.filter(({ findingId }) => findingId === id),
    })),
  }
}

/** Quotes whose observation may still be told: too many taken back beside it, and it is folded again. */
async function readableQuotes(
  db: Reader,
  dayId: string,
): Promise<(ChosenQuote & { findingId: string })[]> {
  const chosen = await queries.quotesOfDay(db, dayId)
  const ids = [...new Set(chosen.map(({ observationId }) => observationId))]
  const readable = new Set((await observations.tellable(db, dayId, ids)).map(({ id }) => id))
  return chosen.filter(({ observationId }) => readable.has(observationId))
}

/** A page of what may be quoted from a finding; nothing where too few saw it. */
export async function quotableWords(
  db: Reader,
  dayId: string,
  findingId: string,
  after: string | undefined,
): Promise<{ words: ChosenQuote[]; next: string | null } | Refusal> {
  const finding = await findings.findingById(db, findingId)
  if (finding?.dayId !== dayId) return refuse('not-found')
  if (!findings.isOpen(finding) || !isTold(finding)) return { words: [], next: null }
  const at = { dayId, findingId }
  const ids = await queries.idsInFinding(db, at, after, wordsAtOnce + 1)
  const shown = ids.slice(0, wordsAtOnce)
  const said = new Map(
    (await observations.tellable(db, dayId, shown)).map((one) => [one.id, one] as const),
  )
  const words = shown.flatMap((observationId) =>
    (['situation', 'idea'] as const).flatMap((part) => {
      const text = said.get(observationId)?.[part].trim()
      return text ? [{ observationId, part, words: text }] : []
    }),
  )
  return { words, next: ids.length > wordsAtOnce ? (shown.at(-1) ?? null) : null }
}

/** Opens the page to whoever holds its link; open already, the link stays the same. */
export async function share(trx: Trx, { day, accountId }: Sharer, now: Date): Promise<void> {
  await queries.openLink(trx, day.regionId, day.id)
  await recordAudit(trx, { ...entryOf(day, accountId), action: 'actions.share' }, now)
}

/** Takes the link back; taken back already, nothing is left to do. */
export async function endSharing(trx: Trx, { day, accountId }: Sharer, now: Date): Promise<void> {
  if (!(await queries.closeLink(trx, day.id))) return
  await recordAudit(trx, { ...entryOf(day, accountId), action: 'actions.end-sharing' }, now)
}

/**
 * Quotes an observation. `words-changed`: they are not its own, names apart, or it was taken back.
 * `too-few-to-quote`: in no finding that is told, or its irritant and role are folded in the pictures.
 */
export async function quote(
  trx: Trx,
  { day, accountId }: Sharer,
  { observationId, part, words }: { observationId: string; part: QuotePart; words: string },
  now: Date,
): Promise<Refusal | undefined> {
  const said = await queries.holdWords(trx, day.id, observationId)
  if (!said) return refuse('not-found')
  if (said.withdrawn || !areWordsOf(said[part], words)) return refuse('words-changed')
  const finding = (await findings.findingOfObservation(trx, [observationId])).get(observationId)
  const told = await observations.tellable(trx, day.id, [observationId])
  if (!finding || !findings.isOpen(finding) || !isTold(finding) || told.length === 0) {
    return refuse('too-few-to-quote')
  }
  await queries.writeQuote(trx, {
    region_id: day.regionId,
    day_id: day.id,
    observation_id: observationId,
    part,
    words,
  })
  await recordAudit(trx, { ...entryOf(day, accountId), action: 'actions.quote' }, now)
}

/** Quotes it no more; not quoted, nothing is left to do. */
export async function unquote(
  trx: Trx,
  { day, accountId }: Sharer,
  at: { observationId: string; part: QuotePart },
  now: Date,
): Promise<void> {
  if (!(await queries.deleteQuote(trx, { dayId: day.id, ...at }))) return
  await recordAudit(trx, { ...entryOf(day, accountId), action: 'actions.unquote' }, now)
}

/** Whose words were quoted stays out of the log, as they stay out of the page. */
const entryOf = (day: days.Day, accountId: string) => ({
  regionId: day.regionId,
  accountId,
  subjectId: day.id,
})
