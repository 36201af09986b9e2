// Who reads on this device, so that what one leaves behind is not shown to the next.

/** An account’s id, or `nobody` for who came by a link or has not signed in. */
export type Reader = string
export const nobody: Reader = 'nobody'

const key = 'reader'

/** Whoever was here last; undefined on a device nobody has read on, or that keeps nothing. */
export function lastReader(): Reader | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

export function noteReader(reader: Reader): void {
  try {
    localStorage.setItem(key, reader)
  } catch {
    // A browser that keeps nothing has nothing to hide.
  }
}
