import type { FastifyInstance } from 'fastify'
import type { Refusal } from '../refusal.ts'

/**
 * RFC 8058 §3.2: a mail program POSTs `List-Unsubscribe=One-Click` to the very address in
 * `List-Unsubscribe`, with no cookie and nobody watching. It is no part of the API, only a door of a
 * feature.
 * @param path what that address begins with, before its token.
 * @param leave ends what the token stands for; a token it refuses is answered 404.
 */
export function oneClick(
  app: FastifyInstance,
  path: string,
  leave: (token: string) => Promise<undefined | Refusal>,
): void {
  app.register((scope, _, ready) => {
    scope.addContentTypeParser(
      ['application/x-www-form-urlencoded', 'multipart/form-data'],
      { parseAs: 'string', bodyLimit: 1_024 },
      (_, body, done) => done(null, body),
    )
    scope.post<{ Params: { token: string } }>(
      `${path}:token`,
      { schema: { hide: true } },
      async (request, reply) => {
        if (!String(request.body ?? '').includes('One-Click')) return reply.code(400).send()
        const refused = await leave(request.params.token)
        return reply.code(refused ? 404 : 200).send()
      },
    )
    ready()
  })
}
