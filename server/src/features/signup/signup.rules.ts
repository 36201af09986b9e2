import type { ProblemCode } from '#shared/problems/problems.ts'
import type { WishPlace } from '#shared/signup/signup.vocabulary.ts'

/** What is asked for; null is « any », and `siteId` and `radiusKm` belong to their place. */
export interface Wish {
  roleId: string | null
  periodId: string | null
  place: WishPlace
  siteId: string | null
  radiusKm: number | null
}

/** 1 is what one would like best. */
export interface RankedWish extends Wish {
  rank: number
}

/** The hours of a slot; two slots that only touch do not overlap. */
export interface Hours {
  startsAt: Date
  endsAt: Date
}

export interface WishedSlot extends Hours {
  id: string
  siteId: string
  roleId: string
  hostId: string
  periodId: string
}

export interface PlacedSite {
  id: string
  town: string
  latitude: number | null
  longitude: number | null
}

/** Who wishes, with what keeps slots from them: their own role, and the hours they host. */
export interface Wisher {
  personId: string
  siteId: string
  ownRoleId: string | null
  hosting: readonly Hours[]
}

/**
 * Great-circle distance in kilometres on a sphere of 6,371 km, by the haversine formula
 * (R. W. Sinnott, « Virtues of the Haversine », Sky and Telescope 68, 1984).
 */
export function kilometresBetween(
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const h =
    half(a.latitude, b.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude)
  return 2 * 6_371 * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** `Saint-Étienne` and `SAINT ETIENNE` are one town: files of two services rarely agree. */
function townKey(town: string): string {
  return town
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

const sameTown = (a: PlacedSite, b: PlacedSite) => townKey(a.town) === townKey(b.town)

/**
 * The sites a wish reaches from one's own, as a test to ask of each slot. A site without
 * coordinates counts as near only in one's own town.
 */
export function placeFits(
  wish: Pick<Wish, 'place' | 'siteId' | 'radiusKm'>,
  homeId: string,
  sites: ReadonlyMap<string, PlacedSite>,
): (siteId: string) => boolean {
  if (wish.place === 'any') return () => true
  if (wish.place === 'site') return (siteId) => siteId === wish.siteId
  const home = sites.get(homeId)
  const known = new Map<string, boolean>()
  const reaches = (siteId: string) => {
    if (siteId === homeId) return true
    const site = sites.get(siteId)
    if (!home || !site) return false
    if (wish.place === 'town') return sameTown(home, site)
    const from = located(home)
    const to = located(site)
    if (!from || !to) return sameTown(home, site)
    return kilometresBetween(from, to) <= (wish.radiusKm ?? 0)
  }
  return (siteId) => {
    const already = known.get(siteId)
    if (already !== undefined) return already
    const fits = reaches(siteId)
    known.set(siteId, fits)
    return fits
  }
}

function located({ latitude, longitude }: PlacedSite) {
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

export const overlap = (a: Hours, b: Hours) => a.startsAt < b.endsAt && b.startsAt < a.endsAt

/** Whether somebody could be a guest there at all: not their own role, not while they host. */
export function mayShadow(wisher: Wisher, slot: WishedSlot): boolean {
  return (
    slot.hostId !== wisher.personId &&
    slot.roleId !== wisher.ownRoleId &&
    !wisher.hosting.some((hours) => overlap(hours, slot))
  )
}

/** Every slot a wish stands for, in the order of `slots`. The whole day is a period like others. */
export function slotsForWish<Slot extends WishedSlot>(
  wish: Wish,
  wisher: Wisher,
  slots: readonly Slot[],
  sites: ReadonlyMap<string, PlacedSite>,
): Slot[] {
  const fitsPlace = placeFits(wish, wisher.siteId, sites)
  return slots.filter(
    (slot) =>
      (wish.roleId === null || wish.roleId === slot.roleId) &&
      (wish.periodId === null || wish.periodId === slot.periodId) &&
      fitsPlace(slot.siteId) &&
      mayShadow(wisher, slot),
  )
}

/** All of somebody's wishes at once; a slot reached by two counts at the lower rank. */
export function expandWishes(
  wishes: readonly RankedWish[],
  wisher: Wisher,
  slots: readonly WishedSlot[],
  sites: ReadonlyMap<string, PlacedSite>,
): { slot: string; rank: number }[] {
  const ranks = new Map<string, number>()
  for (const wish of wishes.toSorted((a, b) => a.rank - b.rank)) {
    for (const { id } of slotsForWish(wish, wisher, slots, sites)) {
      if (!ranks.has(id)) ranks.set(id, wish.rank)
    }
  }
  return [...ranks].map(([slot, rank]) => ({ slot, rank }))
}

export interface SignUpTimes {
  signUpOpenedAt: Date | null
  signUpClosedAt: Date | null
  signUpClosesAt: Date
  cancelledAt: Date | null
}

/** Why wishes cannot be handed in now, or undefined while they can. */
export function signUpRefusal(day: SignUpTimes, now: Date): ProblemCode | undefined {
  if (day.cancelledAt) return 'day-cancelled'
  if (!day.signUpOpenedAt) return 'sign-up-not-open'
  if (day.signUpClosedAt || now > day.signUpClosesAt) return 'sign-up-closed'
  return undefined
}

const wishKey = (wish: Wish) =>
  JSON.stringify([wish.roleId, wish.periodId, wish.place, wish.siteId, wish.radiusKm])

/** True when two wishes ask for the very same thing: the second would be a lost place in the hand. */
export function repeatsItself(wishes: readonly Wish[]): boolean {
  return new Set(wishes.map(wishKey)).size < wishes.length
}
