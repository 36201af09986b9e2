import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto'
import { promisify } from 'node:util'

// Blind signatures (Chaum, 1982; RSA with a full-domain hash, Bellare et al. 2003): the phone hides
// its ballot’s id in a random factor, we sign what we cannot read, the phone takes the factor out.
// A ballot then proves that somebody who had a right to one wrote it, and nothing else: what was
// signed is as likely to belong to any ballot as to any other, whoever holds the key.

const keyBits = 2_048
const keyBytes = keyBits / 8

/** A new private key, as PEM. */
export async function newBallotKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: keyBits,
    publicExponent: 65_537,
  })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** The modulus, which is all a phone needs besides the exponent 65537. @returns base64url. */
export function modulusOf(key: string): string {
  const { n } = createPublicKey(key).export({ format: 'jwk' })
  if (!n) throw new Error('not an RSA key')
  return n
}

/**
 * Signs what a phone blinded.
 * @returns base64url; undefined for what is not a number below the modulus.
 */
export function signBlinded(key: string, blinded: string): string | undefined {
  const bytes = Buffer.from(blinded, 'base64url')
  if (!isBelow(bytes, modulusOf(key))) return undefined
  const { RSA_NO_PADDING: padding } = constants
  return privateDecrypt({ key: createPrivateKey(key), padding }, bytes).toString('base64url')
}

/** Whether this is our signature under this ballot; each day has its own key. */
export function isSigned(key: string, ballotId: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  if (!isBelow(bytes, modulusOf(key))) return false
  const { RSA_NO_PADDING: padding } = constants
  return publicEncrypt({ key: createPublicKey(key), padding }, bytes).equals(spread(ballotId))
}

/**
 * A ballot’s id spread over the whole length of the key (MGF1 with SHA-256, RFC 8017 B.2.1): its first byte
 * is 0, so that it is below every modulus. The same is written in web/…/debrief.ballot.ts.
 */
function spread(ballotId: string): Buffer {
  const blocks = Array.from({ length: keyBytes / 32 }, (_, counter) =>
    createHash('sha256').update(`ballot ${ballotId} ${counter}`).digest(),
  )
  const bytes = Buffer.concat(blocks)
  bytes[0] = 0
  return bytes
}

const isBelow = (bytes: Buffer, modulus: string) =>
  bytes.length === keyBytes && bytes.compare(Buffer.from(modulus, 'base64url')) < 0
