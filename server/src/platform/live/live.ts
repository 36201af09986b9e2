import type { FastifyBaseLogger } from 'fastify'
import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../postgres/database.ts'
import { channel, keepListening } from './live.listening.ts'

/** What changed, never how: a word and an id, such as `debrief:<day id>`. */
export type Topic = `${string}:${string}`

/** Somebody who wants to hear of topics. */
export interface Follower {
  changed(topic: string): void
  /** The process stops: nothing more will be heard from here. */
  ended(): void
}

/** The one place of a process where changes made by any process of the installation are heard. */
export interface Live {
  /** @returns how to stop following; undefined where this process has as many as it can bear. */
  follow(topics: readonly Topic[], follower: Follower): (() => void) | undefined
  stop(): Promise<void>
}

/** Milliseconds. */
export interface LivePace {
  /** A burst about one topic is told at once, then gathered: at most one telling in this time. */
  gather: number
  /** Before the first new attempt to listen; doubles each time. */
  retry: number
  /** Between two makings sure that the database still knows of us. */
  heartbeat: number
}

const usualPace: LivePace = { gather: 500, retry: 100, heartbeat: 15_000 }

/** Each costs a socket and some kilobytes; a region’s debrief is a few hundred. */
const mostFollowers = 2_000

/**
 * Says in the transaction of a change that something is new about a topic: heard by every process
 * when, and only if, it is committed. No data travels: whoever hears reads again through the
 * ordinary route, where rights and anonymity have their one gate.
 */
export async function notify(trx: Trx, ...topics: Topic[]): Promise<void> {
  for (const topic of topics) await sql`select pg_notify(${channel}, ${topic})`.execute(trx)
}

/** {@link notify} within a statement that finds its topics itself. */
export const notifying = (topic: RawBuilder<unknown>) => sql`pg_notify(${channel}, ${topic})`

/** Listens from the first follower on, on one connection of its own. */
export function openLive(
  databaseUrl: string,
  log: Pick<FastifyBaseLogger, 'warn'>,
  given: Partial<LivePace> = {},
): Live {
  const pace = { ...usualPace, ...given }
  const followers = new Map<string, Set<Follower>>()
  const everybody = new Set<Follower>()
  /** Topics told a moment ago, and whether they changed again since. */
  const gathering = new Map<string, { again: boolean; timer: NodeJS.Timeout }>()
  let listening: { stop(): Promise<void> } | undefined
  let stopped = false

  function heard(topic: string) {
    if (!followers.has(topic)) return
    const gathered = gathering.get(topic)
    if (gathered) {
      gathered.again = true
      return
    }
    const timer = setTimeout(() => {
      const again = gathering.get(topic)?.again
      gathering.delete(topic)
      if (again) heard(topic)
    }, pace.gather)
    gathering.set(topic, { again: false, timer })
    for (const follower of followers.get(topic) ?? []) follower.changed(topic)
  }

  /** What was said while nobody listened is lost: everything may have changed. */
  const caughtUp = () => {
    for (const topic of followers.keys()) heard(topic)
  }

  return {
    follow(topics, follower) {
      if (stopped || everybody.size >= mostFollowers) return undefined
      listening ??= keepListening({ databaseUrl, log, pace }, heard, caughtUp)
      everybody.add(follower)
      for (const topic of topics) {
        const others = followers.get(topic) ?? new Set()
        followers.set(topic, others.add(follower))
      }
      return () => {
        everybody.delete(follower)
        for (const topic of topics) {
          const others = followers.get(topic)
          others?.delete(follower)
          if (others?.size === 0) followers.delete(topic)
        }
      }
    },
    async stop() {
      stopped = true
      for (const { timer } of gathering.values()) clearTimeout(timer)
      for (const follower of [...everybody]) follower.ended()
      await listening?.stop()
    },
  }
}
