import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '#server/platform/config.ts'

const isSecure = (config: Config) => config.publicUrl.startsWith('https:')

/** `__Host-` (RFC 6265bis §4.1.3.2) ties the cookie to this very host; it asks for https. */
const nameFor = (config: Config) => (isSecure(config) ? '__Host-session' : 'session')

export function readSessionCookie(request: FastifyRequest, config: Config): string | undefined {
  return request.cookies[nameFor(config)]
}

export function setSessionCookie(reply: FastifyReply, config: Config, token: string, days: number) {
  return reply.setCookie(nameFor(config), token, { ...attributes(config), maxAge: days * 86_400 })
}

export function clearSessionCookie(reply: FastifyReply, config: Config) {
  return reply.clearCookie(nameFor(config), attributes(config))
}

const attributes = (config: Config) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(config) }) as const
