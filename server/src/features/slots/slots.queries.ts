import { type Insertable, sql, type Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { SlotsTables } from './slots.table.ts'

const slotColumns = [
  'id',
  'region_id as regionId',
  'day_id as dayId',
  'site_id as siteId',
  'role_id as roleId',
  'host_id as hostId',
  'period_id as periodId',
  'starts_at as startsAt',
  'ends_at as endsAt',
  'capacity',
  'no_calls as noCalls',
  'accessible',
  'safety_equipment as safetyEquipment',
  'languages',
  'note',
  'status',
  'release',
  'link_generation as linkGeneration',
  'answered_at as answeredAt',
  'refused_reason as refusedReason',
] as const

export function slotById(db: Reader, id: string) {
  return db.selectFrom('slots').select(slotColumns).where('id', '=', id).executeTakeFirst()
}

export function lockSlot(trx: Trx, id: string) {
  const query = trx.selectFrom('slots').select(slotColumns).where('id', '=', id)
  return query.forUpdate().executeTakeFirst()
}

export function slotByCardHash(db: Reader, hash: string) {
  const query = db.selectFrom('slots').select(slotColumns)
  return query.where('card_code_hash', '=', hash).executeTakeFirst()
}

/** All slots of a day; ids are in order of creation, so the list is the same every time. */
export function slotsOfDay(db: Reader, dayId: string) {
  const query = db.selectFrom('slots').select(slotColumns)
  return query.where('day_id', '=', dayId).orderBy('id').execute()
}

export function slotsOfSite(db: Reader, dayId: string, siteId: string) {
  return db
    .selectFrom('slots')
    .select(slotColumns)
    .where('day_id', '=', dayId)
    .where('site_id', '=', siteId)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}

export function slotsOfHost(db: Reader, dayId: string, personId: string) {
  return db
    .selectFrom('slots')
    .select(slotColumns)
    .where('day_id', '=', dayId)
    .where('host_id', '=', personId)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}

export function givableSlots(db: Reader, dayId: string, releaseRequired: boolean) {
  return db
    .selectFrom('slots')
    .select(slotColumns)
    .where('day_id', '=', dayId)
    .where('status', '=', 'accepted')
    .where('release', 'in', releaseRequired ? ['released'] : ['released', 'pending'])
    .orderBy('id')
    .execute()
}

export async function hasSlots(db: Reader, dayId: string): Promise<boolean> {
  const query = db.selectFrom('slots').select('id').where('day_id', '=', dayId)
  return (await query.limit(1).executeTakeFirst()) !== undefined
}

/** PostgreSQL takes at most 65,535 parameters in one statement; a slot has 24. */
const slotsPerInsert = 2_000

/**
 * Inserts slots, leaving out whoever took another slot at these hours in the meantime.
 * @returns the ids written.
 */
export async function insertFreeSlots(
  trx: Trx,
  rows: Insertable<SlotsTables['slots']>[],
): Promise<string[]> {
  const ids: string[] = []
  for (let start = 0; start < rows.length; start += slotsPerInsert) {
    const written = await trx
      .insertInto('slots')
      .values(rows.slice(start, start + slotsPerInsert))
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute()
    ids.push(...written.map((row) => row.id))
  }
  return ids
}

export async function insertSlot(trx: Trx, row: Insertable<SlotsTables['slots']>): Promise<void> {
  await trx.insertInto('slots').values(row).execute()
}

export async function updateSlot(
  trx: Trx,
  id: string,
  changes: Updateable<SlotsTables['slots']>,
): Promise<void> {
  await trx.updateTable('slots').set(changes).where('id', '=', id).execute()
}

export function capsOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('site_caps')
    .select(['site_id as siteId', 'period_id as periodId', 'capacity'])
    .where('day_id', '=', dayId)
    .orderBy('site_id')
    .orderBy('period_id')
    .execute()
}

export async function siteLimit(db: Reader, dayId: string, siteId: string) {
  const query = db.selectFrom('site_limits').select('visitors').where('day_id', '=', dayId)
  return (await query.where('site_id', '=', siteId).executeTakeFirst())?.visitors ?? null
}

export async function replaceCaps(
  trx: Trx,
  site: { regionId: string; dayId: string; siteId: string },
  limit: number | null,
  caps: { periodId: string; capacity: number }[],
): Promise<void> {
  const key = { region_id: site.regionId, day_id: site.dayId, site_id: site.siteId }
  for (const table of ['site_caps', 'site_limits'] as const) {
    const rows = trx.deleteFrom(table).where('day_id', '=', site.dayId)
    await rows.where('site_id', '=', site.siteId).execute()
  }
  if (caps.length > 0) {
    const rows = caps.map((cap) => ({ ...key, period_id: cap.periodId, capacity: cap.capacity }))
    await trx.insertInto('site_caps').values(rows).execute()
  }
  if (limit !== null)
    await trx
      .insertInto('site_limits')
      .values({ ...key, visitors: limit })
      .execute()
}

/** Places of a day by site, role and period: given, awaiting their site, awaiting their host. */
export function coverageCells(db: Reader, dayId: string, releaseRequired: boolean) {
  const places = (state: ReturnType<typeof sql<boolean>>) =>
    sql<number>`coalesce(sum(capacity) filter (where ${state}), 0)::int`
  const given = releaseRequired
    ? sql<boolean>`status = 'accepted' and release = 'released'`
    : sql<boolean>`status = 'accepted' and release <> 'refused'`
  const waiting = releaseRequired
    ? sql<boolean>`status = 'accepted' and release = 'pending'`
    : sql<boolean>`false`
  return db
    .selectFrom('slots')
    .select([
      'site_id as siteId',
      'role_id as roleId',
      'period_id as periodId',
      places(given).as('places'),
      places(waiting).as('awaitingRelease'),
      places(sql<boolean>`status = 'proposed' and release <> 'refused'`).as('proposed'),
    ])
    .where('day_id', '=', dayId)
    .groupBy(['site_id', 'role_id', 'period_id'])
    .execute()
}

/** How the offers of a day stand, for the director's home. */
export function offerCounts(db: Reader, dayId: string, releaseRequired: boolean) {
  const count = (state: ReturnType<typeof sql<boolean>>) =>
    sql<number>`(count(*) filter (where ${state}))::int`
  const given = releaseRequired
    ? sql<boolean>`status = 'accepted' and release = 'released'`
    : sql<boolean>`status = 'accepted' and release <> 'refused'`
  return db
    .selectFrom('slots')
    .leftJoin('people', 'people.id', 'slots.host_id')
    .select([
      count(sql<boolean>`status <> 'closed'`).as('asked'),
      count(sql<boolean>`status = 'proposed' and email is not null`).as('silent'),
      count(sql<boolean>`status = 'proposed' and email is null`).as('silentWithoutMail'),
      count(sql<boolean>`status in ('accepted', 'paused')`).as('accepted'),
      count(sql<boolean>`status = 'accepted' and release = 'pending'`).as('awaitingRelease'),
      count(given).as('hosts'),
      sql<number>`coalesce(sum(capacity) filter (where ${given}), 0)::int`.as('places'),
      sql<string[]>`coalesce(array_agg(distinct slots.site_id) filter (where ${given}), '{}')`.as(
        'sitesWithPlaces',
      ),
    ])
    .where('day_id', '=', dayId)
    .executeTakeFirstOrThrow()
}

/** Slots of a day that closed with this word. */
export async function slotIdsClosedAs(
  db: Reader,
  dayId: string,
  reason: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('slots')
    .select('id')
    .where('day_id', '=', dayId)
    .where('closed_reason', '=', reason)
    .execute()
  return rows.map(({ id }) => id)
}
