import { createHash, createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  isSigned,
  modulusOf,
  newBallotKey,
  publicHalf,
  signBlinded,
} from '#server/features/debrief/debrief.ballots.ts'
import { blindedOf, newBallot, signatureOf } from '#web/features/debrief/debrief.ballot.ts'
import {
  blind,
  finalize,
  inverse,
  newFactor,
  numberOf,
  publicKey,
} from '#web/features/debrief/debrief.blinding.ts'
import { sha384 } from '#web/features/debrief/debrief.sha384.ts'
import vectors from './debrief.vectors.json' with { type: 'json' }

// The phone’s half and the server’s, held to the RFC’s own vectors and to OpenSSL.

const number = (name: keyof typeof vectors) => BigInt(`0x${vectors[name]}`)
const [p, q] = [number('p'), number('q')]
const key = publicKey(p * q)
const message = Uint8Array.from(Buffer.from(vectors.msg, 'hex'))
const base64 = (value: bigint) => {
  const digits = value.toString(16)
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString(
    'base64url',
  )
}

/** The RFC’s key pair, as the server keeps one. */
function pemOfVectors(): string {
  const d = inverse(65_537n, (p - 1n) * (q - 1n))!
  const jwk = { kty: 'RSA', n: base64(p * q), e: 'AQAB', d: base64(d), p: base64(p), q: base64(q) }
  const crt = { dp: base64(d % (p - 1n)), dq: base64(d % (q - 1n)), qi: base64(inverse(q, p)!) }
  return createPrivateKey({ key: { ...jwk, ...crt }, format: 'jwk' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()
}

describe('RFC 9474, appendix A.4', () => {
  const factor = inverse(number('inv'), key.n)!

  it('blinds', () => {
    expect(blind(key, message, 1n)).toBe(number('encodedMsg'))
    expect(blind(key, message, factor)).toBe(number('blindedMsg'))
  })

  it('signs what was blinded', () => {
    const signed = signBlinded(
      pemOfVectors(),
      Buffer.from(vectors.blindedMsg, 'hex').toString('base64url'),
    )
    expect(Buffer.from(signed!, 'base64url').toString('hex')).toBe(vectors.blindSig)
  })

  it('finalizes, and OpenSSL verifies the signature', () => {
    expect(finalize(key, message, number('blindSig'), factor)).toBe(number('sig'))
    const verifying = createPublicKey(pemOfVectors())
    const signature = Buffer.from(vectors.sig, 'hex')
    expect(
      verify('sha384', message, { key: verifying, padding: 6, saltLength: 0 }, signature),
    ).toBe(true)
  })

  it('finalizes nothing that is no signature of this message', () => {
    const other = Uint8Array.of(...message, 0)
    expect(finalize(key, message, number('blindSig') + 1n, factor)).toBeUndefined()
    expect(finalize(key, other, number('blindSig'), factor)).toBeUndefined()
    expect(finalize(key, message, number('blindSig'), factor + 1n)).toBeUndefined()
    expect(finalize(key, message, number('blindSig') + key.n, factor)).toBeUndefined()
  })
})

describe('a ballot', () => {
  it('is signed by one half and finalized by the other', async () => {
    const pem = await newBallotKey()
    const modulus = modulusOf(publicHalf(pem))
    const ballot = newBallot(modulus)
    const blinded = blindedOf(ballot, modulus)
    expect(blindedOf(ballot, modulus)).toBe(blinded)
    const signature = signatureOf(ballot, signBlinded(pem, blinded)!, modulus)!
    expect(isSigned(publicHalf(pem), ballot.id, signature)).toBe(true)
    expect(isSigned(publicHalf(pem), newBallot(modulus).id, signature)).toBe(false)
    expect(isSigned(publicHalf(await newBallotKey()), ballot.id, signature)).toBe(false)
    // Signed for somebody else: nothing to keep.
    const another = signBlinded(pem, blindedOf(newBallot(modulus), modulus))!
    expect(signatureOf(ballot, another, modulus)).toBeUndefined()
  })

  it('is hidden by a factor that may be any number below the key', () => {
    // A key whose first byte is small, so that a byte drawn carelessly would show.
    const small = publicKey((1n << 2_040n) + 7n)
    const drawn = Array.from({ length: 500 }, () => newFactor(small))
    expect(drawn.every((factor) => factor > 0n && factor < small.n)).toBe(true)
    // Sixteen even parts of what lies below the key; one stays empty once in 10¹³ runs.
    const parts = new Set(drawn.map((factor) => (factor * 16n) / small.n))
    expect(parts.size).toBe(16)
    const upper = drawn.filter((factor) => factor * 2n > small.n).length
    expect(upper).toBeGreaterThan(150)
    expect(upper).toBeLessThan(350)
  })

  it('is never hidden by a number without an inverse', () => {
    const key = publicKey(3n * 5n)
    const drawn = Array.from({ length: 200 }, () => newFactor(key))
    expect([...new Set(drawn)].sort((a, b) => Number(a - b))).toEqual([
      1n,
      2n,
      4n,
      7n,
      8n,
      11n,
      13n,
      14n,
    ])
  })
})

it('hashes as OpenSSL does, for every length one block holds', () => {
  for (let length = 0; length <= 111; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 73 + length) & 0xff)
    const expected = createHash('sha384').update(bytes).digest()
    expect(Buffer.from(sha384(bytes)).equals(expected), String(length)).toBe(true)
  }
  expect(() => sha384(new Uint8Array(112))).toThrow(RangeError)
  expect(numberOf(Uint8Array.of(1, 0))).toBe(256n)
})
