import { text } from 'node:stream/consumers'
import type { FastifyBaseLogger, FastifyInstance, InjectOptions } from 'fastify'
import { z } from 'zod'
import { buildApp, buildServices } from '#server/app.ts'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { linkPaths } from '#server/links.ts'
import { type Config, readConfig } from '#server/platform/config.ts'
import { runDueJobs } from '#server/platform/jobs.ts'
import { type Catcher, type CatcherOptions, startCatcher } from '#server/platform/mail/catcher.ts'
import { createMailTransport } from '#server/platform/mail/transport.ts'
import { outboxSender } from '#server/platform/outbox/outbox.sender.ts'
import { inTransaction, type OpenDatabase } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { buildTasks } from '#server/tasks.ts'
import type { AnsweringRoute, RouteCall, RouteOutput } from '#shared/contract.ts'
import type { Problem } from '#shared/problems/problems.ts'
import { cloneDatabase } from './database.ts'

/** A clock that stands still until the test moves it. */
export class TestClock {
  #now = new Date('2027-03-01T09:00:00Z')
  now = () => this.#now
  set(instant: string) {
    this.#now = new Date(instant)
  }
  advance({
    days = 0,
    hours = 0,
    minutes = 0,
  }: {
    days?: number
    hours?: number
    minutes?: number
  }) {
    const milliseconds = ((days * 24 + hours) * 60 + minutes) * 60_000
    this.#now = new Date(this.#now.getTime() + milliseconds)
  }
}

/** What a call answered: the parsed body where it went well, the problem where it did not. */
export type Answer<T> =
  | { status: number; body: T; problem?: undefined }
  | { status: number; body?: undefined; problem: Problem }

/** Somebody calling the API: nobody in particular, or one account with its session cookie. */
export interface Caller {
  call<const C extends AnsweringRoute>(
    contract: C,
    ...input: CallInput<C>
  ): Promise<Answer<RouteOutput<C>>>
  /** The same, for what must go well: fails the test with the problem otherwise. */
  ask<const C extends AnsweringRoute>(contract: C, ...input: CallInput<C>): Promise<RouteOutput<C>>
  cookie: string | undefined
}

type CallInput<C extends AnsweringRoute> =
  Record<never, never> extends RouteCall<C>
    ? [input?: RouteCall<C>, headers?: Record<string, string>]
    : [input: RouteCall<C>, headers?: Record<string, string>]

export interface TestApp {
  app: FastifyInstance
  database: OpenDatabase
  db: OpenDatabase['db']
  /** Of its database. */
  url: string
  services: Services
  clock: TestClock
  /** A real SMTP server on a socket, where everything sent arrives. */
  mailbox: Catcher
  nobody: Caller
  /** Signs an account in by the real way: link, token, cookie. */
  signedIn(accountId: string): Promise<Caller>
  /** Runs every job that is due, mail delivery included, until none is. */
  runJobs(): Promise<void>
  close(): Promise<void>
}

const secret = 'a secret for tests, 32 characters and more'

/** The whole application on a database of its own, without listening on a port. */
export async function startTestApp(
  options: {
    config?: Partial<Config>
    mailbox?: Pick<CatcherOptions, 'failWith'>
    logger?: FastifyBaseLogger
    /** With the page where the demo shows the mails it caught. */
    demoMailbox?: boolean
  } = {},
): Promise<TestApp> {
  const database = await cloneDatabase()
  const clock = new TestClock()
  const mailbox = await startCatcher({ folder: null, ...options.mailbox })
  const read = readConfig({ PUBLIC_URL: 'http://localhost:3000' })
  if ('problems' in read) throw new Error(read.problems.join())
  const config = { ...read.config, smtpUrl: mailbox.smtpUrl, ...options.config }
  const wiring = {
    config,
    secret,
    db: database.db,
    databaseUrl: database.url,
    clock,
    ...(options.logger ? { logger: options.logger } : {}),
    ...(options.demoMailbox ? { catcher: mailbox } : {}),
  }
  const services = buildServices(wiring)
  const app = await buildApp(wiring, services)
  await app.ready()
  const transport = createMailTransport({
    smtpUrl: mailbox.smtpUrl,
    envelopeFrom: config.mailFrom,
    redirectTo: config.mailRedirect ?? null,
  })
  const tasks = buildTasks(services, outboxSender(transport, config, secret, linkPaths))

  async function signedIn(accountId: string): Promise<Caller> {
    const outcome = await inTransaction(database.db, async (trx) => {
      const link = await accounts.issueSignInLink(trx, accountId, secret, clock.now())
      return accounts.signIn(trx, link.token, clock.now())
    })
    if (isRefusal(outcome)) throw new Error(outcome.refused)
    return callerOf(app, `session=${outcome.sessionToken}`)
  }

  return {
    app,
    database,
    db: database.db,
    url: database.url,
    services,
    clock,
    mailbox,
    nobody: callerOf(app, undefined),
    signedIn,
    runJobs: () => runDueJobs(database.pool, tasks),
    close: async () => {
      transport.close()
      await app.close()
      await mailbox.stop()
      await database.close()
    },
  }
}

/** One answer of the app whatever the route; of a stream, which never ends, only that it began. */
export async function answerOf(
  app: FastifyInstance,
  request: InjectOptions,
): Promise<{ statusCode: number; body: string }> {
  const response = await app.inject({ ...request, payloadAsStream: true })
  const { statusCode, headers } = response
  if (String(headers['content-type']).startsWith('text/event-stream')) {
    response.stream().destroy()
    return { statusCode, body: '' }
  }
  return { statusCode, body: await text(response.stream()) }
}

function callerOf(app: FastifyInstance, cookie: string | undefined): Caller {
  async function call<const C extends AnsweringRoute>(
    contract: C,
    ...[input, headers]: CallInput<C>
  ): Promise<Answer<RouteOutput<C>>> {
    const { params, query, body } = (input ?? {}) as {
      params?: Record<string, string>
      query?: Record<string, string>
      body?: unknown
    }
    const url = contract.path.replace(/:(\w+)/g, (_, name) =>
      encodeURIComponent(params?.[name] ?? ''),
    )
    const bytes = contract.body === 'bytes'
    const response = await app.inject({
      method: contract.method,
      url,
      ...(query ? { query } : {}),
      ...(body === undefined
        ? {}
        : { payload: bytes ? Buffer.from(body as Uint8Array) : (body as object) }),
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(bytes ? { 'content-type': 'application/octet-stream' } : {}),
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
    })
    const status = response.statusCode
    if (status >= 400) return { status, problem: response.json() as Problem }
    if (contract.response === 'none') return { status, body: undefined as RouteOutput<C> }
    if (contract.response === 'file') {
      const file = {
        fileName: '',
        contentType: String(response.headers['content-type']),
        bytes: response.rawPayload,
      }
      return { status, body: file as unknown as RouteOutput<C> }
    }
    // As the web reads it: dates come back as the contract says.
    return { status, body: z.parse(contract.response, response.json()) as RouteOutput<C> }
  }
  return {
    call,
    ask: async (contract, ...input) => {
      const answer = await call(contract, ...input)
      if (answer.problem) throw new Error(`${contract.path}: ${JSON.stringify(answer.problem)}`)
      return answer.body
    },
    cookie,
  }
}
