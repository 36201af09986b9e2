import { afterAll, beforeAll, expect, it } from 'vitest'
import { kilometresBetween } from '#server/features/signup/signup.rules.ts'
import { workshopLinksRoutes as links } from '#shared/workshops/workshops.links.contract.ts'
import {
  workshopOffersRoutes as routes,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { pseudoRandom } from '../support/random.ts'
import { proposed, tokenOf, type WorkshopScene, workshopScene } from './workshops.factory.ts'

// The seating a director is shown, beside every seating there could be.

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

/** How good a seating is: more placed, then a smaller sum of rank², then less travel. */
type Worth = [placed: number, cost: number, kilometres: number]
const isBetter = (a: Worth, b: Worth) =>
  a[0] !== b[0] ? a[0] > b[0] : a[1] !== b[1] ? a[1] < b[1] : a[2] < b[2]

/** The best of all ways to give each person one of their choices, or nothing. */
function bestOf(scene: WorkshopScene, workshop: Workshop, choices: readonly number[][]): Worth {
  const way = scene.people.map((person) => workshop.sessions.map((one) => far(scene, person, one)))
  const room = workshop.sessions.map(({ seats }) => seats)
  let best: Worth = [-1, 0, 0]
  const seat = (at: number, worth: Worth) => {
    if (at === choices.length) {
      if (isBetter(worth, best)) best = worth
      return
    }
    seat(at + 1, worth)
    for (const [index, session] of choices[at]!.entries()) {
      if (room[session]! === 0) continue
      room[session]! -= 1
      const cost = worth[1] + (index + 1) ** 2
      seat(at + 1, [worth[0] + 1, cost, worth[2] + way[at]![session]!])
      room[session]! += 1
    }
  }
  seat(0, [0, 0, 0])
  return best
}

function far(scene: WorkshopScene, person: { siteId: string }, session: { siteId: string | null }) {
  const at = (id: string | null) => [scene.dax, scene.pau].find((site) => site.id === id)!
  const place = ({
    latitude,
    longitude,
  }: {
    latitude: number | null
    longitude: number | null
  }) => ({
    latitude: latitude!,
    longitude: longitude!,
  })
  return Math.round(kilometresBetween(place(at(person.siteId)), place(at(session.siteId))))
}

it.each([1, 2, 3, 4, 5, 6])('is the best there is, on drawn instance %i', async (seed) => {
  test.clock.set('2027-03-01T09:00:00Z')
  const random = pseudoRandom(seed)
  const scene = await workshopScene(test, ['Alice', 'Bruno', 'Chloé', 'Driss', 'Elsa', 'Farid'])
  const sessions = [16, 17, 18, 19].map((day, index) => ({
    date: `2027-03-${day}`,
    siteId: index % 2 === 0 ? scene.dax.id : scene.pau.id,
    seats: 2,
  }))
  const workshop = await proposed(scene, sessions.slice(0, 2 + (seed % 3)))
  const choices = scene.people.map(() =>
    workshop.sessions
      .map((_, index) => ({ index, drawn: random() }))
      .sort((a, b) => a.drawn - b.drawn)
      .slice(0, 1 + Math.floor(random() * 3))
      .map(({ index }) => index),
  )
  for (const [at, chosen] of choices.entries()) {
    await test.nobody.ask(links.chooseSessions, {
      params: { token: await tokenOf(test, workshop.id, scene.people[at]!) },
      body: { choices: chosen.map((index) => workshop.sessions[index]!.id), declined: false },
    })
  }
  const shown = await scene.director.ask(routes.seating, { params: { workshopId: workshop.id } })
  const cost = shown.byRank.reduce((sum, people, index) => sum + people * (index + 1) ** 2, 0)
  expect([shown.placed, cost, shown.kilometres]).toEqual(bestOf(scene, workshop, choices))
})
