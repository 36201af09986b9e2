import * as programmes from '#server/features/programmes/programmes.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { Answers } from '#shared/answers/answers.contract.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import * as queries from './answers.queries.ts'
import { inFives } from './answers.release.rules.ts'
import { openWaiting } from './answers.sealing.ts'

type Programme = NonNullable<Awaited<ReturnType<typeof programmes.programmeById>>>

/** What a director reads of a programme: sums of what was told, and the words they are about. */
export async function answersOf(
  db: Reader,
  secret: string,
  programme: Programme,
): Promise<Answers> {
  const waiting = openWaiting(secret, await queries.waitingOf(db, programme.id))
  const tooFew = waiting.tallies.reduce((sum, { count }) => sum + count, waiting.lines.length)
  return {
    programmeName: programme.name,
    regionId: programme.regionId,
    status: programme.status,
    reminders: await remindersOf(db, programme.id),
    groups: await groupsOf(db, programme),
    counts: await queries.countsOf(db, programme.id),
    lines: await queries.linesOf(db, programme.id),
    // One more would say that somebody has just answered.
    waitingAtLeast: inFives(tooFew),
  }
}

async function remindersOf(db: Reader, programmeId: string): Promise<Answers['reminders']> {
  const told: Answers['reminders'] = []
  for (const { position } of await programmes.stepsOf(db, programmeId)) {
    const story = await programmes.storyTold(db, programmeId, position)
    if (story) told.push({ position, ...choicesOf(story) })
  }
  return told
}

const choicesOf = ({ title, reactions, techniques, missions }: Story) => ({
  title,
  reactions: reactions.map(({ id, text, move, warmth }) => ({ id, text, move, warmth })),
  techniques: techniques.map(({ id, name }) => ({ id, text: name })),
  missions: missions.map(({ id, text }) => ({ id, text })),
})

async function groupsOf(db: Reader, { id, regionId }: Programme): Promise<Answers['groups']> {
  const sites = await roster.sitesOfRegion(db, regionId)
  const roles = await roster.rolesOfRegion(db, regionId)
  const cells = await queries.cellsOfProgramme(db, id)
  return cells.map((cell) => {
    const role = roles.find((one) => one.id === cell.roleId)
    return {
      id: cell.id,
      siteName: sites.find((one) => one.id === cell.siteId)?.name ?? null,
      role: role ? { nameFr: role.nameFr, nameEn: role.nameEn } : null,
      people: cell.people,
    }
  })
}
