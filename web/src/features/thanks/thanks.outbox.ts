import { useSyncExternalStore } from 'react'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { thanksRoutes as routes } from '#shared/thanks/thanks.contract.ts'
import { ApiProblem, call } from '../../app/api.ts'
import { changeKept, dropKept, keep, readAllKept } from '../../app/device.ts'
import { outcomeOf } from '../observations/observations.entry.ts'
import { cardPause, type KeptCard, keptCardSchema, keyOf, leftOf } from './thanks.entry.ts'

// Cards on their way: written to this device first, forgotten once the server has them. They share a
// store with observations and each reads back only what is its own; they never leave together.

let kept: readonly KeptCard[] = []
const listeners = new Set<() => void>()
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('cards') : undefined

/** The cards that wait on this device, as they change in any tab. */
export function useKeptCards(): readonly KeptCard[] {
  return useSyncExternalStore(listen, () => kept)
}

function listen(heard: () => void) {
  listeners.add(heard)
  return () => listeners.delete(heard)
}

async function refresh(): Promise<void> {
  const rows = await readAllKept('outbox').catch(() => [])
  kept = rows.flatMap(([, value]) => {
    const read = keptCardSchema.safeParse(value)
    return read.success ? [read.data] : []
  })
  for (const heard of listeners) heard()
}

async function changed(): Promise<void> {
  await refresh()
  tabs?.postMessage('changed')
}

/**
 * Puts a card on its way and tries at once: its author has just pressed.
 * @throws ApiProblem where the server says no, and whatever went wrong where the browser keeps nothing:
 * the screen must hold on to it.
 */
export async function postCard(card: KeptCard): Promise<'sent' | 'kept'> {
  const isKept = await keep('outbox', keyOf(card.door), card).then(
    () => true,
    () => false,
  )
  try {
    await send(card)
  } catch (error) {
    if (error instanceof ApiProblem && typeof outcomeOf(error.problem) === 'object') {
      await forgetCard(card.door)
      throw error
    }
    if (!isKept) throw error
    await changed()
    sendLater()
    return 'kept'
  }
  await settle(card, 'sent')
  return 'sent'
}

/** Forgets a card its author does not want sent. */
export async function forgetCard(door: KeptCard['door']): Promise<void> {
  await dropKept('outbox', keyOf(door)).catch(() => {})
  await changed()
}

async function settle(card: KeptCard, outcome: Parameters<typeof leftOf>[2]): Promise<void> {
  await changeKept('outbox', keyOf(card.door), (now) => leftOf(now, card, outcome)).catch(() => {})
  await changed()
}

/** A connection that hangs is one that failed. */
const patience = 20_000

async function send({ door, card }: KeptCard): Promise<void> {
  const options = { signal: AbortSignal.timeout(patience) }
  if (door.by === 'placement') {
    await call(routes.writeByLink, { params: { token: door.token }, body: card }, options)
  } else await call(routes.write, { params: { dayId: door.dayId }, body: card }, options)
}

/** A shared workstation: what one person wrote never leaves under another’s name. */
async function isAuthorHere({ door }: KeptCard): Promise<boolean> {
  if (door.by === 'placement') return true
  return (await call(accountsRoutes.me))?.accountId === door.accountId
}

async function sendKept(): Promise<void> {
  await refresh()
  for (const card of kept) {
    if (card.refused !== undefined) continue
    try {
      if (!(await isAuthorHere(card))) continue
      await send(card)
      await settle(card, 'sent')
    } catch (error) {
      const outcome = error instanceof ApiProblem ? outcomeOf(error.problem) : 'later'
      await settle(card, typeof outcome === 'object' ? { no: outcome.title } : 'later')
    }
  }
  if (kept.some(({ refused }) => refused === undefined)) sendLater()
}

let timer: ReturnType<typeof setTimeout> | undefined

/** After a while drawn anew each time, one tab at a time where the browser has locks. */
function sendLater(): void {
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (navigator.locks) void navigator.locks.request('cards', sendKept)
    else void sendKept()
  }, cardPause(Math.random()))
}

/** Sends what waits from now on, apart from everything else that leaves when a network comes back. */
export function startCards(): void {
  tabs?.addEventListener('message', () => void refresh())
  addEventListener('online', sendLater)
  void refresh().then(() => kept.length > 0 && sendLater())
}
