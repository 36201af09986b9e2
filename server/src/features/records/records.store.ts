import { z } from 'zod'
import { type Handed, handedBy, type Statement, versionToSpeak } from './records.rules.ts'

/** A learning record store, reached over HTTP with a key and a secret. */
export interface RecordStore {
  /** @throws nothing: a store out of reach is one to try later. */
  hand(statements: readonly Statement[]): Promise<Handed>
}

const aboutSchema = z.object({ version: z.array(z.string()) })
const patienceMilliseconds = 20_000
/** Of a store’s own words as many as say what is wrong. */
const mostSaid = 200

/**
 * The store at an address such as `https://key:secret@store.example/xapi`, spoken to in the newest
 * version of the API that both know.
 */
export function openRecordStore(xapiUrl: string, stopping: AbortSignal | undefined): RecordStore {
  const { username, password, ...address } = partsOf(xapiUrl)
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  let version: string | undefined

  const ask = (resource: string, init: RequestInit) =>
    fetch(`${address.base}/${resource}`, {
      ...init,
      // Followed, a redirection would carry the secret elsewhere.
      redirect: 'manual',
      signal: AbortSignal.any([
        AbortSignal.timeout(patienceMilliseconds),
        ...(stopping ? [stopping] : []),
      ]),
    })

  async function spoken(): Promise<string> {
    const answer = await ask('about', { headers: { authorization } })
    const read = aboutSchema.safeParse(await answer.json().catch(() => undefined))
    return versionToSpeak(answer.ok && read.success ? read.data.version : [])
  }

  return {
    async hand(statements) {
      try {
        version ??= await spoken()
        const answer = await ask('statements', {
          method: 'POST',
          headers: {
            authorization,
            'content-type': 'application/json',
            'x-experience-api-version': version,
          },
          body: JSON.stringify(statements),
        })
        const words = `${answer.status} ${await answer.text()}`.replace(/[\s\0]+/g, ' ')
        return handedBy(answer.status, words.slice(0, mostSaid).trim(), statements.length)
      } catch (error) {
        return { kind: 'later', said: reasonOf(error) }
      }
    },
  }
}

function partsOf(xapiUrl: string) {
  const url = new URL(xapiUrl)
  const { username, password } = url
  url.username = ''
  url.password = ''
  return { username, password, base: url.href.replace(/\/+$/, '') }
}

/** Why a connection failed, by its code where it has one: messages may hold addresses. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  return error instanceof Error ? error.name : 'error'
}
