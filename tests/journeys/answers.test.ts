import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { shippedStories, shippedStory } from '#server/features/reminders/reminders.shipped.ts'
import { addJob } from '#server/platform/postgres/database.ts'
import { answersRoutes as routes } from '#shared/answers/answers.contract.ts'
import { programmeLinksRoutes } from '#shared/programmes/programmes.links.contract.ts'
import { readers } from '../answers/answers.factory.ts'
import { toTheEmotion } from '../reminders/reminders.player.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import { laptop, lookAt, openStage, phone, type Stage, signInto } from '../support/browser.ts'

// What somebody answers on a phone leaves without them, and a director reads it by fives on a Monday.

let stage: Stage
let made: Awaited<ReturnType<typeof readers>>
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  made = await readers({ db: services.db, clock, services })
})
afterAll(() => stage.close())

const db = () => stage.installation.services.db
const results = () => `${stage.url}/regions/${made.regionId}/parcours/${made.programmeId}/resultats`

async function waits(intake: number): Promise<void> {
  const rows = db().selectFrom('answer_intake').select('id')
  await vi.waitUntil(async () => (await rows.execute()).length === intake, { timeout: 30_000 })
}

/** A colleague’s phone, as far as the server sees it: a little warmer with every reminder. */
async function answerAll(person: number): Promise<void> {
  const token = made.links[person]!.reminderToken
  const answering = await fetch(stage.url + routes.answering.path.replace(':token', token))
  const { credential } = (await answering.json()) as { credential: string }
  const send = (position: number, question: string, value: string) =>
    fetch(stage.url + routes.sendAnswer.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: crypto.randomUUID(), credential, position, question, value }),
    })
  for (const [index, name] of shippedStories.entries()) {
    const { reactions, techniques, missions } = shippedStory(name)
    const sorted = reactions.toSorted((a, b) => a.warmth - b.warmth)
    const place = Math.min(sorted.length - 1, Math.floor((index + (person % 4)) / 2))
    const position = index + 1
    await send(position, 'began', 'yes')
    await send(position, 'reaction', sorted[place]!.id)
    await send(position, 'technique', techniques[person % techniques.length]!.id)
    await send(position, 'mission', missions[person % 2]!.id)
    await send(position, 'outcome', (['well', 'well', 'so-so', 'hard'] as const)[person % 4]!)
  }
  await send(1, 'line', 'Je lui dirais que je reste avec elle jusqu’au bout.')
  const finished = programmeLinksRoutes.finishReminder.path.replace(':token', token)
  await fetch(stage.url + finished, { method: 'POST' })
}

async function aMonday(): Promise<void> {
  clock.advance({ hours: 1 })
  await addJob(db(), 'mix-answers', {})
  await waits(0)
  clock.advance({ days: 7 })
  await addJob(db(), 'release-answers', {})
}

it('a reader is told what anonymous means, answers, and leaves nothing that says who', async () => {
  const page = await stage.open(phone)
  await page.goto(`${stage.url}/rappel/${made.links[0]!.reminderToken}`)
  const player = page.getByRole('region', { name: 'Le rappel' })
  await player.getByRole('link', { name: 'Ce que cela veut dire' }).waitFor()
  await lookAt(page, 'answers-promise')
  await player.getByRole('button', { name: 'Commencer' }).click()
  await toTheEmotion(player)
  await player.getByRole('button', { name: 'Suite' }).click()
  // Out of reach for a while: the answer stays on the phone.
  await page.context().setOffline(true)
  await player.getByRole('listitem').getByRole('button').last().click()
  await player.getByRole('button', { name: 'Suite' }).click()
  await waits(1)
  await page.context().setOffline(false)
  await waits(2)
  await player.getByRole('button', { name: 'Passer' }).click()
  await player.getByRole('listitem').getByRole('button').last().click()
  await player.getByRole('button', { name: 'Je la prends en main' }).click()
  await waits(3)
  await page.goto(`${stage.url}/anonymat#reminders`)
  await page.getByRole('heading', { name: 'Les rappels' }).waitFor()
  await lookAt(page, 'answers-anonymity')
})

it('a line masks a colleague’s name, and answers wait on a phone that cannot even say for whom they count', async () => {
  await makePerson(db(), clock.now(), made.shop, { lastName: 'Zorvanec' })
  const page = await stage.open(phone)
  const player = page.getByRole('region', { name: 'Le rappel' })
  const link = `${stage.url}/rappel/${made.links[0]!.reminderToken}`
  const apart = `**${routes.answering.path.replace(':token', '*')}`
  await page.route(apart, (route) => route.abort())
  await page.goto(link)
  await player.getByRole('button', { name: 'Commencer' }).click()
  await toTheEmotion(player)
  await player.getByRole('button', { name: 'Suite' }).click()
  await player.getByRole('listitem').getByRole('button').last().click()
  await player.getByRole('button', { name: 'Suite' }).click()
  await player.getByLabel('Ce que je dirais').waitFor()
  await page.close()
  await waits(3)

  const again = await page.context().newPage()
  const resumed = again.getByRole('region', { name: 'Le rappel' })
  await again.goto(link)
  await waits(5)
  await resumed.getByLabel('Ce que je dirais').fill('J’en parlerais à Zorvanec avant de rappeler.')
  await resumed.getByText('1 nom ou numéro repéré').waitFor()
  await lookAt(again, 'answers-line')
})

it('a director reads pictures once five are together, and why nothing is read before', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, made.director)
  await page.goto(results())
  await page.getByText('Rien à lire pour l’instant').waitFor()
  await lookAt(page, 'answers-none')

  for (let person = 1; person < 13; person += 1) await answerAll(person)
  await aMonday()
  const counts = db().selectFrom('answer_counts').select('count')
  await vi.waitUntil(async () => (await counts.execute()).length > 0, { timeout: 30_000 })
  await page.reload()
  await page.getByRole('heading', { name: 'De la zone grise vers la zone chaude' }).waitFor()
  await lookAt(page, 'answers')
  // Four technicians answered: they are too few to be a group one could choose. Nor is « everybody
  // else » one: only who finished is told in it.
  await page.getByText('La fine').waitFor()
  expect(await page.getByLabel('Qui répond').getByRole('option').count()).toBe(2)
  await page.setViewportSize(phone)
  await lookAt(page, 'answers')
})
