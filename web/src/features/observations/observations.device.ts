import { z } from 'zod'

// The codes of anonymous observations this device remembers, so that their author may follow them.

const codesKey = 'observation-codes'

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    // Closed storage, or something we did not write: begin again.
    return null
  }
}

/** False where the browser keeps nothing; what is on the screen stays there. */
function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

/** Codes of this device, the latest first. */
export function keptCodes(): string[] {
  const parsed = z.array(z.string().length(25)).safeParse(read(codesKey))
  return parsed.success ? parsed.data : []
}

export const keepCode = (code: string) =>
  write(codesKey, [code, ...keptCodes().filter((other) => other !== code)])

export const forgetCode = (code: string) =>
  write(
    codesKey,
    keptCodes().filter((other) => other !== code),
  )
