import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import { ballotMessage } from '#shared/debrief/debrief.vocabulary.ts'

// Blind signatures of RFC 9474, the variant RSABSSA-SHA384-PSSZERO-Deterministic: the phone hides its
// ballot’s id in a random factor, we sign what we cannot read, the phone takes the factor out and
// verifies what is left. A ballot then proves that somebody who had a right to one wrote it, and nothing
// else: the factor is drawn evenly among all there are, so what was signed is as likely to belong to any
// ballot as to any other, whoever holds the key. OpenSSL does the arithmetic and the verifying.

const keyBits = 2_048
const { RSA_NO_PADDING: padding, RSA_PKCS1_PSS_PADDING: pss } = constants

/** A new private key, as PEM. */
export async function newBallotKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: keyBits,
    publicExponent: 65_537,
  })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** The half of a key that verifies. */
export const publicHalf = (key: string): KeyObject => createPublicKey(key)

/** The modulus, which is all a phone needs besides the exponent 65537. @returns base64url. */
export function modulusOf(key: KeyObject): string {
  const { n } = key.export({ format: 'jwk' })
  if (!n) throw new Error('not an RSA key')
  return n
}

/**
 * Signs what a phone blinded (RFC 9474 §4.3, BlindSign).
 * @returns base64url; undefined for what is not a number below the modulus, as long as it is.
 * @throws Error where the signature does not verify: a fault in between would give the key away.
 */
export function signBlinded(key: string, blinded: string): string | undefined {
  const bytes = Buffer.from(blinded, 'base64url')
  const verifying = publicHalf(key)
  const modulus = Buffer.from(modulusOf(verifying), 'base64url')
  if (bytes.length !== modulus.length || bytes.compare(modulus) >= 0) return undefined
  const signed = privateDecrypt({ key: createPrivateKey(key), padding }, bytes)
  if (!publicEncrypt({ key: verifying, padding }, signed).equals(bytes)) {
    throw new Error('signing failed')
  }
  return signed.toString('base64url')
}

/** Whether this is our signature of this ballot (RSASSA-PSS-VERIFY, no salt); each day has its own key. */
export function isSigned(key: KeyObject, ballotId: string, signature: string): boolean {
  return verify(
    'sha384',
    Buffer.from(ballotMessage(ballotId)),
    { key, padding: pss, saltLength: 0 },
    Buffer.from(signature, 'base64url'),
  )
}
