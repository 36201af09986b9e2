import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { createJsonSchemaTransform } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'

/** OpenAPI made from the contracts, with a readable page at `/api/docs`. */
export async function openApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '10 de cœur',
        description: 'Errors are RFC 9457 problem details with a closed `code`.',
        version: '0.1.0',
      },
    },
    transform: createJsonSchemaTransform({
      skipList: ['/api/openapi.json'],
      zodToJsonConfig: { unrepresentable: 'any' } as never,
    }),
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
