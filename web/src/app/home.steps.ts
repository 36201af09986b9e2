import type { Me } from '#shared/accounts/accounts.contract.ts'
import type { HomeDay, ToldDay } from '#shared/home/home.contract.ts'
import type { HomeWorkshop } from '#shared/workshops/workshops.links.contract.ts'
import { drawingOf } from '../features/roster/roster.cards.ts'
import type { DrawingName } from '../ui/drawings/Drawing.tsx'
import { directedRegions, isAdministrator, trainedRegions } from './grants.ts'
import type { Words } from './words.ts'

/** One thing that may be expected of somebody; `key` names its words in the catalogue. */
export interface Step {
  key: string
  /** Something is asked for now; the others only tell where things stand. */
  asks: boolean
  day?: HomeDay
  drawing?: DrawingName
  values?: Record<string, string | number>
  to: string
}

/** What the server tells of a person’s first screen. */
interface Home {
  days: HomeDay[]
  workshops: HomeWorkshop[]
  openActions: number
  changes: ToldDay[]
}

/**
 * What is expected of a person now, most pressing first: the meeting one is awaited at, what one saw of
 * it, what others wait for, one’s own wishes; then what is good to know, what became of it first.
 */
export function stepsFor(
  me: Me,
  { days, workshops, openActions, changes }: Home,
  say: Words,
): Step[] {
  const steps: Step[] = changes.map(({ id, name, date }) => ({
    key: 'changes',
    asks: false,
    values: { name, date: say.date(date) },
    to: `/journees/${id}/ce-qui-a-change`,
  }))
  const isAwaited = (workshop: HomeWorkshop) => 'awaited' in workshop && workshop.awaited
  const ofWorkshop = (workshop: HomeWorkshop) => stepOfWorkshop(workshop, say)
  steps.push(...workshops.filter(isAwaited).map(ofWorkshop))
  steps.push(...days.flatMap((day) => [...stepsOfDay(day, say)]))
  steps.push(...workshops.filter((workshop) => !isAwaited(workshop)).map(ofWorkshop))
  if (openActions > 0) {
    steps.push({ key: 'actions', asks: true, values: { count: openActions }, to: '/mes-actions' })
  }
  const [region] = directedRegions(me)
  if (region && !days.some((day) => day.directing)) {
    steps.push({ key: 'directorFirst', asks: true, to: `/regions/${region}/effectifs` })
  }
  const [trained] = trainedRegions(me)
  if (trained && !region) {
    steps.push({ key: 'trainer', asks: steps.length === 0, to: `/regions/${trained}/rappels` })
  }
  if (isAdministrator(me)) {
    const asks = steps.length === 0
    steps.push({ key: 'administrator', asks, drawing: 'office', to: '/regions' })
  }
  return [...steps.filter(({ asks }) => asks), ...steps.filter(({ asks }) => !asks)]
}

/** Each leads to the reader’s own page, the one their mails open. */
function stepOfWorkshop(workshop: HomeWorkshop, say: Words): Step {
  const { timeZone, token } = workshop
  const title = say.name(workshop)
  const to = workshop.part === 'leading' ? `/animation/${token}` : `/atelier/${token}`
  if (workshop.part === 'asked') {
    const values = { title, until: say.until(workshop.until, timeZone) }
    return { key: 'workshopAsked', asks: true, values, to }
  }
  const values = {
    title,
    where: workshop.where,
    when: say.until(workshop.startsAt, timeZone),
    hour: say.hour(workshop.startsAt, timeZone),
  }
  if (workshop.part === 'offered') {
    const until = say.until(workshop.until, timeZone)
    return { key: 'workshopOffered', asks: true, values: { ...values, until }, to }
  }
  const [today, toCome] =
    workshop.part === 'leading'
      ? ['workshopLedToday', 'workshopLed']
      : ['workshopSeatedToday', 'workshopSeated']
  const asks = workshop.awaited
  return { key: asks ? today : toCome, asks, values, to }
}

function* stepsOfDay(day: HomeDay, say: Words): Generator<Step> {
  const at = `/journees/${day.id}`
  const date = say.date(day.date)
  const today = [...stepsOfToday(day, say)]
  yield* today.filter(({ asks }) => asks)
  if (day.debriefing && !day.directing)
    yield { key: 'debrief', asks: true, day, values: { name: day.name }, to: '/debrief' }
  if (day.observing)
    yield { key: 'observe', asks: true, day, values: { date }, to: `${at}/observer` }
  if (day.directing)
    yield { key: 'direct', asks: true, day, values: { date, name: day.name }, to: at }
  for (const site of day.coordinating) {
    const values = { site: site.siteName, count: site.toRelease, date }
    const asks = site.toRelease > 0
    const to = `/sites/${site.siteId}/journees/${day.id}`
    if (day.today) {
      yield { key: 'arrivals', asks: true, day, values, to: `${to}/arrivees` }
      continue
    }
    if (day.past) {
      yield { key: 'coordinated', asks: false, day, values, to }
      continue
    }
    yield { key: asks ? 'release' : 'coordinate', asks, day, values, to }
  }
  yield* today.filter(({ asks }) => !asks)
  if (!day.past) yield* stepsOfHost(day, say)
  if (day.thanks?.received) {
    const values = { count: day.thanks.received }
    yield { key: 'thanked', asks: false, day, values, to: `${at}/merci` }
  }
  if (day.thanks?.toThank) {
    const values = { host: day.thanks.toThank }
    yield { key: 'thank', asks: false, day, values, to: `${at}/merci` }
  }
  if (!day.past) yield* stepsOfGuest(day, say)
}

/** What one offers, by slot; places nobody comes to stand together. */
function* stepsOfHost(day: HomeDay, say: Words): Generator<Step> {
  const at = `/journees/${day.id}`
  const date = say.date(day.date)
  const offered = day.hosting.filter((slot) => slot.status !== 'proposed' && slot.guests === 0)
  const gathered = offered.length > 1
  for (const slot of day.hosting) {
    if (gathered && offered.includes(slot)) continue
    if (isToday(day, slot)) continue
    const values = {
      role: say.name(roleOf(slot)),
      site: slot.siteName,
      date,
      hour: say.hour(slot.startsAt, day.timeZone),
      count: slot.guests,
    }
    const asks = slot.status === 'proposed' || (slot.guests > 0 && slot.answer === null)
    const key =
      slot.status === 'proposed' ? 'hostAsked' : slot.guests > 0 ? 'hostMeets' : 'hostOffers'
    yield { key, asks, day, drawing: drawingOf(slot), values, to: `${at}/mes-creneaux` }
  }
  if (gathered) {
    const site = [...new Set(offered.map(({ siteName }) => siteName))].join(', ')
    const values = { site, count: offered.length, date }
    yield { key: 'hostOffersMany', asks: false, day, values, to: `${at}/mes-creneaux` }
  }
}

/** From one’s wishes to the place they became. */
function* stepsOfGuest(day: HomeDay, say: Words): Generator<Step> {
  const at = `/journees/${day.id}`
  const date = say.date(day.date)
  const { guest } = day
  if (!guest) return
  // On the day itself, its sheet stands first.
  if (day.today && guest.placement) return
  if (guest.placement) {
    const { placement } = guest
    const values = {
      role: say.name(roleOf(placement)),
      site: placement.siteName,
      host: placement.hostFirstName,
      date,
      hour: say.hour(placement.startsAt, day.timeZone),
    }
    const asks = placement.answer === null
    const key = asks ? 'placed' : 'placedSaid'
    yield { key, asks, day, drawing: drawingOf(placement), values, to: `${at}/ma-carte` }
  } else if (guest.offer) {
    const { offer } = guest
    const values = {
      role: say.name(roleOf(offer)),
      site: offer.siteName,
      hour: say.hour(offer.startsAt, day.timeZone),
      until: say.until(offer.expiresAt, day.timeZone),
    }
    const to = `${at}/ma-carte`
    yield { key: 'offered', asks: true, day, drawing: drawingOf(offer), values, to }
  } else if (guest.signUp === 'open') {
    const until = say.until(guest.signUpClosesAt, day.timeZone)
    const key = guest.signedUp ? 'signedUp' : 'signUp'
    yield { key, asks: !guest.signedUp, day, values: { date, until }, to: `${at}/voeux` }
  } else if (guest.signedUp) {
    const key = day.published ? 'unplaced' : 'waiting'
    yield {
      key,
      asks: false,
      day,
      values: { date },
      to: `${at}/${day.published ? 'ma-carte' : 'voeux'}`,
    }
  } else if (guest.signUp === 'not-open' && !day.directing) {
    yield { key: 'soon', asks: false, day, values: { date }, to: `${at}/mes-creneaux` }
  }
}

/**
 * On the day itself the sheet: it comes first as long as one is awaited (when, where, whom to ask for,
 * « je suis là »), and stays at hand afterwards.
 */
function* stepsOfToday(day: HomeDay, say: Words): Generator<Step> {
  const placement = day.guest?.placement
  if (day.today && placement) {
    const values = {
      role: say.name(roleOf(placement)),
      site: placement.siteName,
      host: placement.hostFirstName,
      hour: say.hour(placement.startsAt, day.timeZone),
    }
    const to = `/affectations/${placement.placementId}/fiche`
    const asks = placement.stage === 'awaited'
    const key = asks ? 'todayGuest' : 'sheetGuest'
    yield { key, asks, day, drawing: drawingOf(placement), values, to }
  }
  for (const slot of day.hosting.filter((one) => isToday(day, one))) {
    const values = {
      site: slot.siteName,
      hour: say.hour(slot.startsAt, day.timeZone),
      count: slot.guests,
    }
    const to = `/creneaux/${slot.slotId}/fiche`
    const asks = slot.stage === 'awaited'
    const key = asks ? 'todayHost' : 'sheetHost'
    yield { key, asks, day, drawing: drawingOf(slot), values, to }
  }
}

const isToday = (day: HomeDay, { status, guests }: HomeDay['hosting'][number]) =>
  day.today && status === 'accepted' && guests > 0

const roleOf = ({ roleNameFr, roleNameEn }: { roleNameFr: string; roleNameEn: string }) => ({
  nameFr: roleNameFr,
  nameEn: roleNameEn,
})
