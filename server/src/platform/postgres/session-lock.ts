import pg from 'pg'

/** How often a holder makes sure that the database still knows of it. */
const heartbeatMilliseconds = 15_000

/**
 * Works while this process alone holds an advisory lock, on a connection of its own: when the
 * process dies the connection goes, and the lock with it.
 * @param work ends soon after its signal, which comes when the caller stops or the lock is lost.
 * @returns false when another process holds the lock.
 */
export async function whileLocked(
  databaseUrl: string,
  key: number,
  stopping: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  })
  const lost = new AbortController()
  const lose = () => lost.abort()
  client.on('error', lose)
  client.on('end', lose)
  await client.connect()
  try {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as held', [key])
    if (!rows[0].held) return false
    const heartbeat = setInterval(() => client.query('select').catch(lose), heartbeatMilliseconds)
    try {
      await work(AbortSignal.any([stopping, lost.signal]))
    } finally {
      clearInterval(heartbeat)
    }
    return true
  } finally {
    await client.end().catch(() => {})
  }
}
