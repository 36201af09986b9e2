import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

// The one store of this device (IndexedDB): answers of the server to read again with no network,
// what is being written, and what waits to be sent. Values are read back with a schema, since an
// older version of the app may have written them. Every function throws where the browser keeps
// nothing (private windows, closed by settings, full): who calls says what happens then.

const stores = ['answers', 'drafts', 'outbox'] as const
type Store = (typeof stores)[number]
type Shape = DBSchema & { [name in Store]: { key: string; value: unknown } }

let opened: Promise<IDBPDatabase<Shape>> | undefined

function device(): Promise<IDBPDatabase<Shape>> {
  if (opened) return opened
  const opening = openDB<Shape>('10-de-coeur', 1, {
    upgrade(db) {
      for (const store of stores) db.createObjectStore(store)
    },
    // A later version of the app, in another tab, wants to change it: let it.
    blocking() {
      void opening.then((db) => db.close())
      opened = undefined
    },
    terminated() {
      opened = undefined
    },
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

/**
 * Resolves once the value is on the disk, not merely on its way there: a battery may die. It has
 * left the page long before, so that a tab closed at once loses nothing either; writings of one
 * store arrive in the order they were asked for.
 */
export async function keep(store: Store, key: string, value: unknown): Promise<void> {
  const transaction = (await device()).transaction(store, 'readwrite', { durability: 'strict' })
  const put = transaction.store.put(value, key)
  // Without it the browser waits to hear whether more comes, and undoes what a closed tab began.
  transaction.commit()
  await Promise.all([put, transaction.done])
}

/** Forgets a value; with `isStill`, only where it is that one, nothing written meanwhile. */
export async function dropKept(
  store: Store,
  key: string,
  isStill: (value: unknown) => boolean = () => true,
): Promise<void> {
  const transaction = (await device()).transaction(store, 'readwrite', { durability: 'strict' })
  if (isStill(await transaction.store.get(key))) await transaction.store.delete(key)
  await transaction.done
}
