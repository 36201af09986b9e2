import type { FastifyRequest } from 'fastify'
import type { Language } from '#shared/vocabulary/language.ts'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Live } from './live/live.ts'
import type { Database } from './postgres/database.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the session cookie was looked up. */
    actor?: Actor | undefined
  }
}

/** What the application is wired from; handed to every route, never imported as a global. */
export interface Services {
  config: Config
  /** Signs what must not be forged: derived links, keyed hashes. */
  secret: string
  /** Right-hand side of the Message-IDs and calendar UIDs this installation makes. */
  mailDomain: string
  db: Database
  clock: Clock
  /** Where changes made by any process are heard. */
  live: Live
  resolveActor(request: FastifyRequest): Promise<Actor | undefined>
  languageOf(request: FastifyRequest, actor: Actor | undefined): Language
}
