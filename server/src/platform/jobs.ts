import type { FastifyBaseLogger } from 'fastify'
import { Logger, type Runner, run, runOnce, type Task } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Database } from './postgres/database.ts'

export type Tasks = Record<string, Task>

/**
 * Works through the parts of a job, so that one that fails stops none behind it.
 * @throws AggregateError with what failed, once all are done: the job is then tried again.
 */
export async function eachApart<T>(parts: readonly T[], work: (part: T) => Promise<void>) {
  const errors: unknown[] = []
  for (const part of parts) {
    try {
      await work(part)
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, String(errors[0]))
}

/** Forgets jobs that failed for good: what they were to do, and for whom, is of no more use. */
export async function forgetFailedJobs(db: Database): Promise<void> {
  await sql`select graphile_worker.complete_jobs(array(
    select id from graphile_worker.jobs where attempts >= max_attempts and locked_at is null
  ))`.execute(db)
}

/** No job takes as long as this; one that did would be done twice, which every job allows for. */
const abandonedAfter = '10 minutes'

/**
 * Lets others take up what a process that died was doing: graphile-worker itself would wait four
 * hours, and with the job whatever stands behind it in its queue.
 */
export async function releaseAbandonedJobs(db: Database): Promise<void> {
  await sql`select graphile_worker.force_unlock_workers(array(
    select locked_by from graphile_worker.jobs
    where locked_at < now() - ${abandonedAfter}::interval
  ))`.execute(db)
}

/**
 * Unbatched, the runner does not wait for the end of a job to be written: stopping would leave it
 * locked for four hours, then run it again. A batch of no delay is waited for.
 */
const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } }

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
    preset,
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

/** Runs what is due, one job after the other, until nothing is; for tests and commands. */
export async function runDueJobs(pool: pg.Pool, tasks: Tasks): Promise<void> {
  const logger = new Logger(() => () => {})
  // One run leaves what stands in a queue behind the job it has just done.
  do await runOnce({ preset, pgPool: pool, taskList: tasks, noHandleSignals: true, logger })
  while (await isAnyDue(pool))
}

async function isAnyDue(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query(`select from graphile_worker._private_jobs jobs
    left join graphile_worker._private_job_queues queues on queues.id = jobs.job_queue_id
    where jobs.is_available and jobs.run_at <= now() and queues.locked_at is null limit 1`)
  return rowCount !== 0
}
