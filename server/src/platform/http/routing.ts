import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { RouteContract, RouteInput, RouteOutput } from '#shared/contract.ts'
import { problemSchema } from '#shared/problems/problems.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { Actor } from '../actor.ts'
import { openStream } from '../live/live.stream.ts'
import type { Topic } from '../live/live.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import type { Services } from '../services.ts'
import { answerOnce } from './idempotency.ts'
import { sendRefusal } from './problems.ts'

/** What every handler gets besides the checked input. */
interface Circumstances extends Services {
  now: Date
  language: Language
  request: FastifyRequest
  reply: FastifyReply
}

type ActorOf<C extends RouteContract> = C['access'] extends 'session' ? Actor : Actor | undefined

type Handler<C extends RouteContract> = (
  input: RouteInput<C> & Circumstances & { actor: ActorOf<C> },
) => Promise<RouteOutput<C> | Refusal>

/**
 * Implements a contract: checks the input by its schemas, refuses whoever is not signed in where
 * a session is asked, answers a repeated `Idempotency-Key` alike, and presents what the handler
 * returns, a refusal as a problem.
 */
export function implement<const C extends RouteContract>(
  app: FastifyInstance,
  services: Services,
  contract: C,
  handler: Handler<C>,
): void {
  app.route({
    method: contract.method,
    url: contract.path,
    ...(contract.bodyLimit ? { bodyLimit: contract.bodyLimit } : {}),
    // Asking for the headers alone would open a stream nobody reads.
    exposeHeadRoute: contract.response !== 'events',
    schema: {
      summary: contract.summary,
      ...(contract.response === 'events' ? { description: eventsTold } : {}),
      ...(contract.params ? { params: contract.params } : {}),
      ...(contract.query ? { querystring: contract.query } : {}),
      ...(isSchema(contract.body) ? { body: contract.body } : {}),
      response: {
        ...(isSchema(contract.response) ? { 200: contract.response } : {}),
        '4xx': problemSchema.describe(refusalsOf(contract)),
      },
    },
    config: { contract },
    // Before the body is read: a stranger cannot make the server take in a file.
    onRequest: async (request, reply) => {
      // Anonymous routes never look for a session: reading one would note when it was last seen.
      if (contract.access === 'anonymous') return
      const actor = await services.resolveActor(request)
      if (contract.access === 'session' && !actor) {
        return sendRefusal(reply, request, { refused: 'not-signed-in' })
      }
    },
    handler: async (request, reply) => {
      const { actor } = request
      // What nobody asked for is not looked at: its depth or size could only do harm.
      if (!contract.body) request.body = undefined
      // A parser for JSON or text may have read what should have been a file's bytes.
      if (contract.body === 'bytes' && !Buffer.isBuffer(request.body)) {
        return sendRefusal(reply, request, { refused: 'unsupported-media-type' })
      }
      const answer = () =>
        handler({
          ...services,
          params: (request.params ?? {}) as RouteInput<C>['params'],
          query: (request.query ?? {}) as RouteInput<C>['query'],
          body: (request.body ?? undefined) as RouteInput<C>['body'],
          actor: actor as ActorOf<C>,
          now: services.clock.now(),
          language: services.languageOf(request, actor),
          request,
          reply,
        })
      const outcome =
        actor && contract.method !== 'GET' && !contract.unrecorded
          ? await answerOnce(services, request, actor.accountId, answer)
          : await (contract.access === 'anonymous' ? answer().catch(forgetWhose) : answer())
      return present(services, contract, request, reply, outcome)
    },
  })
}

/**
 * A database error quotes the row it stumbled over, which would put an anonymous text beside the
 * time of its arrival in the log: only the error's code and constraint go on.
 */
function forgetWhose(error: unknown): never {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown }
  throw new Error(`an anonymous request failed: ${String(code)} ${String(constraint)}`)
}

const eventsTold =
  'text/event-stream: `changed` with a topic when there is something to read again, `alive` in between.'

/** The codes to expect, for readers of OpenAPI. */
function refusalsOf(contract: RouteContract): string {
  const always = contract.access === 'session' ? ['not-signed-in', 'forbidden'] : []
  const codes = new Set(['invalid-input', ...always, ...(contract.refusals ?? [])])
  return `RFC 9457 problem details; code is one of: ${[...codes].join(', ')}`
}

function isSchema(
  value: RouteContract['body'] | RouteContract['response'],
): value is z.core.$ZodType {
  return typeof value === 'object'
}

function present(
  { live }: Services,
  contract: RouteContract,
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: unknown,
) {
  if (isRefusal(outcome)) return sendRefusal(reply, request, outcome)
  if (contract.response === 'none') return reply.code(204).send()
  if (contract.response === 'events') {
    const { topics } = outcome as { topics: readonly Topic[] }
    if (openStream(live, topics, reply)) return reply
    return sendRefusal(reply, request, { refused: 'too-many-requests' })
  }
  if (contract.response === 'file') {
    const file = outcome as { fileName: string; contentType: string; bytes: Uint8Array | string }
    return reply
      .header('content-type', file.contentType)
      .header('content-disposition', attachment(file.fileName))
      .send(typeof file.bytes === 'string' ? file.bytes : Buffer.from(file.bytes))
  }
  return reply.send(outcome)
}

/** RFC 6266: a plain name for old programs, the real one in UTF-8 (RFC 8187, which escapes more). */
function attachment(fileName: string): string {
  const plain = fileName
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.-]+/g, '-')
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
