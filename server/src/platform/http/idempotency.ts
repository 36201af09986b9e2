import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Database } from '../postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '../refusal.ts'
import { seal, unseal } from '../secrets.ts'
import type { Services } from '../services.ts'

const sealedFor = 'idempotency'
/** No request of ours is at work longer than this. */
const longestAnswerMinutes = 5

/**
 * Runs a write once per `Idempotency-Key` of an account: a repetition gets the first answer, one
 * that comes while the first is still at work is asked to wait. A refusal or an error leaves no
 * record, so that the same key may be tried again. Answers are kept sealed: some hold personal links.
 */
export async function answerOnce<T>(
  { db, clock, secret }: Pick<Services, 'db' | 'clock' | 'secret'>,
  request: FastifyRequest,
  accountId: string,
  answer: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key.length < 8 || key.length > 200) return answer()
  const requestHash = createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null))
    .digest('hex')
  const longAgo = new Date(clock.now().getTime() - longestAnswerMinutes * 60_000)
  const claimed = await db
    .insertInto('idempotency_records')
    .values({
      account_id: accountId,
      key,
      request_hash: requestHash,
      status: null,
      body: null,
      created_at: clock.now(),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'key'])
        // Left by a process that died at work: nobody will ever answer it.
        .doUpdateSet({ request_hash: requestHash, created_at: clock.now() })
        .where('idempotency_records.status', 'is', null)
        .where('idempotency_records.created_at', '<', longAgo),
    )
    .returning('key')
    .executeTakeFirst()
  if (!claimed) return repeat<T>(db, secret, accountId, key, requestHash)
  const forget = () =>
    db
      .deleteFrom('idempotency_records')
      .where('account_id', '=', accountId)
      .where('key', '=', key)
      .execute()
  try {
    const outcome = await answer()
    if (isRefusal(outcome)) await forget()
    else {
      await db
        .updateTable('idempotency_records')
        .set({ status: 200, body: seal(secret, sealedFor, JSON.stringify(outcome ?? null)) })
        .where('account_id', '=', accountId)
        .where('key', '=', key)
        .execute()
    }
    return outcome
  } catch (error) {
    await forget()
    throw error
  }
}

async function repeat<T>(
  db: Database,
  secret: string,
  accountId: string,
  key: string,
  requestHash: string,
): Promise<T | Refusal> {
  const record = await db
    .selectFrom('idempotency_records')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!record || record.status === null) return refuse('already-running')
  if (record.request_hash !== requestHash) return refuse('conflict')
  const answer = unseal(secret, sealedFor, record.body ?? '')
  return answer === undefined ? refuse('conflict') : (JSON.parse(answer) as T)
}

/** Retries come within minutes; a day is kept, no longer. */
export async function forgetOldAnswers(db: Database, now: Date): Promise<void> {
  await db
    .deleteFrom('idempotency_records')
    .where('created_at', '<', new Date(now.getTime() - 24 * 3_600_000))
    .execute()
}
