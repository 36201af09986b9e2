import { regionById } from '#server/features/accounts/accounts.service.ts'
import {
  type Day,
  dayById,
  inviteesOfDay,
  openSignUp as openDay,
  signUpMail,
} from '#server/features/days/days.service.ts'
import { roleName } from '#server/features/roster/roster.rules.ts'
import {
  type Person,
  peopleOfRegion,
  rolesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { lettersTo, optedOut } from '#server/features/signup/signup.service.ts'
import { pagePaths } from '#server/links.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { say } from '#server/platform/i18n.ts'
import { hideMailLinks } from '#server/platform/mail/links.ts'
import { enqueueMails, type Mail, openBatch } from '#server/platform/outbox/outbox.service.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import type { SignUpPreview } from '#shared/days/days.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'

type Setting = Pick<Services, 'mailDomain'> & { config: { publicUrl: string } }

/** Who would be written to, and how many are not, by reason. */
async function audience(db: Reader, day: Day) {
  const invited = new Set((await inviteesOfDay(db, day.id)).map(({ personId }) => personId))
  const leftAlone = await optedOut(db, day.id)
  const recipients: (Person & { email: string })[] = []
  const counts = { 'no-mail': 0, 'opted-out': 0, 'already-invited': 0 }
  for (const person of await peopleOfRegion(db, day.regionId)) {
    const { email } = person
    if (email === null) counts['no-mail']++
    else if (leftAlone.has(person.id)) counts['opted-out']++
    else if (invited.has(person.id)) counts['already-invited']++
    else recipients.push({ ...person, email })
  }
  const leftOut = (Object.keys(counts) as (keyof typeof counts)[])
    .map((reason) => ({ reason, count: counts[reason] }))
    .filter(({ count }) => count > 0)
  return { recipients, leftOut }
}

/** What every invitation of the day says alike; takes its reader. */
async function letterhead(db: Reader, day: Day, config: Setting['config']) {
  const roles = await rolesOfRegion(db, day.regionId)
  const regionName = (await regionById(db, day.regionId))?.name ?? ''
  const page = config.publicUrl.replace(/\/+$/, '') + pagePaths.signUp(day.id)
  return (language: Language, firstName: string, inviteeId: string) =>
    signUpMail({
      language,
      firstName,
      day,
      regionName,
      roles: roles.map((role) => roleName(role, language)),
      page,
      optOut: capabilityPlaceholder('opt-out', inviteeId, 1),
    })
}

/** The invitation exactly as it will read, to how many, and who is left out; writes nothing. */
export async function signUpPreview(
  db: Reader,
  config: Setting['config'],
  dayId: string,
  language: Language,
): Promise<SignUpPreview | Refusal> {
  const day = await dayById(db, dayId)
  if (!day) return refuse('not-found')
  const { recipients, leftOut } = await audience(db, day)
  const write = await letterhead(db, day, config)
  const mail = write(language, recipients[0]?.firstName ?? '', day.id)
  const { subject, html, text } = hideMailLinks(mail, say(language, 'days:linkHidden'))
  return { recipients: recipients.length, leftOut, mail: { subject, html, text } }
}

/**
 * Opens sign-up and writes to everybody who has mail, did not opt out and was not written to
 * before: one batch, each mail in its reader's language with its own way out.
 * @param expected the number somebody read and confirmed, any other is refused; null sends nothing.
 */
export async function openSignUp(
  trx: Trx,
  { mailDomain, config }: Setting,
  dayId: string,
  expected: number | null,
  by: string,
  now: Date,
): Promise<{ day: Day; batchId: string | null } | Refusal> {
  const day = await openDay(trx, dayId, by, now)
  if (isRefusal(day)) return day
  if (expected === null) return { day, batchId: null }
  const { recipients } = await audience(trx, day)
  if (recipients.length !== expected) {
    return refuse('recipients-changed', { count: recipients.length })
  }
  if (recipients.length === 0) return { day, batchId: null }
  const batch = { regionId: day.regionId, dayId, purpose: 'sign-up', createdBy: by }
  const batchId = await openBatch(trx, batch, now)
  const ids = recipients.map(({ id }) => id)
  const letters = await lettersTo(trx, day, ids, 'sign-up', now)
  const write = await letterhead(trx, day, config)
  const mails = letters.map(
    ({ head, person, language, inviteeId }): Mail => ({
      ...head,
      batchId,
      ...write(language, person.firstName, inviteeId),
    }),
  )
  await enqueueMails(trx, mails, now, mailDomain)
  return { day, batchId }
}
