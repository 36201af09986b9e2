import { nobody, type Reader } from '../../app/reader.ts'

// Whose codes of anonymous observations may stay on a device. A code is all it takes to read an
// observation, so none is left for whoever sits down next, unless somebody said: this is mine alone.

export interface KeptCode {
  code: string
  /** Who was here when it was put. */
  reader: Reader
}

/** @param owner who said that the device is theirs alone. */
const isAtHome = (kept: KeptCode, owner: Reader | undefined) => kept.reader === owner

/** On one’s own device one reads also before signing in, or after the session ran out. */
export function isReadable(kept: KeptCode, reader: Reader, owner: Reader | undefined): boolean {
  if (kept.reader === reader) return true
  return isAtHome(kept, owner) && (reader === nobody || kept.reader === nobody)
}

/**
 * Whether a code has to go now.
 * @param reader who is here from now on.
 * @param leaving somebody signed out. A session that merely ran out is no leaving: they come back.
 */
export function isToGo(
  kept: KeptCode,
  reader: Reader,
  owner: Reader | undefined,
  leaving: boolean,
): boolean {
  if (isAtHome(kept, owner)) return false
  return leaving || (reader !== nobody && kept.reader !== reader)
}
