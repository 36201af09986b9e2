import type { Page } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { activePlacements } from '#server/features/matching/matching.service.ts'
import { linkPaths } from '#server/links.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import { replyTo } from '../invitations/answers.factory.ts'
import type { SmallDay } from '../invitations/invitations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  lookAt,
  mailsLeave,
  openStage,
  phone,
  type Stage,
  signInto,
} from '../support/browser.ts'
import { startImapServer } from '../support/imap-server.ts'
import { publishedOn } from './published.factory.ts'

let stage: Stage
let made: SmallDay
let imap: Awaited<ReturnType<typeof startImapServer>>
const clock = new TestClock()
beforeAll(async () => {
  imap = await startImapServer()
  stage = await openStage(clock, { IMAP_URL: imap.url })
  made = await publishedOn(stage, clock, { hosts: ['Marion', 'Paul'], guests: ['Léa', 'Karim'] })
  await mailsLeave(stage, clock)
})
afterAll(async () => {
  await stage.close()
  await imap.stop()
})

const colleague = 'bureau.partage@region.example'

/** Somebody answers an invitation from an address that is not its own. */
async function arrives(invited: string | null, answer: RecordedAnswer, comment?: string) {
  const test = { mailbox: stage.installation.catcher!, clock }
  const words = comment ? { comment } : {}
  const raw = await replyTo(test, invited, answer, { from: colleague, ...words })
  await imap.deliver(raw, clock.now())
}

async function directorAt(viewport: typeof phone): Promise<Page> {
  const page = await stage.open(viewport)
  await signInto(stage, page, made.directorAccount)
  await page.goto(`${stage.url}/journees/${made.day.id}/reponses`)
  return page
}

/** The page behind the link in somebody's invitation. */
async function openedBy(kind: 'slot' | 'placement', one: { id: string; linkGeneration: number }) {
  const { secret } = stage.installation.services
  const page = await stage.open(phone)
  const token = deriveToken(secret, kind, one.id, one.linkGeneration)
  await page.goto(`${stage.url}${linkPaths[kind]}${token}`)
  return page
}

it('shows an answer by somebody else with its reason, and counts the yes a director says it is', async () => {
  const [marion] = made.hosts
  const page = await directorAt(laptop)
  await page.getByText('Rien à regarder').waitFor()
  await lookAt(page, 'held-none')
  await arrives(marion!.email, 'yes', 'Je réponds pour Marion, elle est d’accord.')
  // Found on the way: the page of confirmations says that somebody is waited for.
  await page.goto(`${stage.url}/journees/${made.day.id}/confirmations`)
  await page.getByText('Une réponse par mail attend votre regard').waitFor({ timeout: 40_000 })
  await page.getByRole('link', { name: 'Les regarder' }).click()
  await page.getByText('envoyée depuis une autre adresse').waitFor()
  await page.getByText(colleague).waitFor()
  await lookAt(page, 'held-yes')
  // Until then nothing has changed.
  const before = await openedBy('slot', made.slots[0]!)
  await before.getByRole('button', { name: 'Je confirme' }).waitFor()
  await page.getByRole('button', { name: 'Compter un oui' }).click()
  await page.getByText(/Marion .*un oui est compté/).waitFor()
  await page.getByText('Rien à regarder').waitFor()
  await lookAt(page, 'held-settled')
  const host = await openedBy('slot', made.slots[0]!)
  await host.getByText('Accueil confirmé').waitFor()
})

it('asks before it counts a no, on a phone as well, and the guest’s page agrees', async () => {
  const { db } = stage.installation.services
  const placements = await activePlacements(db, made.day.id)
  const placement = placements.find(({ personId }) => personId === made.guests[0]!.id)!
  await arrives(made.guests[0]!.email, 'no')
  const page = await directorAt(phone)
  await page.getByText('envoyée depuis une autre adresse').waitFor({ timeout: 40_000 })
  await lookAt(page, 'held-no')
  await page.getByRole('button', { name: 'Compter un non' }).click()
  await page.getByRole('dialog').getByText('se remettre sur la liste d’attente').waitFor()
  await lookAt(page, 'held-no-asking')
  await page.getByRole('button', { name: 'Oui, compter ce non' }).click()
  await page.getByText(/Léa .*un non est compté/).waitFor()
  const guest = await openedBy('placement', placement)
  await guest.getByText('Vous avez libéré votre place').waitFor()
})

it('puts aside what means nothing, and the host is still asked', async () => {
  await arrives(made.hosts[1]!.email, 'no')
  const page = await directorAt(phone)
  await page.getByText('envoyée depuis une autre adresse').waitFor({ timeout: 40_000 })
  await page.getByRole('button', { name: 'Mettre de côté' }).click()
  await page.getByText('Rien à regarder').waitFor()
  await lookAt(page, 'held-aside')
  const host = await openedBy('slot', made.slots[1]!)
  await host.getByRole('button', { name: 'Je ne peux plus accueillir' }).waitFor()
})
