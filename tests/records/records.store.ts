import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'

// A learning record store as the specification has it (xAPI 1.0.3, IEEE 9274.1.1-2023), as far as
// statements go: whatever a conforming store refuses, this one refuses.

const iri = z.url()
const languageMap = z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/), z.string().min(1))
const activity = z.strictObject({
  objectType: z.literal('Activity').optional(),
  id: iri,
  definition: z.strictObject({ type: iri, name: languageMap }).optional(),
})
/** Data 2.2 to 2.4; strict, since a store refuses what it does not know (Data 2.2). */
const statementSchema = z.strictObject({
  id: z.uuid(),
  // Of the ways to say who it is, exactly one (Data 2.4.2.3); the one that names nobody.
  actor: z.strictObject({
    objectType: z.literal('Agent').optional(),
    account: z.strictObject({ homePage: iri, name: z.uuidv4() }),
  }),
  verb: z.strictObject({ id: iri, display: languageMap }),
  object: activity,
  result: z.strictObject({ completion: z.boolean() }).optional(),
  context: z.strictObject({ registration: z.uuid(), platform: z.string() }),
  timestamp: z.iso.datetime({ precision: 3 }),
})
export type Stored = z.infer<typeof statementSchema>

const authorization = `Basic ${Buffer.from('key:s@cret').toString('base64')}`

/** What a test lets go wrong, once for each: an answer given instead of storing, or after it. */
type Mishap = { before: number } | { after: 'silence' } | { after: number }

/** Starts a store. `versions`: what its « about » lists. */
export async function startStore(versions: readonly string[] = ['1.0.3', '2.0.0']) {
  const stored = new Map<string, Stored>()
  const store = {
    stored,
    /** What it was asked, in which version, and how many statements it was handed at once. */
    heard: [] as { version: string; count: number; status: number }[],
    mishaps: [] as Mishap[],
    /** Of these it wants nothing, as a store with rules of its own. */
    refuses: (_: Stored) => false,
    /** Called when statements are kept and the answer has not left yet. */
    onStored: () => {},
    url: '',
    stop: () =>
      new Promise<void>((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }

  function take(version: string | undefined, body: unknown): number {
    if (!versions.includes(version ?? '')) return 400
    const read = z.array(statementSchema).safeParse(body)
    if (!read.success || read.data.some(store.refuses)) return 400
    const ids = new Set(read.data.map(({ id }) => id))
    if (ids.size < read.data.length) return 400
    // The same again is the same; another of that identifier is a conflict, and nothing is kept.
    const conflict = read.data.some(
      (one) => stored.has(one.id) && !isDeepStrictEqual(stored.get(one.id), one),
    )
    if (conflict) return 409
    for (const one of read.data) stored.set(one.id, one)
    return 200
  }

  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown = {}) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (request.url === '/lrs/about') return answer(200, { version: versions })
    if (request.url !== '/lrs/statements' || request.method !== 'POST') return answer(404)
    const body: unknown = JSON.parse(await text(request))
    if (request.headers.authorization !== authorization) return answer(401, { error: 'who?' })
    const version = request.headers['x-experience-api-version']
    const mishap = store.mishaps.shift()
    const isBefore = mishap !== undefined && 'before' in mishap
    const status = isBefore ? mishap.before : take(String(version), body)
    const count = Array.isArray(body) ? body.length : 1
    store.heard.push({ version: String(version), count, status })
    if (status === 200) store.onStored()
    if (!mishap || isBefore) return answer(status, status === 200 ? [] : { error: 'no' })
    if (mishap.after !== 'silence') answer(mishap.after)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const { port } = server.address() as AddressInfo
  store.url = `http://key:s%40cret@127.0.0.1:${port}/lrs/`
  return store
}
