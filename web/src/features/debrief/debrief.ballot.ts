import { ballotMessage } from '#shared/debrief/debrief.vocabulary.ts'
import { newObservationId } from '../observations/observations.secret.ts'
import { blind, finalize, newFactor, numberOf, publicKey } from './debrief.blinding.ts'

// The phone’s half of a ballot nobody can trace (see the server’s debrief.ballots.ts): it draws an id,
// hides it in a random factor, has that signed, takes the factor out again and looks whether what is
// left is a signature. Numbers travel as base64url, as long as the key.

/** Kept on this device until the session is over. */
export interface BallotSecret {
  id: string
  /** The factor that hides the id, in hexadecimal. */
  factor: string
}

/** A new ballot: its id, and what hides it from whoever signs. @param modulus base64url. */
export function newBallot(modulus: string): BallotSecret {
  return { id: newObservationId(), factor: newFactor(keyOf(modulus)).toString(16) }
}

/** What is sent to be signed: as likely to be any ballot as any other. The same again for a retry. */
export function blindedOf(ballot: BallotSecret, modulus: string): string {
  const factor = BigInt(`0x${ballot.factor}`)
  return toBase64(blind(keyOf(modulus), messageOf(ballot), factor), modulus)
}

/** The ballot’s own signature; undefined where what was signed does not fit it. */
export function signatureOf(
  ballot: BallotSecret,
  signed: string,
  modulus: string,
): string | undefined {
  const factor = BigInt(`0x${ballot.factor}`)
  const signature = finalize(keyOf(modulus), messageOf(ballot), fromBase64(signed), factor)
  return signature === undefined ? undefined : toBase64(signature, modulus)
}

const keyOf = (modulus: string) => publicKey(fromBase64(modulus))
const messageOf = ({ id }: BallotSecret) => new TextEncoder().encode(ballotMessage(id))

function fromBase64(text: string): bigint {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return numberOf(Uint8Array.from(plain, (letter) => letter.charCodeAt(0)))
}

/** As long as the modulus, zeros first. */
function toBase64(number: bigint, modulus: string): string {
  const bytes = Math.floor((modulus.length * 3) / 4)
  const digits = number.toString(16).padStart(bytes * 2, '0')
  const letters = digits.match(/../g)?.map((byte) => String.fromCharCode(Number.parseInt(byte, 16)))
  return btoa(letters?.join('') ?? '')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
