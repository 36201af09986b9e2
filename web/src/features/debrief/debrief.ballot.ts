import { sha256 } from '../observations/observations.secret.ts'

// The phone’s half of a ballot nobody can trace (see the server’s debrief.ballots.ts): it draws an id,
// hides it in a random factor, has that signed, and takes the factor out again. Numbers of 2,048 bits
// as BigInt: a few multiplications, once a session.

const keyBytes = 256
const exponent = 65_537n

/** Kept on this device until the session is over. */
export interface BallotSecret {
  id: string
  /** The factor that hides the id, in hexadecimal; taken modulo the key. */
  factor: string
}

/** A new ballot: its id, and what hides it from whoever signs. */
export function newBallot(): BallotSecret {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const id = hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  // As likely to be any number below the modulus, which is not known yet (RFC 9474, 4.2): a factor
  // kept short would let whoever holds the key tell right pairs from wrong ones. Sixteen bytes more
  // than the key leave nothing of what the remainder prefers.
  const factor = crypto.getRandomValues(new Uint8Array(keyBytes + 16))
  return { id, factor: hex(factor) }
}

/** What is sent to be signed: as likely to be any ballot as any other. @param modulus base64url. */
export function blind(ballot: BallotSecret, modulus: string): string {
  const n = numberOf(fromBase64(modulus))
  const factor = BigInt(`0x${ballot.factor}`)
  return toBase64((spread(ballot.id) * power(factor, exponent, n)) % n)
}

/** The ballot’s own signature, from the signature under what was blinded. */
export function unblind(ballot: BallotSecret, signed: string, modulus: string): string {
  const n = numberOf(fromBase64(modulus))
  const factor = BigInt(`0x${ballot.factor}`)
  return toBase64((numberOf(fromBase64(signed)) * inverse(factor, n)) % n)
}

/** The id spread over the length of the key, as the server does. */
function spread(id: string): bigint {
  const bytes = new Uint8Array(keyBytes)
  for (let counter = 0; counter < keyBytes / 32; counter += 1) {
    bytes.set(sha256(`ballot ${id} ${counter}`), counter * 32)
  }
  bytes[0] = 0
  return numberOf(bytes)
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

/** Of a number without a divisor in common with n (extended Euclid). */
function inverse(number: bigint, n: bigint): bigint {
  let [a, b] = [number % n, n]
  let [x, y] = [1n, 0n]
  while (b > 0n) {
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return ((x % n) + n) % n
}

const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const numberOf = (bytes: Uint8Array) => BigInt(`0x${hex(bytes)}`)

function fromBase64(text: string): Uint8Array {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

/** As long as the key, zeros first. */
function toBase64(number: bigint): string {
  const digits = number.toString(16).padStart(keyBytes * 2, '0')
  const letters = digits.match(/../g)?.map((byte) => String.fromCharCode(Number.parseInt(byte, 16)))
  return btoa(letters?.join('') ?? '')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
