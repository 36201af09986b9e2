import { useSyncExternalStore } from 'react'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { observationsRoutes as routes } from '#shared/observations/observations.contract.ts'
import { ApiProblem, call, Unreachable } from '../../app/api.ts'
import { changeKept, dropKept, keepAll, readAllKept, type Writing } from '../../app/device.ts'
import {
  type Entry,
  entrySchema,
  leftOf,
  type Outcome,
  outcomeOf,
  pauseAfter,
  tryEach,
} from './observations.entry.ts'

// Observations on their way: written to this device first, sent from there, forgotten once the
// server has them. The entry’s id is the observation’s, so that any number of tries is one. All
// tabs share the entries; a lock lets one of them send at a time.

export type State = 'kept' | 'sending' | 'sign-in' | 'refused'
export interface Waiting {
  entry: Entry
  state: State
}

let waiting: readonly Waiting[] = []
let sending: string | undefined
const needSignIn = new Set<string>()
const listeners = new Set<() => void>()
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('outbox') : undefined

/** What waits on this device, and each entry’s state, as it changes in any tab. */
export function useOutbox(): readonly Waiting[] {
  return useSyncExternalStore(listen, () => waiting)
}

function listen(heard: () => void) {
  listeners.add(heard)
  return () => listeners.delete(heard)
}

function stateOf(entry: Entry): State {
  if (entry.id === sending) return 'sending'
  if (entry.refused) return 'refused'
  return needSignIn.has(entry.id) ? 'sign-in' : 'kept'
}

async function entries(): Promise<Entry[]> {
  const rows = await readAllKept('outbox').catch(() => [])
  return rows.flatMap(([, value]) => {
    const read = entrySchema.safeParse(value)
    return read.success ? [read.data] : []
  })
}

async function refresh(): Promise<void> {
  waiting = (await entries()).map((entry) => ({ entry, state: stateOf(entry) }))
  for (const heard of listeners) heard()
}

async function changed(): Promise<void> {
  await refresh()
  tabs?.postMessage('changed')
}

/**
 * Puts an observation on its way. Where the browser keeps nothing it is sent at once or not at all.
 * @param together what is written in the same breath: its draft is gone, its code is here. A battery
 * that dies leaves either the draft or the entry with its code, never both or neither.
 * @returns `neither` where it is neither kept nor sent: the screen must hold on to it.
 */
export async function post(
  entry: Entry,
  together: readonly Writing[],
): Promise<'kept' | 'sent' | 'neither'> {
  const isKept = await keepAll([['outbox', entry.id, entry], ...together]).then(
    () => true,
    () => false,
  )
  if (!isKept) {
    if (!(await sendUnkept(entry))) return 'neither'
    await keepAll(together).catch(() => {})
    return 'sent'
  }
  // Browsers throw away what they do not think important; this is.
  void navigator.storage?.persist?.()
  await changed()
  void sendAll()
  return 'kept'
}

/** @throws ApiProblem where the server says no; nothing here would remember it. */
async function sendUnkept(entry: Entry): Promise<boolean> {
  try {
    await send(entry)
    return true
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status < 500) throw error
    return false
  }
}

/** Forgets an entry its author no longer wants sent. */
export async function forget(id: string): Promise<void> {
  await dropKept('outbox', id)
  await changed()
}

let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined

let isQueued = false

/** Sends what can be sent, one tab after the other; what cannot stays, and is tried again by itself. */
export async function sendAll(): Promise<void> {
  clearTimeout(timer)
  // Plain http has no locks: two tabs may then send the same entry, and the server keeps one.
  if (!navigator.locks) return pass()
  // One pass that has yet to begin will see whatever was written meanwhile.
  if (isQueued) return
  isQueued = true
  await navigator.locks.request('outbox', () => {
    isQueued = false
    return pass()
  })
}

/** Who is signed in: asked once a pass, and only where something is signed. */
interface Account {
  id: string | null | undefined
}

async function pass(): Promise<void> {
  const account: Account = { id: undefined }
  const isLater = await tryEach(await entries(), (entry) => tryOne(entry, account))
  failures = isLater ? failures + 1 : 0
  if (isLater) timer = setTimeout(() => void sendAll(), pauseAfter(failures, Math.random()))
}

async function tryOne(entry: Entry, account: Account): Promise<Outcome | 'sent'> {
  sending = entry.id
  await changed()
  const outcome = await outcomeOfSending(entry, account)
  sending = undefined
  if (outcome === 'sign-in') needSignIn.add(entry.id)
  else needSignIn.delete(entry.id)
  // Where the device closed meanwhile it is sent once more, which the server takes for the same.
  await changeKept('outbox', entry.id, (now) => leftOf(now, entry, outcome)).catch(() => {})
  await changed()
  return outcome
}

async function outcomeOfSending(entry: Entry, account: Account): Promise<Outcome | 'sent'> {
  try {
    if (entry.how === 'named') {
      // A shared workstation: what one person signed never leaves under another’s name.
      if (account.id === undefined) account.id = (await call(accountsRoutes.me))?.accountId ?? null
      if (account.id !== entry.accountId) return 'sign-in'
    }
    await send(entry)
    return 'sent'
  } catch (error) {
    if (error instanceof ApiProblem) return outcomeOf(error.problem)
    return error instanceof Unreachable ? 'unreachable' : 'later'
  }
}

/** A connection that hangs is one that failed. */
const patience = 20_000

async function send(entry: Entry): Promise<void> {
  const options = { signal: AbortSignal.timeout(patience) }
  if (entry.how === 'anonymous') {
    const { id, secretHash, credential, siteId } = entry
    const body = { ...entry.seen, id, secretHash, credential, siteId }
    await call(routes.sendAnonymously, { body }, options)
  } else {
    const params = { dayId: entry.dayId, observationId: entry.id }
    await call(routes.putObservation, { params, body: entry.seen }, options)
  }
}

/** Sends what waits from now on: at once, when the network or the reader comes back, or by itself. */
export function startOutbox(): void {
  tabs?.addEventListener('message', () => void refresh())
  addEventListener('online', () => void sendAll())
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void sendAll()
  })
  void refresh().then(sendAll)
}

/**
 * Gives what waits without a name the credential its day has now: one a director replaced while it waited
 * is no fault of its author’s.
 */
export async function renewCredentials(dayId: string, credential: string): Promise<void> {
  for (const entry of await entries()) {
    if (entry.how !== 'anonymous' || entry.dayId !== dayId) continue
    if (entry.credential === credential) continue
    const { refused: _, ...rest } = entry
    await changeKept('outbox', entry.id, (now) => now && { ...rest, credential })
  }
  await changed()
  await sendAll()
}

/** A refused one is tried once more when its author asks for it. */
export async function tryAgain(entry: Entry): Promise<void> {
  const { refused: _, ...rest } = entry
  await changeKept('outbox', entry.id, (now) => now && rest)
  await changed()
  await sendAll()
}
