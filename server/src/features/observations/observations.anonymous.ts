import * as days from '#server/features/days/days.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { readToken, worthOf } from '#server/platform/capabilities.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { hashToken } from '#server/platform/secrets.ts'
import type { AnonymousStatus } from '#shared/observations/observations.contract.ts'
import * as queries from './observations.queries.ts'
import { isObservable, releaseInstant, shuffled, siteOfCrowd } from './observations.rules.ts'
import {
  credentialGeneration,
  credentialKind,
  ideaSourceOf,
  namesOf,
  participationsAt,
  refusalOf,
  type Seen,
} from './observations.service.ts'
import type { IntakePayload } from './observations.table.ts'

// Nothing in this file is given a caller, a session or a person: what it does not know it cannot
// write down.

/** What an author's device sends, its credential verified. */
export interface SentAnonymously extends Seen {
  id: string
  siteId: string | null
  secretHash: string
}

/** Gives a whole number from 0 up to, not including, its argument. */
export type Draw = (below: number) => number

/** More codes than a whole company copies badly from paper in that time. */
export const wrongSecretsPerAddress = { limit: 300, windowMinutes: 10 }

/**
 * The day whose participants share this credential; `credential-renewed` for one its director replaced,
 * `link-expired` for one that is not ours.
 */
export async function dayOfCredential(
  db: Reader,
  credential: string,
  secret: string,
): Promise<string | Refusal> {
  const dayId = readToken(credential)?.id
  if (!dayId) return refuse('link-expired')
  const generation = await credentialGeneration(db, dayId)
  const worth = worthOf(secret, credentialKind, credential, generation)
  if (worth === 'current') return dayId
  return refuse(worth === 'former' ? 'credential-renewed' : 'link-expired')
}

/**
 * Takes an anonymous observation in, to be released later. The id is the only memory of a retry:
 * the same one with the same secret is answered alike, while it waits and afterwards.
 */
export async function receive(
  trx: Trx,
  dayId: string,
  sent: SentAnonymously,
  now: Date,
  draw: Draw,
): Promise<{ received: true } | Refusal> {
  const day = await days.dayById(trx, dayId)
  if (!day) return refuse('link-expired')
  const known = await secretHashOf(trx, sent.id)
  if (known !== undefined) return sameOr(known, sent.secretHash)
  if (!isObservable(day, now)) return refuse('observing-closed')
  const refused = await refusalOf(trx, day.regionId, sent)
  if (refused) return refused
  const participations =
    sent.siteId === null ? [] : await participationsAt(trx, day.id, sent.siteId)
  const payload: IntakePayload = {
    regionId: day.regionId,
    roleId: sent.roleId,
    irritantId: sent.irritantId,
    siteId: siteOfCrowd(participations, sent.siteId, sent.roleId),
    moment: sent.moment,
    frequency: sent.frequency,
    severity: sent.severity,
    situation: sent.situation,
    idea: sent.idea,
    unmasked: sent.unmasked,
    ideaFrom: ideaSourceOf(sent),
    secretHash: sent.secretHash,
    withdrawn: false,
  }
  const releaseAt = releaseInstant(now, draw)
  const isNew = await queries.insertIntake(trx, { id: sent.id, dayId: day.id, payload, releaseAt })
  // Somebody was faster: the same device trying twice, or, never by chance, another secret.
  return isNew ? { received: true } : sameOr(await secretHashOf(trx, sent.id), sent.secretHash)
}

const sameOr = (known: string | null | undefined, secretHash: string) =>
  known === secretHash ? { received: true as const } : refuse('conflict')

/** Undefined where the id is free; null where it belongs to a named observation. */
async function secretHashOf(db: Reader, id: string): Promise<string | null | undefined> {
  const waiting = await queries.intakeById(db, id)
  if (waiting) return waiting.payload.secretHash
  return (await queries.observationById(db, id))?.secret_hash
}

/** What became of an observation, for whoever holds its secret; anybody else learns nothing. */
export async function follow(
  db: Reader,
  id: string,
  secret: string,
): Promise<AnonymousStatus | Refusal> {
  const found = await bySecret(db, id, secret)
  if (!found) return refuse('not-found')
  const { seen, regionId } = found
  const irritants = await days.everyIrritant(db, regionId)
  const roles = await roster.rolesOfRegion(db, regionId)
  const irritant = irritants.find((one) => one.id === seen.irritantId)
  const role = roles.find((one) => one.id === seen.roleId)
  return {
    status: found.status,
    observation: seen,
    irritant: irritant ? namesOf(irritant) : null,
    role: role ? namesOf(role) : null,
  }
}

async function bySecret(db: Reader, id: string, secret: string) {
  const hash = hashToken(secret)
  const waiting = await queries.intakeById(db, id)
  if (waiting) {
    const { regionId, secretHash, siteId: _, withdrawn, ...seen } = waiting.payload
    if (secretHash !== hash) return undefined
    const status = withdrawn ? ('withdrawn' as const) : ('waiting' as const)
    return { status, regionId, seen: { ...seen, dayId: waiting.day_id } }
  }
  const row = await queries.observationById(db, id)
  if (!row || row.secret_hash !== hash) return undefined
  return {
    status: row.withdrawn ? ('withdrawn' as const) : ('kept' as const),
    regionId: row.region_id,
    seen: {
      dayId: row.day_id,
      irritantId: row.irritant_id,
      roleId: row.role_id,
      moment: row.moment,
      frequency: row.frequency,
      severity: row.severity,
      situation: row.situation,
      idea: row.idea,
      unmasked: row.unmasked,
      ideaFrom: row.idea_from,
    },
  }
}

/**
 * Empties and uncounts an observation for whoever holds its secret, waiting or not; again changes
 * nothing. A release at the same moment is waited for, then what it released is withdrawn.
 */
export async function withdraw(
  trx: Trx,
  id: string,
  secret: string,
): Promise<{ withdrawn: true } | Refusal> {
  const hash = hashToken(secret)
  const emptied = { situation: '', idea: '', unmasked: false, withdrawn: true }
  const waiting = await queries.lockIntake(trx, id)
  if (waiting) {
    if (waiting.payload.secretHash !== hash) return refuse('not-found')
    await queries.updateIntake(trx, id, {
      ...waiting.payload,
      ...emptied,
      ideaFrom: null,
      siteId: null,
    })
    return { withdrawn: true }
  }
  const row = await queries.lockObservation(trx, id)
  if (!row || row.secret_hash !== hash) return refuse('not-found')
  await queries.updateObservation(trx, id, { ...emptied, idea_from: null, site_id: null })
  return { withdrawn: true }
}

/** Moves what is due from the intake among the observations: one transaction, shuffled. */
export async function releaseDue(trx: Trx, now: Date, draw: Draw): Promise<number> {
  const due = await queries.takeDue(trx, now)
  if (due.length === 0) return 0
  const rows = due.map(({ id, dayId, payload }) => ({
    id,
    region_id: payload.regionId,
    day_id: dayId,
    role_id: payload.roleId,
    irritant_id: payload.irritantId,
    site_id: payload.siteId,
    moment: payload.moment,
    frequency: payload.frequency,
    severity: payload.severity,
    situation: payload.situation,
    idea: payload.idea,
    unmasked: payload.unmasked,
    idea_from: payload.ideaFrom,
    anonymous: true,
    author_id: null,
    observed_at: null,
    secret_hash: payload.secretHash,
    withdrawn: payload.withdrawn,
  }))
  await queries.insertReleased(trx, shuffled(rows, draw))
  return due.length
}
