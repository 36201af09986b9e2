import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { sendProgrammes } from '#server/features/programmes/programmes.sending.ts'
import { type Database, openDatabase } from '#server/platform/postgres/database.ts'

// Whoever sends over the six months, and what happens to them: killed, or cut from their database.

/** How often a sender was killed, or cut from its database, before it was done. */
export const counted = { kills: 0, cuts: 0 }

/** Sends what is due at an instant, in this process. */
export async function send(db: Database, instant: Date): Promise<void> {
  await sendProgrammes(db, instant, 'coeur.example')
}

/**
 * Makes the database itself cut a connection named « cut »: while a mail is being written, or at the
 * very commit. One named « slow » writes slowly, so that killing its process falls into it.
 */
export async function armDatabase(db: Database): Promise<void> {
  await sql`create function cut_under_it() returns trigger language plpgsql as $$
    begin
      case current_setting('application_name')
        when 'cut' then
          if random() < 0.02 then perform pg_terminate_backend(pg_backend_pid()); end if;
        when 'slow' then perform pg_sleep(0.002);
        else
      end case;
      return null;
    end $$`.execute(db)
  await sql`create trigger cut after insert on outbox
    for each row execute function cut_under_it()`.execute(db)
  await sql`create constraint trigger cut after insert on programme_mails
    deferrable initially deferred for each row execute function cut_under_it()`.execute(db)
}

/** The same over a connection that may be cut under it, with what it is writing. */
export async function sendCut(url: string, instant: Date): Promise<void> {
  const { db, close } = openDatabase(`${url}?application_name=cut`, () => {})
  const outcome = await send(db, instant).catch(() => 'cut')
  if (outcome === 'cut') counted.cuts++
  await close()
}

const program = fileURLToPath(new URL('./six-months.program.ts', import.meta.url))

/**
 * The same in a process of its own, killed while it is at it.
 * @param share of the time it is given, 0 to 1.
 */
export async function sendKilled(
  { db, url }: { db: Database; url: string },
  instant: Date,
  share: number,
): Promise<void> {
  const child = spawn(process.execPath, [
    program,
    `${url}?application_name=slow`,
    instant.toISOString(),
  ])
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  await new Promise((begun) => child.stdout.once('data', begun))
  await sql`select pg_sleep(${share * 0.3})`.execute(db)
  child.kill('SIGKILL')
  if ((await ended) === null) counted.kills++
  await letGo(db)
}

/** Until the database has noticed that the process is gone: what it had claimed is free only then. */
async function letGo(db: Database): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
    where datname = current_database() and application_name = 'slow'`.execute(db)
  if (rows.length === 0) return
  await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and application_name = 'slow'`.execute(db)
  await letGo(db)
}
