import { afterAll, beforeAll, expect, it } from 'vitest'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { ensureInvitees } from '#server/features/days/days.service.ts'
import { askColleague, handoversOfSlot } from '#server/features/handovers/handovers.service.ts'
import { activePlacementOf } from '#server/features/matching/matching.service.ts'
import { linkPaths } from '#server/links.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { makePerson, roleByCode } from '../roster/roster.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import { TestClock } from '../support/app.ts'
import { openStage, phone, type Stage } from '../support/browser.ts'
import { publishedOn } from './published.factory.ts'

// A company's mail scanner opens every link of a mail, and some run the page's JavaScript as well.

let stage: Stage
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
})
afterAll(() => stage.close())

/** Somebody hosts, somebody visits them, the plan is out, and nobody has answered anything yet. */
async function silentDay() {
  const { services } = stage.installation
  const { db, secret } = services
  const now = clock.now()
  const { day, site, slots, guests } = await publishedOn(stage, clock)
  const [guest, slot] = [guests[0]!, slots[0]!]
  const role = await roleByCode(db, day.regionId, 'shop_seller')
  const colleague = await makePerson(db, now, site, { role: 'shop_seller' })
  const asked = { personId: colleague.id, siteId: site.id, roleId: role.id }
  const proposed = await makeSlot(services, now, day, asked, {
    period: 'afternoon',
    status: 'proposed',
  })
  return inTransaction(db, async (trx) => {
    const placement = (await activePlacementOf(trx, day.id, guest.id))!
    const signIn = await accounts.issueSignInLink(trx, guest.accountId!, secret, now)
    const invitees = await ensureInvitees(trx, day, [guest.id], now)
    const token = (kind: string, id: string) => deriveToken(secret, kind, id, 1)
    const personId = colleague.id
    await askColleague(trx, slot.id, slot.hostId, personId, now, services.mailDomain)
    const [handover] = await handoversOfSlot(trx, slot.id)
    return [
      linkPaths['sign-in'] + signIn.token,
      linkPaths.slot + token('slot', slot.id),
      linkPaths.slot + token('slot', proposed.id),
      linkPaths.handover + token('handover', handover!.id),
      linkPaths.placement + token('placement', placement.id),
      linkPaths['opt-out'] + token('opt-out', invitees.get(guest.id)!),
    ]
  })
}

/** Everything an answer would change. */
async function standing() {
  const { db } = stage.installation.services
  return {
    confirmations: await db.selectFrom('confirmations').selectAll().execute(),
    slots: await db.selectFrom('slots').selectAll().orderBy('id').execute(),
    placements: await db.selectFrom('placements').selectAll().orderBy('id').execute(),
    handovers: await db.selectFrom('handovers').selectAll().execute(),
    invitees: await db.selectFrom('day_invitees').selectAll().orderBy('id').execute(),
    links: await db.selectFrom('sign_in_links').selectAll().orderBy('id').execute(),
    sessions: await db.selectFrom('sessions').select('id').orderBy('id').execute(),
    outbox: await db.selectFrom('outbox').select('id').orderBy('id').execute(),
  }
}

it('a scanner that runs every page’s JavaScript answers nothing for anybody', async () => {
  const paths = await silentDay()
  const before = await standing()
  const page = await stage.open(phone)
  const written: string[] = []
  page.on('request', (request) => {
    if (!['GET', 'HEAD'].includes(request.method())) written.push(request.url())
  })
  for (const path of paths) {
    await page.goto(stage.url + path, { waitUntil: 'networkidle' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.mouse.wheel(0, 2_000)
    await page.waitForLoadState('networkidle')
  }
  expect(written).toEqual([])
  expect(await standing()).toEqual(before)
})
