import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { Invited, Standing } from '#shared/invitations/invitations.board.contract.ts'

/** Which invitations of a day: null is everybody, everywhere. */
export interface BoardFilter {
  siteIds: string[] | null
  side?: Invited['side'] | undefined
  standing?: Standing | undefined
  siteId?: string | undefined
  roleId?: string | undefined
  subjectId?: string | undefined
  search?: string | undefined
}

/** One invitation, and what tells whether its reader may be asked again. */
export interface InvitedRow extends Invited {
  personId: string
  /** The last reminder or nudge that left or is about to. */
  askedAt: Date | null
  /** When the first mail about it left. */
  firstSentAt: Date | null
  /** A mail about it waits to leave. */
  waiting: boolean
}

/**
 * Everybody a published day invited, each in exactly one standing. A host is invited by a slot with
 * somebody coming, or who said no to it; a guest by the place they have, or the last one they gave
 * back. Each part starts from an index on the day, or on the events found by it.
 */
function everybody(dayId: string): RawBuilder<unknown> {
  return sql`
    events as materialized (
      select id, coalesce(slot_id, placement_id) as subject, status
      from calendar_events where day_id = ${dayId}),
    asked as (
      select 'host' as side, slot.id as subject, slot.id as slot_id, slot.host_id as person_id,
        said.answer, said.answered_at
      from slots slot left join confirmations said on said.slot_id = slot.id
      where slot.day_id = ${dayId} and (said.answer = 'no' or exists (
        select from placements where placements.slot_id = slot.id and placements.status = 'active'))
      union all
      (select distinct on (placement.person_id) 'guest', placement.id, placement.slot_id,
        placement.person_id, said.answer, said.answered_at
      from placements placement left join confirmations said on said.placement_id = placement.id
      where placement.day_id = ${dayId} and (placement.status = 'active' or said.answer = 'no')
      order by placement.person_id, placement.status = 'active' desc, placement.ended_at desc)),
    held as (
      select events.subject, min(mail.received_at) as since
      from events join inbound_mails mail on mail.event_id = events.id
      where mail.verdict = 'held' and mail.settled_how is null
        -- Of a slot that was handed over, only what its present host wrote.
        and (events.status = 'confirmed' or not exists (
          select from events present
          where present.subject = events.subject and present.status = 'confirmed'))
      group by events.subject),
    written as (
      select events.subject, min(mail.sent_at) as first_sent_at,
        bool_or(mail.status in ('waiting', 'sending')) as waiting,
        max(coalesce(mail.sent_at, mail.release_at)) filter (
          where mail.purpose like 'nudge-%' and mail.status in ('waiting', 'sending', 'sent'))
          as nudged_at,
        max(coalesce(mail.sent_at, mail.release_at)) filter (
          where (mail.purpose like 'nudge-%' or mail.purpose like 'reminder-%')
            and mail.status in ('waiting', 'sending', 'sent')) as asked_at,
        (array_agg(mail.status order by mail.written desc)
          filter (where mail.status in ('sent', 'failed')))[1] as last_status,
        max(coalesce(mail.bounced_at, mail.release_at)) filter (where mail.status = 'failed')
          as failed_at
      from events join outbox mail on mail.event_id = events.id
      where events.status = 'confirmed'
      group by events.subject),
    invited as (
      select asked.*, person.first_name, person.last_name, slot.site_id, slot.role_id,
        slot.starts_at, slot.ends_at, site.name as site_name, role.name_fr, role.name_en,
        written.first_sent_at, written.nudged_at, written.asked_at,
        coalesce(written.waiting, false) as waiting,
        case
          when written.last_status = 'failed' then 'bounced'
          when person.email is null then 'no-address'
          when standing.subject is null then 'opted-out' end as unreached,
        held.since as held_since, written.failed_at
      from asked
      join slots slot on slot.id = asked.slot_id
      join people person on person.id = asked.person_id
      join sites site on site.id = slot.site_id
      join roles role on role.id = slot.role_id
      left join held on held.subject = asked.subject
      left join written on written.subject = asked.subject
      left join events standing on standing.subject = asked.subject and standing.status = 'confirmed'),
    board as (
      select *, case
        when held_since is not null then 'held'
        when answer is not null then answer
        when unreached is not null then 'unreached'
        else 'silent' end as standing
      from invited)`
}

const all = sql<boolean>`true`
const within = (siteIds: string[] | null) =>
  siteIds === null ? all : sql<boolean>`site_id = any(${siteIds}::uuid[])`

/** How many stand where, in one statement, with the sites and roles they are of. */
export async function boardFigures(db: Reader, dayId: string, siteIds: string[] | null) {
  const { rows } = await sql<{
    side: Invited['side']
    standing: Standing
    count: number
    siteId: string
    siteName: string
    roleId: string
    nameFr: string
    nameEn: string
  }>`with ${everybody(dayId)}
    select side, standing, site_id as "siteId", site_name as "siteName", role_id as "roleId",
      name_fr as "nameFr", name_en as "nameEn", count(*)::int as count
    from board where ${within(siteIds)}
    group by side, standing, site_id, site_name, role_id, name_fr, name_en`.execute(db)
  return rows
}

/** The people of the board who fit, those who stand so longest first; `total` counts beyond the limit. */
export async function boardPeople(
  db: Reader,
  dayId: string,
  filter: BoardFilter,
  limit: number | null,
): Promise<(InvitedRow & { total: number })[]> {
  const { side, standing, siteId, roleId, subjectId } = filter
  const search = filter.search?.trim()
  const pattern = `%${(search ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<InvitedRow & { total: number }>`with ${everybody(dayId)}
    select subject as "subjectId", side, standing, person_id as "personId", answer,
      case when standing = 'unreached' then unreached end as unreached,
      first_name as "firstName", last_name as "lastName", name_fr as "roleFr", name_en as "roleEn",
      site_id as "siteId", site_name as "siteName", starts_at as "startsAt", ends_at as "endsAt",
      case standing when 'held' then held_since when 'silent' then first_sent_at
        when 'unreached' then failed_at else answered_at end as since,
      nudged_at as "nudgedAt", asked_at as "askedAt", first_sent_at as "firstSentAt", waiting,
      count(*) over ()::int as total
    from board
    where ${within(filter.siteIds)}
      and ${side ? sql<boolean>`side = ${side}` : all}
      and ${standing ? sql<boolean>`standing = ${standing}` : all}
      and ${siteId ? sql<boolean>`site_id = ${siteId}` : all}
      and ${roleId ? sql<boolean>`role_id = ${roleId}` : all}
      and ${subjectId ? sql<boolean>`subject = ${subjectId}` : all}
      and ${search ? sql<boolean>`unaccent(first_name || ' ' || last_name) ilike unaccent(${pattern})` : all}
    order by since nulls last, last_name, first_name, subject
    limit ${limit}`.execute(db)
  return rows
}
