import { sha384 } from './debrief.sha384.ts'

// Blind signatures of RFC 9474, the variant RSABSSA-SHA384-PSSZERO-Deterministic: SHA-384, no salt, the
// message as it is (it has 122 random bits of its own). Numbers as BigInt: a few multiplications, once
// a session. `tests/debrief/blinding.test.ts` holds every step to the RFC’s own vectors.

const exponent = 65_537n
const hashBytes = 48

/** A public key by its modulus; the exponent is 65537 for all. */
export interface PublicKey {
  n: bigint
  /** Of the modulus. */
  bits: number
}

export function publicKey(n: bigint): PublicKey {
  return { n, bits: n.toString(2).length }
}

/**
 * A factor that hides whatever it is multiplied with: any number from 1 below the modulus is as likely as
 * any other (RFC 9474 §4.2, `random_integer_uniform`), drawn again where it has no inverse.
 */
export function newFactor({ n, bits }: PublicKey): bigint {
  for (;;) {
    const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(bits / 8)))
    const drawn = numberOf(bytes) & ((1n << BigInt(bits)) - 1n)
    if (drawn >= 1n && drawn < n && inverse(drawn, n) !== undefined) return drawn
  }
}

/**
 * The message hidden by a factor (RFC 9474 §4.2, Blind).
 * @throws RangeError for a message or a factor that shares a divisor with the modulus.
 */
export function blind(key: PublicKey, message: Uint8Array, factor: bigint): bigint {
  const { n } = key
  const encoded = encode(key, message)
  if (inverse(encoded, n) === undefined || inverse(factor, n) === undefined) {
    throw new RangeError('not coprime')
  }
  return (encoded * power(factor, exponent, n)) % n
}

/**
 * The message’s own signature, from the one made blindly (RFC 9474 §4.4, Finalize).
 * @returns undefined where what came back is no signature of this message: nothing is to be kept then.
 */
export function finalize(
  key: PublicKey,
  message: Uint8Array,
  blindSignature: bigint,
  factor: bigint,
): bigint | undefined {
  const { n } = key
  const inverted = inverse(factor, n)
  if (inverted === undefined || blindSignature >= n) return undefined
  const signature = (blindSignature * inverted) % n
  // Without a salt one encoding alone is right: to compare is to verify (RFC 8017 §8.1.2).
  return power(signature, exponent, n) === encode(key, message) ? signature : undefined
}

/** EMSA-PSS-ENCODE (RFC 8017 §9.1.1) with SHA-384, MGF1 with SHA-384 and an empty salt. */
function encode({ bits }: PublicKey, message: Uint8Array): bigint {
  const length = Math.ceil((bits - 1) / 8)
  const hash = sha384(Uint8Array.of(...new Uint8Array(8), ...sha384(message)))
  const masked = maskFrom(hash, length - hashBytes - 1)
  masked[masked.length - 1]! ^= 0x01
  masked[0]! &= 0xff >> (8 * length - (bits - 1))
  return numberOf(Uint8Array.of(...masked, ...hash, 0xbc))
}

/** MGF1 (RFC 8017 §B.2.1). */
function maskFrom(seed: Uint8Array, length: number): Uint8Array {
  const bytes: number[] = []
  for (let counter = 0; bytes.length < length; counter += 1) {
    bytes.push(...sha384(Uint8Array.of(...seed, 0, 0, counter >> 8, counter & 0xff)))
  }
  return Uint8Array.from(bytes.slice(0, length))
}

function power(base: bigint, to: bigint, n: bigint): bigint {
  let result = 1n
  let square = base % n
  for (let left = to; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % n
    square = (square * square) % n
  }
  return result
}

/** Extended Euclid; undefined for a number that shares a divisor with n. */
export function inverse(number: bigint, n: bigint): bigint | undefined {
  let [a, b] = [number % n, n]
  let [x, y] = [1n, 0n]
  while (b > 0n) {
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return a === 1n ? ((x % n) + n) % n : undefined
}

export const numberOf = (bytes: Uint8Array) =>
  BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`)
