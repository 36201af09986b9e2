import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import type { LivePace } from './live.ts'

/** One channel for everything: PostgreSQL keeps it within the database. */
export const channel = 'live'

const longestRetry = 10_000

interface Setting {
  databaseUrl: string
  log: Pick<FastifyBaseLogger, 'warn'>
  pace: LivePace
}

/**
 * Hears every notification of the database for as long as the process runs, on a connection of its
 * own (a pooled one would be handed to others). A connection that breaks is opened again, patiently.
 * @param caughtUp called whenever listening begins: what was said before went unheard.
 */
export function keepListening(
  setting: Setting,
  heard: (topic: string) => void,
  caughtUp: () => void,
): { stop(): Promise<void> } {
  const { log, pace } = setting
  const stopping = new AbortController()
  const { signal } = stopping
  async function keepOn() {
    let failures = 0
    while (!signal.aborted) {
      try {
        await listen(setting, signal, heard, () => {
          failures = 0
          caughtUp()
        })
        if (!signal.aborted) log.warn('the connection that hears of changes was lost')
      } catch (error) {
        // The code alone: the driver’s message may quote the address of the database.
        log.warn(`changes cannot be heard: ${(error as { code?: string }).code ?? 'no connection'}`)
      }
      const wait = Math.min(longestRetry, pace.retry * 2 ** failures)
      failures += 1
      await pause(wait, undefined, { signal }).catch(() => {})
    }
  }
  const running = keepOn()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Until the signal comes or the connection is lost. */
async function listen(
  { databaseUrl, pace }: Setting,
  signal: AbortSignal,
  heard: (topic: string) => void,
  begun: () => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: channel,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
    keepAlive: true,
  })
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  client.on('error', () => end())
  client.on('end', () => end())
  client.on('notification', ({ payload }) => payload && heard(payload))
  signal.addEventListener('abort', () => end(), { once: true })
  let heartbeat: NodeJS.Timeout | undefined
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
    begun()
    // A half-open connection says nothing by itself.
    heartbeat = setInterval(() => client.query('select').catch(() => end()), pace.heartbeat)
    if (!signal.aborted) await over
  } finally {
    clearInterval(heartbeat)
    await client.end().catch(() => {})
  }
}
