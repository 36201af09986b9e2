/**
 * Reads what hundreds ask for at once, once: whoever asks while a read of the same thing is under way
 * shares the next one. So nobody is given what was read before they asked.
 * `const together = sharedReads(); await together('room A1B2C3', () => roomOf(db, …))`
 */
export function sharedReads() {
  const underWay = new Map<string, Promise<unknown>>()
  const next = new Map<string, Promise<unknown>>()

  function start<T>(key: string, read: () => Promise<T>): Promise<T> {
    next.delete(key)
    const reading = read()
    underWay.set(key, reading)
    const over = () => {
      if (underWay.get(key) === reading) underWay.delete(key)
    }
    reading.then(over, over)
    return reading
  }

  return function together<T>(key: string, read: () => Promise<T>): Promise<T> {
    const shared = next.get(key)
    if (shared !== undefined) return shared as Promise<T>
    const before = underWay.get(key)
    if (before === undefined) return start(key, read)
    const after = before.then(
      () => start(key, read),
      () => start(key, read),
    )
    next.set(key, after)
    return after
  }
}
