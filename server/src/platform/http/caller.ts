import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { keyedHash } from '../secrets.ts'

// Loopback, link-local and private networks (RFC 1918, 3927, 4193, 4291).
const nearby = new BlockList()
nearby.addSubnet('127.0.0.0', 8)
nearby.addSubnet('10.0.0.0', 8)
nearby.addSubnet('172.16.0.0', 12)
nearby.addSubnet('192.168.0.0', 16)
nearby.addSubnet('169.254.0.0', 16)
nearby.addSubnet('::1', 128, 'ipv6')
nearby.addSubnet('fe80::', 10, 'ipv6')
nearby.addSubnet('fc00::', 7, 'ipv6')

/**
 * Whether a hop may speak for the one behind it: only the machine that connects to us, and only from
 * a private network, is our proxy. On a company's network callers have private addresses too: what
 * they write into X-Forwarded-For themselves is not believed.
 * @param hop 0 for the machine at the other end of the connection.
 */
export function isOurProxy(address: string, hop: number): boolean {
  if (hop > 0) return false
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const version = isIP(plain)
  return version !== 0 && nearby.check(plain, version === 4 ? 'ipv4' : 'ipv6')
}

/** Who calls, for counting attempts: the address under a key, an IPv6 one by its network (RFC 6177). */
export function callerHash(secret: string, request: FastifyRequest): string {
  return keyedHash(secret, 'caller', networkOf(request.ip))
}

/** One household or company holds a whole /64: the first four groups of an IPv6 address. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6 || address.includes('.')) return address
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle = tail === undefined ? [] : Array(8 - left.length - right.length).fill('0')
  const groups = [...left, ...middle, ...right].map((group) => Number.parseInt(group, 16))
  return `${groups.slice(0, 4).join(':')}::/64`
}
