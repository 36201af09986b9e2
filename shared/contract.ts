import type { z } from 'zod'
import type { ProblemCode } from './problems/problems.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One route, told once: the server implements it, the web calls it, OpenAPI and the policy
 * matrix are made from it.
 */
export interface RouteContract {
  method: Method
  /** With `:name` for parameters; always under `/api/`. */
  path: `/api/${string}`
  summary: string
  /**
   * Who can be let in at all; the feature's policy decides the rest.
   * `session`: somebody signed in. `public`: anybody. `capability`: whoever holds the link.
   * `anonymous`: whoever holds a secret in the body; no cookie is read, nothing about the caller
   * is logged or kept.
   */
  access: 'public' | 'session' | 'capability' | 'anonymous'
  /**
   * A write that must leave no note of when its account made it, or of what it was answered: a
   * repeated `Idempotency-Key` is not remembered, so doing it twice must do no harm by itself.
   */
  unrecorded?: true
  params?: z.core.$ZodObject
  query?: z.core.$ZodObject
  /** A Zod schema for JSON, or `bytes` for a file sent as it is (`application/octet-stream`). */
  body?: z.core.$ZodType | 'bytes'
  /** Greatest size of the body in bytes; the server's default serves for JSON. */
  bodyLimit?: number
  /**
   * A Zod schema for JSON, `file` for a download, `none` for 204, `events` for a stream that says
   * when to read again and carries no data.
   */
  response: z.core.$ZodType | 'file' | 'none' | 'events'
  /** Refusals a caller should expect, beside those every route can give. */
  refusals?: readonly ProblemCode[]
}

/** A route that answers and is done; one of `events` is followed instead. */
export interface AnsweringRoute extends RouteContract {
  response: Exclude<RouteContract['response'], 'events'>
}

/** Declares a route and keeps its exact types. */
export function route<const C extends RouteContract>(contract: C): C {
  return contract
}

// Of a schema only what it makes and takes is looked at: comparing whole Zod types, some sixty
// methods each, cost the compiler a third of its work.
type Parsed<T, Otherwise> = T extends { _zod: { output: infer O } } ? O : Otherwise
type Sent<T> = T extends { _zod: { input: infer I } } ? I : never

/** What a handler receives, already checked. */
export interface RouteInput<C extends RouteContract> {
  params: Parsed<C['params'], Record<string, never>>
  query: Parsed<C['query'], Record<string, never>>
  body: C['body'] extends 'bytes' ? Uint8Array : Parsed<C['body'], undefined>
}

/** What a caller gives. */
export type RouteCall<C extends RouteContract> = (C['params'] extends object
  ? { params: Sent<C['params']> }
  : { params?: undefined }) &
  (C['query'] extends object ? { query?: Sent<C['query']> } : { query?: undefined }) &
  (C['body'] extends 'bytes'
    ? { body: Blob | Uint8Array }
    : C['body'] extends object
      ? { body: Sent<C['body']> }
      : { body?: undefined })

/** What comes back. */
export type RouteOutput<C extends RouteContract> = C['response'] extends {
  _zod: { output: infer O }
}
  ? O
  : C['response'] extends 'file'
    ? { fileName: string; contentType: string; bytes: Uint8Array | string }
    : C['response'] extends 'events'
      ? { topics: readonly `${string}:${string}`[] }
      : undefined
