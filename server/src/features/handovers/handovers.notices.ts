import { languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import { type Day, ensureInvitees } from '#server/features/days/days.service.ts'
import { fullName, roleName } from '#server/features/roster/roster.rules.ts'
import { peopleByIds, rolesOfRegion, siteById } from '#server/features/roster/roster.service.ts'
import type { Slot } from '#server/features/slots/slots.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { enqueueMails } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type HandoverWord, handoverMail, toColleague } from './handovers.mails.ts'
import type { Handover } from './handovers.rules.ts'

/** « Would you host in my place? » to the one colleague asked; who wants no mail can leave. */
export async function tellColleague(
  trx: Trx,
  day: Day,
  slot: Slot,
  handover: Handover,
  now: Date,
  domain: string,
): Promise<void> {
  const link = capabilityPlaceholder('handover', handover.id, handover.linkGeneration)
  const invitees = await ensureInvitees(trx, day, [handover.toId], now)
  const leave = capabilityPlaceholder('opt-out', invitees.get(handover.toId)!, 1)
  await tell(trx, day, slot, handover, { word: 'asked', link, leave }, now, domain)
}

/** To the colleague asked: the host took the question back, nothing is expected of them. */
export function tellWithdrawn(
  trx: Trx,
  day: Day,
  slot: Slot,
  handover: Handover,
  now: Date,
  domain: string,
): Promise<void> {
  return tell(trx, day, slot, handover, { word: 'withdrawn', link: null, leave: null }, now, domain)
}

/** To the host who asked: the colleague said no, or nothing, or yes where no calendar tells it. */
export function tellHost(
  trx: Trx,
  day: Day,
  slot: Slot,
  handover: Handover,
  word: 'declined' | 'expired' | 'accepted',
  now: Date,
  domain: string,
): Promise<void> {
  // Who has handed over has nothing to open there any more.
  const own = capabilityPlaceholder('slot', slot.id, slot.linkGeneration)
  const link = word === 'accepted' ? null : own
  return tell(trx, day, slot, handover, { word, link, leave: null }, now, domain)
}

/** To the colleague who said yes, where no invitation brings them the link to their slot. */
export function tellNewHost(
  trx: Trx,
  day: Day,
  slot: Slot,
  handover: Handover,
  now: Date,
  domain: string,
): Promise<void> {
  const link = capabilityPlaceholder('slot', slot.id, slot.linkGeneration)
  return tell(trx, day, slot, handover, { word: 'yours', link, leave: null }, now, domain)
}

async function tell(
  trx: Trx,
  day: Day,
  slot: Slot,
  handover: Handover,
  { word, link, leave }: { word: HandoverWord; link: string | null; leave: string | null },
  now: Date,
  domain: string,
): Promise<void> {
  const people = await peopleByIds(trx, [handover.fromId, handover.toId])
  const from = people.find(({ id }) => id === handover.fromId)
  const to = people.find(({ id }) => id === handover.toId)
  const [reader, other] = toColleague(word) ? [to, from] : [from, to]
  if (!reader?.email || !other) return
  const languages = await languagesOf(trx, reader.accountId ? [reader.accountId] : [])
  const language = languages.get(reader.accountId ?? '') ?? 'fr'
  const region = await regionById(trx, day.regionId)
  const site = await siteById(trx, slot.siteId)
  const role = (await rolesOfRegion(trx, slot.regionId)).find(({ id }) => id === slot.roleId)
  const written = handoverMail(word, {
    language,
    firstName: reader.firstName,
    otherName: fullName(other),
    day,
    hours: slot,
    expiresAt: handover.expiresAt,
    roleName: roleName(role, language),
    siteName: site?.name ?? '',
    town: site?.town ?? '',
    link,
    leave,
  })
  const mail = {
    regionId: day.regionId,
    dayId: day.id,
    purpose: `handover-${word}`,
    to: { name: fullName(reader), address: reader.email },
    language,
    ...(word === 'asked' ? { asksAbout: handover.id } : {}),
    ...(region ? { fromName: region.name } : {}),
    ...written,
  }
  await enqueueMails(trx, [mail], now, domain)
}
