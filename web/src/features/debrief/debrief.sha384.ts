// SHA-384 (FIPS 180-4), which blind signatures are made with. Web Crypto’s own exists only on https
// and localhost, and a phone on the office network must be able to vote.

const mask = (1n << 64n) - 1n
const blockBytes = 128
/** A block less the 1 that ends the message and its length. */
const longest = blockBytes - 17

/** Of a message short enough for one block. @throws RangeError for more than 111 bytes. */
export function sha384(message: Uint8Array): Uint8Array {
  if (message.length > longest) throw new RangeError(`one block holds ${longest} bytes`)
  const block = new Uint8Array(blockBytes)
  block.set(message)
  block[message.length] = 0x80
  const view = new DataView(block.buffer)
  view.setUint32(blockBytes - 4, message.length * 8)
  const state = compressed(Array.from({ length: 16 }, (_, i) => view.getBigUint64(i * 8)))
  const out = new DataView(new ArrayBuffer(48))
  for (const [i, word] of state.slice(0, 6).entries()) out.setBigUint64(i * 8, word)
  return new Uint8Array(out.buffer)
}

/** The first state, changed by one block of sixteen words (FIPS 180-4 §6.4.2). */
function compressed(block: readonly bigint[]): bigint[] {
  const w = [...block]
  for (let i = 16; i < 80; i += 1) {
    const [a, b] = [w[i - 15]!, w[i - 2]!]
    const first = turn(a, 1n) ^ turn(a, 8n) ^ (a >> 7n)
    const second = turn(b, 19n) ^ turn(b, 61n) ^ (b >> 6n)
    w.push((w[i - 16]! + first + w[i - 7]! + second) & mask)
  }
  let [a, b, c, d, e, f, g, h] = initial as Eight
  for (let i = 0; i < 80; i += 1) {
    const choice = (e & f) ^ (~e & g)
    const one = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + choice + rounds[i]! + w[i]!
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const two = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + majority
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & mask, c, b, a, (one + two) & mask]
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + initial[i]!) & mask)
}

type Eight = [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]

const turn = (word: bigint, by: bigint) => ((word >> by) | (word << (64n - by))) & mask

// FIPS 180-4 §4.2.3 and §5.3.4: 64 bits behind the point of roots of the first primes, to the last bit.
const primes = Array.from({ length: 410 }, (_, n) => n).filter(
  (n) => n > 1 && ![2, 3, 5, 7, 11, 13, 17, 19].some((p) => p < n && n % p === 0),
)
const rounds = primes.slice(0, 80).map((prime) => root(BigInt(prime) << 192n, 3n) & mask)
const initial = primes.slice(8, 16).map((prime) => root(BigInt(prime) << 128n, 2n) & mask)

/** The whole part of a root, by Newton’s method from above. */
function root(of: bigint, degree: bigint): bigint {
  let found = 1n << 80n
  for (;;) {
    const next = ((degree - 1n) * found + of / found ** (degree - 1n)) / degree
    if (next >= found) return found
    found = next
  }
}
