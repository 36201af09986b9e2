import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import type { AnsweringRoute, RouteCall, RouteContract, RouteOutput } from '#shared/contract.ts'
import { type Problem, problemSchema } from '#shared/problems/problems.ts'
import { i18n } from './i18n.ts'

/** A « no » of the server, with its sentence in the reader's language; shown as it is. */
export class ApiProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

/** The server could not be reached at all: nothing was lost, it can be tried again. */
export class Unreachable extends Error {}

export interface CallOptions {
  /** The same key for every retry of one intention; drawn anew unless given. */
  idempotencyKey?: string
  /** `omit` sends no cookie: for what must not be tied to a session. */
  credentials?: RequestCredentials
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Calls a route by its contract; the answer is checked by the contract's own schema. */
export async function call<const C extends AnsweringRoute>(
  contract: C,
  input?: RouteCall<C>,
  options: CallOptions = {},
): Promise<RouteOutput<C>> {
  const response = await send(contract, input, options)
  if (!response.ok) throw new ApiProblem(await readProblem(response))
  if (contract.response === 'none') return undefined as RouteOutput<C>
  if (contract.response === 'file') {
    const file = {
      fileName: fileNameOf(response),
      contentType: response.headers.get('content-type'),
    }
    return { ...file, bytes: new Uint8Array(await response.arrayBuffer()) } as RouteOutput<C>
  }
  return z.parse(contract.response, await response.json()) as RouteOutput<C>
}

async function send<C extends RouteContract>(
  contract: C,
  input: RouteCall<C> | undefined,
  options: CallOptions,
): Promise<Response> {
  const body = input?.body as unknown
  const bytes = contract.body === 'bytes'
  try {
    return await fetch(addressOf(contract, input), {
      method: contract.method,
      // Anonymous routes never see a cookie, whoever forgets to say so.
      credentials:
        contract.access === 'anonymous' ? 'omit' : (options.credentials ?? 'same-origin'),
      signal: options.signal ?? null,
      headers: {
        'accept-language': i18n.language,
        ...(contract.method === 'GET' || contract.access === 'anonymous' || contract.unrecorded
          ? {}
          : { 'idempotency-key': options.idempotencyKey ?? newKey() }),
        ...(body === undefined
          ? {}
          : { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
        ...options.headers,
      },
      body: body === undefined ? null : bytes ? (body as Blob) : JSON.stringify(body),
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new Unreachable(i18n.t('app:unreachable'))
  }
}

/** 128 random bits; `crypto.randomUUID` is missing on a phone that came by plain http. */
const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

/** The address of a route with its parameters filled in: for links to downloads, too. */
export function addressOf<C extends RouteContract>(contract: C, input?: RouteCall<C>): string {
  const { params, query } = (input ?? {}) as {
    params?: Record<string, string>
    query?: Record<string, unknown>
  }
  const path = contract.path.replace(/:(\w+)/g, (_, name) =>
    encodeURIComponent(params?.[name] ?? ''),
  )
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)]))
  return search.size > 0 ? `${path}?${search}` : path
}

async function readProblem(response: Response): Promise<Problem> {
  const parsed = problemSchema.safeParse(await response.json().catch(() => undefined))
  if (parsed.success) return parsed.data
  const { status } = response
  return { type: 'about:blank', title: i18n.t('app:unexpected'), status, code: 'unexpected' }
}

function fileNameOf(response: Response): string {
  const header = response.headers.get('content-disposition') ?? ''
  return decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(header)?.[1] ?? 'file')
}

/** A query of TanStack Query for a GET route; keyed by its address, so one address is one entry. */
export function queryFor<const C extends AnsweringRoute>(contract: C, input?: RouteCall<C>) {
  return queryOptions({
    queryKey: addressOf(contract, input).split(/[/?]/).filter(Boolean),
    queryFn: ({ signal }) => call(contract, input, { signal }),
  })
}

/**
 * A mutation for a writing route: `const save = useCall(routes.save, { refresh: [['api', 'days']] })`.
 * @param refresh beginnings of query keys (words of the path) that this write makes stale;
 * everything when left out.
 */
export function useCall<const C extends AnsweringRoute>(
  contract: C,
  { refresh }: { refresh?: string[][] } = {},
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: RouteCall<C>) => call(contract, input),
    onSuccess: async () => {
      const keys = refresh ?? [['api']]
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
    },
  })
}
