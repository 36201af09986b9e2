import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Services } from '../services.ts'

/** `/healthz` answers 200 while this process can reach its database; for load balancers. */
export function healthRoutes(app: FastifyInstance, { db }: Services): void {
  app.get('/healthz', { schema: { hide: true } }, async (_, reply) => {
    try {
      await sql`select 1`.execute(db)
      return reply.send({ healthy: true })
    } catch {
      return reply.code(503).send({ healthy: false })
    }
  })
}
