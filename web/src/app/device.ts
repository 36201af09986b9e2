import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

// The one store of this device (IndexedDB): answers of the server to read again with no network,
// what is being written, what waits to be sent, the codes of what was sent without a name, ballots,
// and how far one is in a reminder. Values are read back with a schema, since an older version of the
// app may have written them. Every function throws where the browser keeps nothing (private windows,
// closed by settings, full): who calls says what happens then.

const stores = ['answers', 'drafts', 'outbox', 'codes', 'ballots', 'reminders'] as const
type Store = (typeof stores)[number]
type Shape = DBSchema & { [name in Store]: { key: string; value: unknown } }

const name = '10-de-coeur'
/** One more whenever a store is added; none is ever taken away, so that older tabs can go on. */
const version = 3

let opened: Promise<IDBPDatabase<Shape>> | undefined

function device(): Promise<IDBPDatabase<Shape>> {
  if (opened) return opened
  const hooks = {
    // A later version of the app, in another tab, wants to change it: let it, and stand ready behind
    // it, so that the next writing need not wait for an opening and be lost with a tab closed at once.
    blocking() {
      void opening.then((db) => db.close())
      opened = undefined
      device().catch(() => {})
    },
    terminated() {
      opened = undefined
    },
  }
  const opening = openDB<Shape>(name, version, {
    upgrade(db) {
      for (const store of stores) {
        if (!db.objectStoreNames.contains(store)) db.createObjectStore(store)
      }
    },
    ...hooks,
  }).catch((error: unknown) => {
    // That later version has changed it: what this one knows is still there, and still to be kept.
    if (error instanceof DOMException && error.name === 'VersionError') {
      return openDB<Shape>(name, undefined, hooks)
    }
    throw error
  })
  // A failure is not remembered: storage may be opened in the settings meanwhile.
  opening.catch(() => {
    opened = undefined
  })
  opened = opening
  return opening
}

export async function readKept(store: Store, key: string): Promise<unknown> {
  return (await device()).get(store, key)
}

export async function readAllKept(store: Store): Promise<[key: string, value: unknown][]> {
  const transaction = (await device()).transaction(store)
  const [keys, values] = await Promise.all([
    transaction.store.getAllKeys(),
    transaction.store.getAll(),
  ])
  return keys.map((key, at) => [key, values[at]])
}

/** A value and where it is to be; `undefined` is to be forgotten. */
export type Writing = readonly [store: Store, key: string, value: unknown]

/**
 * Several writings, all or none, whatever dies between them. Resolves once they are on the disk, not
 * merely on their way there: a battery may die. They have left the page long before, so that a tab
 * closed at once loses nothing either; writings of one store arrive in the order they were asked for.
 */
export async function keepAll(writings: readonly Writing[]): Promise<void> {
  const touched = [...new Set(writings.map(([store]) => store))]
  const transaction = (await device()).transaction(touched, 'readwrite', { durability: 'strict' })
  const written = writings.map(([at, key, value]) => {
    const store = transaction.objectStore(at)
    return value === undefined ? store.delete(key) : store.put(value, key)
  })
  // Without it the browser waits to hear whether more comes, and undoes what a closed tab began.
  transaction.commit()
  await Promise.all([...written, transaction.done])
}

export const keep = (store: Store, key: string, value: unknown) => keepAll([[store, key, value]])

export const dropKept = (store: Store, key: string) => keepAll([[store, key, undefined]])

/** Puts in the place of what is there now what that gives; `undefined` forgets it. */
export async function changeKept(
  store: Store,
  key: string,
  change: (now: unknown) => unknown,
): Promise<void> {
  const transaction = (await device()).transaction(store, 'readwrite', { durability: 'strict' })
  const now = await transaction.store.get(key)
  const then = change(now)
  if (then === undefined) await transaction.store.delete(key)
  else if (then !== now) await transaction.store.put(then, key)
  await transaction.done
}
