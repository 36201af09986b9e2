import type { FastifyBaseLogger } from 'fastify'
import { Logger, type Runner, run, type Task } from 'graphile-worker'
import type pg from 'pg'

export type Tasks = Record<string, Task>

/**
 * Starts the job runner on the application's pool.
 * @param crontab lines in UTC, as graphile-worker reads them; tasks decide in the region's time.
 */
export function startJobs(
  pool: pg.Pool,
  tasks: Tasks,
  crontab: string,
  log: FastifyBaseLogger,
): Promise<Runner> {
  return run({
    pgPool: pool,
    taskList: tasks,
    crontab,
    concurrency: 3,
    noHandleSignals: true,
    pollInterval: 2_000,
    // On stopping, long jobs hear of it at once and end after the step under way.
    gracefulShutdownAbortTimeout: 1,
    // Job names and errors only: payloads may hold addresses.
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.error(message)
      else if (level === 'warning') log.warn(message)
    }),
  })
}
