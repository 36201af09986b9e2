import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import pg from 'pg'
import { buildApp, buildServices } from './app.ts'
import { linkPaths } from './links.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { startJobs } from './platform/jobs.ts'
import { type Catcher, startCatcher } from './platform/mail/catcher.ts'
import { openMailbox } from './platform/mail/mailbox.ts'
import { createMailTransport } from './platform/mail/transport.ts'
import { outboxSender } from './platform/outbox/outbox.sender.ts'
import { openDatabase } from './platform/postgres/database.ts'
import { openToOthers, startEmbeddedPostgres } from './platform/postgres/embedded-postgres.ts'
import { migrate } from './platform/postgres/migrate.ts'
import { demoSecret, keyedHash } from './platform/secrets.ts'
import type { Services } from './platform/services.ts'
import { buildTasks, crontab } from './tasks.ts'
import { answerReader, limits } from './use-cases/answer-arrives.ts'
import { repairSetting } from './use-cases/repair-plan.ts'

export interface Installation {
  app: FastifyInstance
  services: Services
  /** The demo's built-in mailbox, where no SMTP_URL is set. */
  catcher: Catcher | undefined
  /** Lets work under way finish, then closes in the reverse order of opening. */
  stop(): Promise<void>
}

/**
 * Opens database, mail, jobs and the application of one installation and listens.
 * @throws Error in plain words when a part does not start; what was already open is closed.
 */
export async function startInstallation(
  config: Config,
  clock: Clock,
  logger: FastifyBaseLogger,
  webFolder?: string,
): Promise<Installation> {
  const closers: (() => Promise<unknown> | unknown)[] = []
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    let url = config.databaseUrl
    if (url === undefined) {
      const server = await startEmbeddedPostgres(await databaseFolder(config, logger), {
        durable: true,
      })
      closers.push(() => server.stop())
      url = await createDatabase(server.serverUrl, 'decoeur')
    }
    const database = openDatabase(url, (error) => logger.warn(`idle connection: ${error.message}`))
    closers.push(() => database.close())
    await migrate(database.db, database.pool)

    const secret = config.sessionSecret ?? (await demoSecret(config.dataDir))
    let catcher: Catcher | undefined
    if (config.smtpUrl === undefined) {
      catcher = await startCatcher({ folder: join(config.dataDir, 'mailbox') })
      closers.push(() => catcher?.stop())
    }
    const transport = createMailTransport({
      smtpUrl: config.smtpUrl ?? catcher?.smtpUrl ?? '',
      envelopeFrom: config.mailFrom,
      redirectTo: config.mailRedirect ?? null,
    })
    closers.push(() => transport.close())

    const wiring = {
      config,
      secret,
      db: database.db,
      databaseUrl: url,
      clock,
      logger,
      ...(webFolder && { webFolder }),
      ...(catcher && { catcher }),
    }
    const services = buildServices(wiring)
    const app = await buildApp(wiring, services)
    closers.push(() => app.close())
    const tasks = buildTasks(services, outboxSender(transport, config, secret, linkPaths))
    const jobs = await startJobs(database.pool, tasks, crontab, logger)
    closers.push(() => jobs.stop())
    if (config.imapUrl) {
      const { db } = database
      const reader = answerReader(db, clock, config.imapAuthserv, repairSetting(services))
      const mailbox = openMailbox(
        { imapUrl: config.imapUrl, databaseUrl: url, db, clock, log: logger, limits },
        reader,
      )
      closers.push(() => mailbox.stop())
    }
    await app.listen({ port: config.port, host: config.host })
    return { app, services, catcher, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Where the embedded cluster lives: under DATA_DIR, unless root runs it below a folder closed to
 * the unprivileged user PostgreSQL must run as.
 */
async function databaseFolder(config: Config, logger: FastifyBaseLogger): Promise<string> {
  const folder = join(config.dataDir, 'postgres')
  await mkdir(config.dataDir, { recursive: true })
  if (process.getuid?.() !== 0 || (await openToOthers(folder))) return folder
  const varTmp = existsSync('/var/tmp') ? '/var/tmp' : tmpdir()
  const elsewhere = join(
    varTmp,
    `10-de-coeur-${keyedHash('', 'data', config.dataDir).slice(0, 12)}`,
  )
  logger.warn(`${config.dataDir} is closed to other users: the database is kept in ${elsewhere}`)
  return elsewhere
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: `${serverUrl}/postgres` })
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
  return `${serverUrl}/${name}`
}
