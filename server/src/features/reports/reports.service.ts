import * as actions from '#server/features/actions/actions.service.ts'
import * as attendance from '#server/features/attendance/attendance.service.ts'
import type * as days from '#server/features/days/days.service.ts'
import * as debrief from '#server/features/debrief/debrief.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import * as observations from '#server/features/observations/observations.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { moments } from '#shared/observations/observations.contract.ts'
import type { Choice, Report } from '#shared/reports/reports.contract.ts'
import type { PictureKind } from '#shared/reports/reports.vocabulary.ts'
import * as queries from './reports.queries.ts'
import { amountsBy, livedOf } from './reports.rules.ts'

/** On the one page until a director chooses: what annoys, where, and how much. */
const pictureChoice: PictureKind[] = ['irritants', 'moments', 'severity']

/**
 * All figures of a day, each from the service its screen reads: page, PDF, CSV and XLSX are made of
 * this and nothing else, so they cannot differ.
 */
export async function reportOf(db: Reader, day: days.Day, now: Date): Promise<Report> {
  const pictures = await observations.picturesOf(db, day)
  const { groups } = pictures
  const told = (trait: 'moment' | 'siteId') =>
    pictures.apart.find((one) => one.trait === trait)?.groups ?? groups
  const { lived, sites } = livedOf(await observations.participationsOf(db, day.id))
  const seenAt = new Map(amountsBy(told('siteId'), 'siteId').map((one) => [one.siteId, one.count]))
  const byId = await roster.sitesById(db, day.regionId)
  const byMoment = amountsBy(told('moment'), 'moment')
  return {
    dayId: day.id,
    regionId: day.regionId,
    dayName: day.name,
    date: day.date,
    timeZone: day.timeZone,
    madeAt: now,
    smallestGroup: pictures.smallestGroup,
    lived,
    presence: await attendance.arrivalsTally(db, day.id, now),
    places: sites
      .flatMap((one) => {
        const site = byId.get(one.siteId)
        const observations = seenAt.get(one.siteId) ?? null
        return site ? [{ ...one, name: site.name, town: site.town, observations }] : []
      })
      .toSorted((a, b) => a.name.localeCompare(b.name, 'fr')),
    irritants: pictures.irritants,
    roles: pictures.roles,
    observations: groups.reduce((sum, { count }) => sum + count, 0),
    byIrritant: amountsBy(groups, 'irritantId'),
    byCell: amountsBy(groups, 'irritantId', 'roleId'),
    byMoment: [...moments, null].flatMap((moment) =>
      byMoment.filter((one) => one.moment === moment),
    ),
    ...(await decided(db, day.id, pictures.smallestGroup)),
    actions: (await actions.actionsOfDay(db, day)).actions.map((one) => ({
      id: one.id,
      title: one.title,
      status: one.status,
      reason: one.reason,
      dueOn: one.dueOn,
      findings: one.findings.filter(({ withdrawn }) => !withdrawn).map(({ title }) => title),
    })),
    choice: await choiceOf(db, day.id),
  }
}

async function decided(
  db: Reader,
  dayId: string,
  least: number,
): Promise<Pick<Report, 'findings' | 'ballots'>> {
  const voted = await debrief.resultsOf(db, dayId)
  const open = voted
    ? voted.results.map(({ finding, hearts }) => ({
        ...finding,
        hearts: voted.told ? hearts : null,
      }))
    : (await findings.findingsOfDay(db, dayId))
        .filter(findings.isOpen)
        .map((finding) => ({ ...finding, hearts: null }))
  const told = open.map(({ id, irritantId, title, note, observationCount, hearts }) => {
    const few = observationCount < least
    return { id, irritantId, title, note, hearts, observationCount: few ? null : observationCount }
  })
  return {
    findings: told.toSorted(
      (a, b) =>
        (b.hearts ?? 0) - (a.hearts ?? 0) || (b.observationCount ?? 0) - (a.observationCount ?? 0),
    ),
    ballots: voted?.ballots ?? null,
  }
}

/** What was withdrawn since it was chosen is quoted no more. */
async function choiceOf(db: Reader, dayId: string): Promise<Report['choice']> {
  const chosen = await queries.choiceOfDay(db, dayId)
  if (!chosen) return { version: 0, pictures: pictureChoice, quotes: [], coming: '' }
  const { quotes: ids, ...choice } = chosen
  const quotable = new Map(
    (await observations.quotable(db, dayId, ids)).map((one) => [one.id, one]),
  )
  return { ...choice, quotes: ids.flatMap((id) => quotable.get(id) ?? []) }
}

/**
 * Keeps what a director chose for the one page. `not-found`: a quote without words, withdrawn, or of
 * another day; `report-changed`: another director chose since.
 */
export async function choose(
  trx: Trx,
  day: days.Day,
  { version, pictures, quoteIds, coming }: Choice,
  accountId: string,
  now: Date,
): Promise<Refusal | undefined> {
  const quotable = await observations.quotable(trx, day.id, quoteIds)
  if (quotable.length < quoteIds.length) return refuse('not-found')
  const row = {
    region_id: day.regionId,
    day_id: day.id,
    pictures,
    quotes: quoteIds,
    coming,
    version: version + 1,
    edited_by: accountId,
    edited_at: now,
  }
  if (!(await queries.writeChoice(trx, row, version))) return refuse('report-changed')
  const details = { pictures: pictures.length, quotes: quoteIds.length }
  await recordAudit(trx, { ...entryOf(day, accountId, 'choose'), details }, now)
}

/** Notes that figures of a day left the house, and in which form. */
export async function recordExport(
  trx: Trx,
  day: days.Day,
  form: string,
  accountId: string,
  now: Date,
): Promise<void> {
  await recordAudit(trx, { ...entryOf(day, accountId, 'export'), details: { form } }, now)
}

const entryOf = (day: days.Day, accountId: string, verb: string) => ({
  regionId: day.regionId,
  accountId,
  action: `reports.${verb}`,
  subjectId: day.id,
})
