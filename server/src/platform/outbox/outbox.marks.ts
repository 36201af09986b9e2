import type { Clock } from '../clock.ts'
import type { Database } from '../postgres/database.ts'
import { markSent } from './outbox.claims.ts'

/** Mails the server took that are not marked yet: what a crash may repeat beside those under way. */
const mostUnmarked = 24
/** How long an accepted mail waits for company. */
const companyMilliseconds = 20

export interface Marks {
  /** Notes a mail as accepted; waits only while too many are noted and not marked. */
  accepted(id: string): Promise<void>
  /** Marks what is noted. */
  settle(): Promise<void>
}

/**
 * Marks accepted mails as sent a few at a time, within an instant of their acceptance. What could
 * not be marked, as when the database is away, is kept and marked before anything is claimed again.
 */
export function outboxMarks(db: Database, clock: Clock): Marks {
  const unmarked = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let last: Promise<void> = Promise.resolve()

  async function mark(): Promise<void> {
    const ids = [...unmarked]
    if (ids.length === 0) return
    await markSent(db, ids, clock.now())
    for (const id of ids) unmarked.delete(id)
  }

  /** One statement after the other, whether or not the one before succeeded. */
  function settle(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    last = last.catch(() => {}).then(mark)
    return last
  }

  return {
    settle,
    async accepted(id) {
      unmarked.add(id)
      if (unmarked.size >= mostUnmarked) await settle()
      else if (unmarked.size === mostUnmarked / 3) settle().catch(() => {})
      else timer ??= setTimeout(() => settle().catch(() => {}), companyMilliseconds)
    },
  }
}
