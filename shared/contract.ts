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
  params?: z.ZodObject
  query?: z.ZodObject
  /** A Zod schema for JSON, or `bytes` for a file sent as it is (`application/octet-stream`). */
  body?: z.ZodType | 'bytes'
  /** Greatest size of the body in bytes; the server's default serves for JSON. */
  bodyLimit?: number
  /**
   * A Zod schema for JSON, `file` for a download, `none` for 204, `events` for a stream that says
   * when to read again and carries no data.
   */
  response: z.ZodType | 'file' | 'none' | 'events'
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

type Parsed<T> = T extends z.ZodType ? z.output<T> : Record<string, never>
type Sent<T> = T extends z.ZodType ? z.input<T> : undefined

/** What a handler receives, already checked. */
export interface RouteInput<C extends RouteContract> {
  params: Parsed<C['params']>
  query: Parsed<C['query']>
  body: C['body'] extends 'bytes'
    ? Uint8Array
    : C['body'] extends z.ZodType
      ? z.output<C['body']>
      : undefined
}

/** What a caller gives. */
export type RouteCall<C extends RouteContract> = (C['params'] extends z.ZodType
  ? { params: Sent<C['params']> }
  : { params?: undefined }) &
  (C['query'] extends z.ZodType ? { query?: Sent<C['query']> } : { query?: undefined }) &
  (C['body'] extends 'bytes'
    ? { body: Blob | Uint8Array }
    : C['body'] extends z.ZodType
      ? { body: Sent<C['body']> }
      : { body?: undefined })

/** What comes back. */
export type RouteOutput<C extends RouteContract> = C['response'] extends z.ZodType
  ? z.output<C['response']>
  : C['response'] extends 'file'
    ? { fileName: string; contentType: string; bytes: Uint8Array | string }
    : C['response'] extends 'events'
      ? { topics: readonly `${string}:${string}`[] }
      : undefined
