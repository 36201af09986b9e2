import { isDeepStrictEqual } from 'node:util'
import * as observations from '#server/features/observations/observations.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Reminder, Shelved } from '#shared/reminders/reminders.contract.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import * as queries from './reminders.queries.ts'
import { faultsOf, tidied } from './reminders.rules.ts'
import { type ShippedStory, shippedStories, shippedStory } from './reminders.shipped.ts'

/** One reminder of a region by its address: an id, or the name of a shipped one. */
export interface ReminderAddress {
  regionId: string
  reminder: string
}

/** Who writes, and when. */
export interface Writer {
  by: string
  now: Date
}

const shippedNamed = (name: string | null): ShippedStory | undefined =>
  shippedStories.find((one) => one === name)

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

const find = (db: Reader, { regionId, reminder }: ReminderAddress) =>
  isId(reminder)
    ? queries.reminderById(db, regionId, reminder)
    : queries.reminderByName(db, regionId, reminder)

/** The reminders of a region as cards: the six that ship, in their order, then its own. */
export async function shelf(db: Reader, regionId: string): Promise<Shelved[]> {
  const found = await queries.remindersOfRegion(db, regionId)
  const versions = await versionsOf(db, found)
  const rows = [
    ...shippedStories.map(
      (name) => found.find((one) => one.shipped === name) ?? { id: null, shipped: name },
    ),
    ...found.filter(({ shipped }) => shippedNamed(shipped) === undefined),
  ]
  return rows.flatMap(({ id, shipped }) => {
    const told = toldOf(shipped, id ? versions.get(id) : undefined)
    const draft = id ? versions.get(id)?.draft : undefined
    const story = told?.story ?? draft?.story
    if (!story) return []
    return [
      {
        reminder: id ?? shipped ?? '',
        shipped,
        title: story.title,
        teaser: story.teaser,
        firstName: story.teller.firstName,
        job: story.teller.job,
        drawing: story.teller.drawing,
        feeling: story.emotion.feeling,
        languages: story.languages,
        version: told?.version ?? null,
        own: told?.own ?? true,
        draft: draft !== undefined,
      },
    ]
  })
}

/** A reminder with what is told and what is being written; a shipped one needs no row for it. */
export async function reminderOf(
  db: Reader,
  address: ReminderAddress,
): Promise<Reminder | Refusal> {
  const found = await find(db, address)
  const name = shippedNamed(found?.shipped ?? address.reminder)
  if (!found && !name) return refuse('not-found')
  const pair = found && (await versionsOf(db, [found])).get(found.id)
  const told = toldOf(name ?? null, pair)
  const draft = pair?.draft
  return {
    reminder: found?.id ?? address.reminder,
    shipped: name ?? null,
    irritantId: found?.irritantId ?? null,
    published: told ?? null,
    draft: draft
      ? {
          version: draft.version,
          saved: draft.saved,
          story: draft.story,
          editedBy: draft.editedBy,
          editedAt: draft.editedAt,
          faults: faultsOf(draft.story, await wordsAbout(db, found)),
        }
      : null,
  }
}

interface Pair {
  published?: queries.Version
  draft?: queries.Version
}

async function versionsOf(
  db: Reader,
  found: readonly { id: string }[],
): Promise<Map<string, Pair>> {
  if (found.length === 0) return new Map()
  const rows = await queries.newestOf(
    db,
    found.map(({ id }) => id),
  )
  return new Map(
    found.map(({ id }) => {
      const own = rows.filter(({ reminderId }) => reminderId === id)
      const published = own.find(({ publishedAt }) => publishedAt !== null)
      const draft = own.find(({ publishedAt }) => publishedAt === null)
      return [id, { ...(published ? { published } : {}), ...(draft ? { draft } : {}) }]
    }),
  )
}

/**
 * What programmes tell from now on: the newest published version, or what ships where the region has
 * written nothing itself; a text that changed with the product will get the next number, unless that
 * is already the draft’s.
 */
function toldOf(name: string | null, pair: Pair | undefined) {
  const shipped = shippedNamed(name)
  const published = pair?.published
  if (published && (published.own || !shipped || pair?.draft)) {
    return { version: published.version, own: published.own, story: published.story }
  }
  if (!shipped) return undefined
  const story = shippedStory(shipped)
  // The database keeps the fields of a document in an order of its own.
  const same = published && isDeepStrictEqual(published.story, story)
  const version = (published?.version ?? 0) + (same ? 0 : 1)
  return { version, own: false, story }
}

const wordsAbout = async (db: Reader, found: queries.Found | undefined): Promise<string[]> =>
  found?.irritantId ? observations.wordsAboutIrritant(db, found.regionId, found.irritantId) : []

/**
 * The reminder as programmes keep it: its row, and the version told from now on. Makes both for a
 * shipped one that was never used here. Refuses with `not-found`, also what was never published.
 */
export async function versionToTell(
  trx: Trx,
  address: ReminderAddress,
  now: Date,
): Promise<{ reminderId: string; version: number } | Refusal> {
  const found = await ensured(trx, address, now)
  if (!found) return refuse('not-found')
  const pair = (await versionsOf(trx, [found])).get(found.id) ?? {}
  const told = toldOf(found.shipped, pair)
  if (!told) return refuse('not-found')
  if (told.version === pair.published?.version) {
    return { reminderId: found.id, version: told.version }
  }
  await queries.insertVersion(trx, shippedRow(found.id, told.version, told.story, now))
  return { reminderId: found.id, version: told.version }
}

/** A published version as it was and stays; undefined where there is none. */
export async function storyOf(
  db: Reader,
  reminderId: string,
  version: number,
): Promise<Story | undefined> {
  return (await queries.publishedVersion(db, reminderId, version))?.story
}

/** The reminder’s row, locked; made where a shipped one has none. */
async function ensured(trx: Trx, address: ReminderAddress, now: Date) {
  const name = shippedNamed(address.reminder)
  if (name) {
    const row = { region_id: address.regionId, shipped: name, irritant_id: null }
    await queries.insertReminder(trx, { id: newId(now), ...row })
  }
  const found = await find(trx, address)
  if (found) await queries.lockReminder(trx, found.id)
  return found
}

const shippedRow = (reminder_id: string, version: number, story: Story, now: Date) => ({
  reminder_id,
  version,
  story: JSON.stringify(story),
  own: false,
  saved: 1,
  edited_by: null,
  edited_at: now,
  published_at: now,
})

/** Begins a reminder of the region’s own, as a draft. Refuses an irritant of another region. */
export async function beginReminder(
  trx: Trx,
  { regionId, irritantId }: { regionId: string; irritantId: string | null },
  story: Story,
  { by, now }: Writer,
): Promise<Reminder | Refusal> {
  const id = newId(now)
  const row = { id, region_id: regionId, shipped: null, irritant_id: irritantId }
  await queries.insertReminder(trx, row)
  await queries.insertVersion(trx, draftRow(id, 1, 1, story, { by, now }))
  await audited(trx, { regionId, id, action: 'reminders.begin' }, { by, now })
  return reminderOf(trx, { regionId, reminder: id })
}

/**
 * Saves what is being written over the draft its writer saw; `saved` 0 begins one above what is told.
 * Refuses with `story-changed` when somebody else saved in between: their text is there to compare.
 */
export async function saveDraft(
  trx: Trx,
  address: ReminderAddress,
  { story, saved }: { story: Story; saved: number },
  writer: Writer,
): Promise<Reminder | Refusal> {
  const found = await ensured(trx, address, writer.now)
  if (!found) return refuse('not-found')
  const pair = (await versionsOf(trx, [found])).get(found.id) ?? {}
  if ((pair.draft?.saved ?? 0) !== saved) return refuse('story-changed')
  if (pair.draft) {
    await queries.updateDraft(trx, draftRow(found.id, pair.draft.version, saved + 1, story, writer))
  } else {
    const told = await versionToTell(trx, address, writer.now)
    if (isRefusal(told)) return told
    await queries.insertVersion(trx, draftRow(found.id, told.version + 1, 1, story, writer))
    const { regionId } = address
    await audited(trx, { regionId, id: found.id, action: 'reminders.adapt' }, writer)
  }
  return reminderOf(trx, { ...address, reminder: found.id })
}

const draftRow = (
  reminder_id: string,
  version: number,
  saved: number,
  story: Story,
  { by, now }: Writer,
) => ({
  reminder_id,
  version,
  story: JSON.stringify(story),
  own: true,
  saved,
  edited_by: by,
  edited_at: now,
  published_at: null,
})

/** The draft its caller saw, locked with its reminder; refuses where there is none, or another. */
async function seenDraft(trx: Trx, address: ReminderAddress, saved: number) {
  const found = await find(trx, address)
  if (!found) return refuse('not-found')
  await queries.lockReminder(trx, found.id)
  const pair = (await versionsOf(trx, [found])).get(found.id)
  if (!pair?.draft) return refuse('not-found')
  if (pair.draft.saved !== saved) return refuse('story-changed')
  return { found, draft: pair.draft, published: pair.published }
}

/** Throws the draft away; a reminder that was never published goes with it. */
export async function dropDraft(
  trx: Trx,
  address: ReminderAddress,
  saved: number,
  writer: Writer,
): Promise<Refusal | undefined> {
  const seen = await seenDraft(trx, address, saved)
  if (isRefusal(seen)) return seen
  const { id } = seen.found
  await (seen.published ? queries.deleteDraft(trx, id) : queries.deleteReminder(trx, id))
  await audited(trx, { regionId: address.regionId, id, action: 'reminders.drop' }, writer)
  return undefined
}

/** Publishes the draft as a version that never changes; refuses with `story-unfinished` while it has faults. */
export async function publishDraft(
  trx: Trx,
  address: ReminderAddress,
  saved: number,
  writer: Writer,
): Promise<Reminder | Refusal> {
  const seen = await seenDraft(trx, address, saved)
  if (isRefusal(seen)) return seen
  const { found, draft } = seen
  const faults = faultsOf(draft.story, await wordsAbout(trx, found))
  if (faults.length > 0) return refuse('story-unfinished')
  const row = draftRow(found.id, draft.version, saved + 1, tidied(draft.story), writer)
  await queries.updateDraft(trx, { ...row, published_at: writer.now })
  const { regionId } = address
  await audited(trx, { regionId, id: found.id, action: 'reminders.publish' }, writer)
  return reminderOf(trx, { ...address, reminder: found.id })
}

/**
 * Tells the text that ships again, as the next version above the region’s own, which stays what it is
 * for programmes that tell it. Refuses with `story-changed` where something newer was published or is
 * being written, with `not-found` what the region wrote from nothing.
 */
export async function restoreShipped(
  trx: Trx,
  address: ReminderAddress,
  seen: number,
  writer: Writer,
): Promise<Reminder | Refusal> {
  const found = await find(trx, address)
  const shipped = shippedNamed(found?.shipped ?? null)
  if (!found || !shipped) return refuse('not-found')
  await queries.lockReminder(trx, found.id)
  const pair = (await versionsOf(trx, [found])).get(found.id) ?? {}
  if (pair.draft || pair.published?.version !== seen || !pair.published.own) {
    return refuse('story-changed')
  }
  const row = shippedRow(found.id, seen + 1, shippedStory(shipped), writer.now)
  await queries.insertVersion(trx, { ...row, edited_by: writer.by })
  const { regionId } = address
  await audited(trx, { regionId, id: found.id, action: 'reminders.restore' }, writer)
  return reminderOf(trx, { ...address, reminder: found.id })
}

const audited = (
  trx: Trx,
  { regionId, id, action }: { regionId: string; id: string; action: string },
  { by, now }: Writer,
) => recordAudit(trx, { regionId, accountId: by, action, subjectId: id }, now)
