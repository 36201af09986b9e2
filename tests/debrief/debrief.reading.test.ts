import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addJob } from '#server/platform/postgres/database.ts'
import { debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import type { Moment } from '#shared/observations/observations.contract.ts'
import { livedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { debriefOf } from './debrief.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

/** A lived day whose pile holds these: place of the irritant and of the role, and how annoying. */
async function pileOf(
  ...cards: { irritant: number; role: number; severity: number; moment?: Moment; many?: number }[]
) {
  // Before the day: it is prepared, published and lived.
  test.clock.set('2027-03-01T09:00:00Z')
  const lived = await livedDay(test)
  const { irritants, roles } = lived.observing
  const rows = cards.flatMap(({ irritant, role, severity, moment = 'use', many = 1 }) =>
    Array.from({ length: many }, (_, place) => ({
      id: randomUUID(),
      region_id: lived.region.regionId,
      day_id: lived.day.id,
      role_id: roles[role]!.id,
      irritant_id: irritants[irritant]!.id,
      site_id: null,
      moment,
      frequency: 2,
      severity,
      situation: `Vu ${irritant} ${role} ${severity} ${place}.`,
      idea: '',
      unmasked: false,
      idea_from: null,
      anonymous: true,
      author_id: null,
      observed_at: null,
      secret_hash: 'a'.repeat(64),
      withdrawn: false,
    })),
  )
  await test.db.insertInto('observations').values(rows).execute()
  await addJob(test.db, 'fill-walls', {})
  await test.runJobs()
  const debrief = debriefOf(test, lived)
  await debrief.open()
  const { director } = lived.callers
  const { params } = debrief
  return {
    lived,
    irritants,
    roles,
    read: (query: Record<string, string>) =>
      director.ask(routes.cards, { params, query: { shown: 'no', ...query } }),
    call: (query: Record<string, string>) =>
      director.call(routes.cards, { params, query: { shown: 'no', ...query } }),
    show: (ids: string[]) => director.ask(routes.show, { params, body: { ids, shown: true } }),
    room: async () =>
      lived.callers.guests[0]!.ask(routes.room, {
        params: { code: (await debrief.desk()).room!.code },
      }),
  }
}

it('reads by irritant, what annoys most first, over as many pages as it takes', async () => {
  const pile = await pileOf(
    { irritant: 1, role: 0, severity: 2, many: 20 },
    { irritant: 0, role: 0, severity: 1, many: 20 },
    { irritant: 1, role: 1, severity: 5, many: 20 },
  )
  const first = await pile.read({})
  const rest = await pile.read({ after: first.next! })
  expect(rest.next).toBeNull()
  const said = [...first.cards, ...rest.cards].map(({ situation }) => situation.slice(3, 8))
  const times = (what: string) => Array.from({ length: 20 }, () => what)
  expect(said).toEqual([...times('0 0 1'), ...times('1 1 5'), ...times('1 0 2')])
  // The room reads what it is shown in the same order.
  const shown = rest.cards.slice(-2).concat(first.cards.slice(0, 2))
  await pile.show(shown.map(({ id }) => id))
  const onWall = (await pile.room()).cards.map(({ situation }) => situation.slice(3, 8))
  expect(onWall).toEqual(['0 0 1', '0 0 1', '1 0 2', '1 0 2'])
})

it('narrows a pile by irritant, moment or role, and counts what is where', async () => {
  const pile = await pileOf(
    { irritant: 0, role: 0, severity: 3, many: 6 },
    { irritant: 0, role: 1, severity: 3, many: 6, moment: 'buy' },
    { irritant: 1, role: 1, severity: 3, many: 6 },
  )
  const [first, second] = pile.irritants.map(({ id }) => id)
  const [, role] = pile.roles.map(({ id }) => id)
  expect((await pile.read({ irritantId: second! })).cards).toHaveLength(6)
  expect((await pile.read({ moment: 'buy' })).cards).toHaveLength(6)
  expect((await pile.read({ roleId: role! })).cards).toHaveLength(12)
  const both = await pile.read({ roleId: role!, irritantId: first! })
  expect(both.cards).toHaveLength(6)
  const counts = (list: readonly { id: string; count: number }[]) =>
    Object.fromEntries(list.map(({ id, count }) => [id, count]))
  expect(counts(both.tally.irritantId)).toEqual({ [first!]: 12, [second!]: 6 })
  expect(counts(both.tally.moment)).toEqual({ use: 12, buy: 6 })
  expect(counts(both.tally.roleId)).toEqual({ [pile.roles[0]!.id]: 6, [role!]: 12 })
})

it('tells no role that the pictures fold, and crosses none with a moment', async () => {
  const pile = await pileOf(
    { irritant: 0, role: 0, severity: 3, many: 9 },
    { irritant: 0, role: 1, severity: 3, many: 2 },
    { irritant: 0, role: 2, severity: 3, many: 3 },
  )
  const [told, folded] = pile.roles.map(({ id }) => id)
  const { tally } = await pile.read({})
  expect(tally.roleId).toEqual([{ id: told, count: 9 }])
  expect((await pile.read({ roleId: folded! })).cards).toEqual([])
  expect((await pile.call({ roleId: told!, moment: 'use' })).status).toBe(400)
})
