import * as days from '#server/features/days/days.service.ts'
import * as debrief from '#server/features/debrief/debrief.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Action, ActionsOfDay, Measure } from '#shared/actions/actions.contract.ts'
import * as queries from './actions.queries.ts'
import { byUrgency } from './actions.rules.ts'

/** What is done about a day, and the findings that still wait for an answer. */
export async function actionsOfDay(db: Reader, day: days.Day): Promise<ActionsOfDay> {
  const actions = await actionsWhere(db, { dayId: day.id })
  const counts = new Map<string, number>()
  for (const { findings: answered } of actions) {
    for (const { id } of answered) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  const outcome = await debrief.resultsOf(db, day.id)
  const hearts = new Map(
    outcome?.told ? outcome.results.map((one) => [one.finding.id, one.hearts] as const) : [],
  )
  const open = (await findings.findingsOfDay(db, day.id)).filter(findings.isOpen)
  const told = open.map(({ id, title, observationCount }) => ({
    id,
    title,
    observationCount,
    hearts: hearts.get(id) ?? null,
    actionCount: counts.get(id) ?? 0,
  }))
  return {
    dayName: day.name,
    regionId: day.regionId,
    actions,
    findings: told.sort(
      (a, b) =>
        Number(a.actionCount > 0) - Number(b.actionCount > 0) ||
        (b.hearts ?? 0) - (a.hearts ?? 0) ||
        b.observationCount - a.observationCount ||
        a.title.localeCompare(b.title),
    ),
  }
}

/** One action as it stands now. */
export async function actionView(db: Reader, dayId: string, id: string): Promise<Action | Refusal> {
  const [action] = await actionsWhere(db, { dayId, id })
  return action ?? refuse('not-found')
}

/** What some people carry, of one day or of all. */
export async function actionsOfOwners(
  db: Reader,
  ownerIds: string[],
  dayId?: string,
): Promise<Action[]> {
  if (ownerIds.length === 0) return []
  return actionsWhere(db, { ownerIds, ...(dayId ? { dayId } : {}) })
}

/** Actions with all that belongs to them, in the order in which they matter. */
async function actionsWhere(
  db: Reader,
  asked: { dayId?: string; id?: string; ownerIds?: string[] },
): Promise<Action[]> {
  const rows = await queries.actionsWhere(db, asked)
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const links = Map.groupBy(await queries.findingsOfActions(db, ids), (one) => one.actionId)
  const notes = Map.groupBy(await queries.notesOfActions(db, ids), (one) => one.actionId)
  const owners = await roster.peopleByIds(
    db,
    rows.flatMap((row) => row.owner_id ?? []),
  )
  const ownerOf = new Map(owners.map((person) => [person.id, person]))
  const told = new Map<
    string,
    { name: string; date: string; findings: Map<string, findings.Finding> }
  >()
  for (const dayId of new Set(rows.map((row) => row.day_id))) {
    const all = await findings.findingsOfDay(db, dayId)
    const day = await days.dayById(db, dayId)
    const { name = '', date = '' } = day ?? {}
    told.set(dayId, { name, date, findings: new Map(all.map((one) => [one.id, one])) })
  }
  const actions = rows.map((row): Action => {
    const owner = ownerOf.get(row.owner_id ?? '')
    const day = told.get(row.day_id)
    const answered = (links.get(row.id) ?? []).flatMap((link) => {
      const finding = day?.findings.get(link.findingId)
      return finding ? [finding] : []
    })
    return {
      id: row.id,
      dayId: row.day_id,
      dayName: day?.name ?? '',
      dayDate: day?.date ?? '',
      title: row.title,
      status: row.status,
      reason: row.reason,
      owner: owner
        ? {
            id: owner.id,
            name: fullName(owner),
            hasMail: owner.email !== null,
            left: owner.leftOn !== null,
          }
        : null,
      dueOn: row.due_on,
      decidedAt: row.decided_at,
      measure: measureOf(row),
      findings: answered.map((finding) => ({
        id: finding.id,
        title: finding.title,
        withdrawn: !findings.isOpen(finding),
        observationCount: finding.observationCount,
      })),
      notes: (notes.get(row.id) ?? []).map(({ actionId: _, ...note }) => note),
      version: row.version,
    }
  })
  return byUrgency(actions)
}

function measureOf(row: queries.ActionRow): Measure | null {
  if (row.measure_name === null) return null
  const taken = (value: number | null, on: string | null) =>
    value === null || on === null ? null : { value, on }
  return {
    name: row.measure_name,
    unit: row.measure_unit ?? '',
    before: taken(row.measure_before, row.measure_before_on),
    after: taken(row.measure_after, row.measure_after_on),
  }
}
