import { languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import { type Day, dayById } from '#server/features/days/days.service.ts'
import { fullName, roleName } from '#server/features/roster/roster.rules.ts'
import {
  hostCandidates,
  peopleByIds,
  rolesById,
  sitesById,
} from '#server/features/roster/roster.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { say } from '#server/platform/i18n.ts'
import { hideMailLinks } from '#server/platform/mail/links.ts'
import {
  enqueueMails,
  type Mail,
  openBatch,
  withdrawAsking,
} from '#server/platform/outbox/outbox.service.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import type { ProposalInput, ProposalPreview } from '#shared/slots/slots.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { proposalMail } from './slots.mails.ts'
import type { Candidate } from './slots.rules.ts'
import { planProposals, proposeSlots, type Slot, slotHours } from './slots.service.ts'

/** Whom a bulk proposal would ask and what the first of them would read; writes nothing. */
export async function previewProposals(
  db: Reader,
  dayId: string,
  input: ProposalInput,
  language: Language,
): Promise<ProposalPreview | Refusal> {
  const day = await dayById(db, dayId)
  if (!day) return refuse('not-found')
  const plan = await planProposals(db, day, await candidatesFor(db, day, input), input)
  if (isRefusal(plan)) return plan
  const hours = await slotHours(db, day, input.periodId)
  if (isRefusal(hours)) return hours
  const writer = await mailWriter(
    db,
    day,
    plan.chosen.map(({ personId }) => personId),
  )
  const reached = plan.chosen.filter(({ personId }) => writer.addressOf(personId))
  const [first] = reached
  const sample =
    first &&
    writer.write(
      { ...hours, ...first, hostId: first.personId, capacity: input.capacity },
      // A sample link: the preview hides it.
      capabilityPlaceholder('slot', day.id, 1),
      language,
    )
  const bySite = new Map<string, number>()
  for (const { siteId } of plan.chosen) bySite.set(siteId, (bySite.get(siteId) ?? 0) + 1)
  return {
    slots: plan.chosen.length,
    byMail: reached.length,
    byCard: plan.chosen.length - reached.length,
    busy: plan.busy,
    sites: [...bySite].map(([siteId, slots]) => ({ siteId, name: writer.siteName(siteId), slots })),
    mail: sample ? hideMailLinks(sample, say(language, 'slots:linkHidden')) : null,
  }
}

/**
 * Asks hosts for slots and writes to those who have mail, as one batch that can be followed and
 * stopped; the others are reached by a printed card.
 * @param expected the number somebody read and confirmed; any other is refused. Null trusts.
 */
export async function sendProposals(
  trx: Trx,
  { secret, mailDomain }: Pick<Services, 'secret' | 'mailDomain'>,
  dayId: string,
  input: ProposalInput,
  expected: number | null,
  by: string | null,
  now: Date,
): Promise<{ slots: Slot[]; batchId: string | null } | Refusal> {
  const day = await dayById(trx, dayId)
  if (!day) return refuse('not-found')
  const candidates = await candidatesFor(trx, day, input)
  const slots = await proposeSlots(trx, secret, dayId, candidates, input, by, now)
  if (isRefusal(slots)) return slots
  if (expected !== null && slots.length !== expected) {
    return refuse('proposals-changed', { count: slots.length })
  }
  const writer = await mailWriter(
    trx,
    day,
    slots.map(({ hostId }) => hostId),
  )
  const letters = slots.flatMap((slot) => writer.letter(slot) ?? [])
  if (letters.length === 0) return { slots, batchId: null }
  const batch = { regionId: day.regionId, dayId, purpose: 'slot-proposal', createdBy: by }
  const batchId = await openBatch(trx, batch, now)
  const mails = letters.map((letter) => ({ ...letter, batchId }))
  await enqueueMails(trx, mails, now, mailDomain)
  return { slots, batchId }
}

/**
 * Asks a host anew by their present link, in place of a mail that has not left.
 * @returns whether a mail is on its way: not to whom a card asked, nor to whom has answered.
 */
export async function proposeAgain(
  trx: Trx,
  day: Day,
  slot: Slot,
  now: Date,
  mailDomain: string,
): Promise<boolean> {
  await withdrawAsking(trx, slot.id)
  if (slot.status !== 'proposed') return false
  const letter = (await mailWriter(trx, day, [slot.hostId])).letter(slot)
  if (letter) await enqueueMails(trx, [letter], now, mailDomain)
  return letter !== undefined
}

function candidatesFor(db: Reader, day: Day, input: ProposalInput): Promise<Candidate[]> {
  const { roleIds, siteIds } = input
  return hostCandidates(db, day.regionId, siteIds.length > 0 ? { roleIds, siteIds } : { roleIds })
}

/** Reads everything the mails of one proposal need at once, whatever their number. */
async function mailWriter(db: Reader, day: Day, personIds: string[]) {
  const people = new Map((await peopleByIds(db, personIds)).map((one) => [one.id, one]))
  const accountIds = [...people.values()].flatMap(({ accountId }) => accountId ?? [])
  const languages = await languagesOf(db, accountIds)
  const sites = await sitesById(db, day.regionId)
  const roles = await rolesById(db, day.regionId)
  const regionName = (await regionById(db, day.regionId))?.name ?? ''
  const siteName = (siteId: string) => sites.get(siteId)?.name ?? ''
  function addressOf(personId: string) {
    const person = people.get(personId)
    return person?.email ? { name: fullName(person), address: person.email } : undefined
  }
  function write(
    slot: Pick<Slot, 'hostId' | 'siteId' | 'roleId' | 'startsAt' | 'endsAt' | 'capacity'>,
    link: string,
    language: Language,
  ) {
    const role = roles.get(slot.roleId)
    return proposalMail({
      language,
      firstName: people.get(slot.hostId)?.firstName ?? '',
      day,
      regionName,
      siteName: siteName(slot.siteId),
      roleName: roleName(role, language),
      slot,
      link,
    })
  }
  /** The question to the host of a slot; undefined where they have no address. */
  function letter(slot: Slot): Mail | undefined {
    const to = addressOf(slot.hostId)
    if (!to) return undefined
    const language = languages.get(people.get(slot.hostId)?.accountId ?? '') ?? 'fr'
    const link = capabilityPlaceholder('slot', slot.id, slot.linkGeneration)
    const about = { regionId: day.regionId, dayId: day.id, asksAbout: slot.id }
    const head = { ...about, purpose: 'slot-proposal', fromName: regionName, to, language }
    return { ...head, ...write(slot, link, language) }
  }
  return { siteName, addressOf, write, letter }
}
