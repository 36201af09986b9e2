// What an anonymous author holds: a code of 25 letters and figures. Everything else is made from
// it: the observation's identifier and the hash the server keeps. Web Crypto's digest exists only
// on https and localhost, and a phone on the office network must work too: hence SHA-256 here.

/** Crockford's base 32: no I, L, O or U to mistake on paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 25 characters, 125 random bits. */
export function newFollowCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(25))
  return [...bytes].map((byte) => alphabet[byte & 31]).join('')
}

/** Groups of five, to copy without losing one's place. */
export const spelled = (code: string) => code.match(/.{1,5}/g)?.join('-') ?? code

/** What somebody typed, read generously; undefined where it cannot be a code. */
export function readFollowCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{25}$/.test(code) ? code : undefined
}

/** The identifier a code stands for: a UUIDv4 in shape (RFC 9562 §5.4), so that retries agree. */
export function observationIdOf(code: string): string {
  return untimedIdFrom(sha256(`observation ${code}`))
}

/** What the server keeps instead of the code. */
export function secretHashOf(code: string): string {
  return hex(sha256(code))
}

/** A UUIDv4 where `crypto.randomUUID` may not exist. */
export function newObservationId(): string {
  return untimedIdFrom(crypto.getRandomValues(new Uint8Array(16)))
}

function untimedIdFrom(random: Uint8Array): string {
  const bytes = random.slice(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** SHA-256 (FIPS 180-4) of a text short enough for one block: at most 55 bytes. */
export function sha256(text: string): Uint8Array {
  const message = new TextEncoder().encode(text)
  if (message.length > 55) throw new Error('one block holds 55 bytes')
  const block = new Uint8Array(64)
  block.set(message)
  block[message.length] = 0x80
  const view = new DataView(block.buffer)
  view.setUint32(60, message.length * 8)
  const w = new Uint32Array(64)
  for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(i * 4)
  for (let i = 16; i < 64; i += 1) {
    const a = w[i - 15]!
    const b = w[i - 2]!
    const first = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)
    const second = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)
    w[i] = w[i - 16]! + first + w[i - 7]! + second
  }
  const state = initial.slice()
  let [a, b, c, d, e, f, g, h] = state as unknown as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let i = 0; i < 64; i += 1) {
    const choice = (e & f) ^ (~e & g)
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + rounds[i]! + w[i]!) | 0
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
  }
  const out = new DataView(new ArrayBuffer(32))
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) {
    out.setUint32(i * 4, (state[i]! + word) >>> 0)
  }
  return new Uint8Array(out.buffer)
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))

// FIPS 180-4 §4.2.2 and §5.3.3: the fractional bits of roots of the first primes.
const primes = Array.from({ length: 312 }, (_, n) => n).filter(
  (n) => n > 1 && ![2, 3, 5, 7, 11, 13, 17].some((p) => p < n && n % p === 0),
)
const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32)
const rounds = Uint32Array.from(primes.slice(0, 64), (prime) => fraction(Math.cbrt(prime)))
const initial = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
