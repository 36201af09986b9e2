import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { sendRefusal } from './problems.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses writes a browser sends on behalf of another site. Browsers tell the truth in
 * `Sec-Fetch-Site`, older ones in `Origin`; a program that sends neither carries no cookie it did
 * not mean to send.
 */
export function refuseCrossSite({ publicUrl }: Config) {
  const ownHost = new URL(publicUrl).host
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (safeMethods.has(request.method)) return
    const site = request.headers['sec-fetch-site']
    if (site === 'same-origin' || site === 'none') return
    const origin = request.headers.origin
    if (site === undefined && origin === undefined) return
    const host = origin && URL.canParse(origin) ? new URL(origin).host : undefined
    if (site === undefined && host !== undefined && [ownHost, request.host].includes(host)) return
    // One-click unsubscribing (RFC 8058) comes from mail programs, not from pages: no header at all.
    return sendRefusal(reply, request, { refused: 'cross-site' })
  }
}
