import { z } from 'zod'
import { dropKept, keepAll, readAllKept, type Writing } from '../../app/device.ts'
import { lastReader, nobody, type Reader } from '../../app/reader.ts'
import { isReadable, isToGo, type KeptCode } from './observations.codes.ts'

// The codes of anonymous observations this device remembers, so that their author may follow them.
// Nothing tells when one was put, nor after which other.

const codeSchema = z.string().length(25)
const keptSchema = z.object({ reader: z.string() })
const ownerKey = 'device-owner'

/** Puts a code, in the same breath as the observation it stands for. */
export const codeWriting = (code: string, reader: Reader): Writing => ['codes', code, { reader }]

/** False where the browser keeps nothing. */
export function keepCode(code: string, reader: Reader): Promise<boolean> {
  return keepAll([codeWriting(code, reader)]).then(
    () => true,
    () => false,
  )
}

export const forgetCode = (code: string) => dropKept('codes', code).catch(() => {})

async function allCodes(): Promise<KeptCode[]> {
  const rows = await readAllKept('codes').catch(() => [])
  return rows.flatMap(([code, value]) => {
    const read = keptSchema.safeParse(value)
    return read.success && codeSchema.safeParse(code).success ? [{ code, ...read.data }] : []
  })
}

/** The codes of this device its reader may see. */
export async function keptCodes(reader: Reader): Promise<string[]> {
  await takeOver()
  const owner = deviceOwner()
  return (await allCodes())
    .filter((kept) => isReadable(kept, reader, owner))
    .map(({ code }) => code)
}

/**
 * Takes the codes of whoever was here before off the device, unless it is theirs.
 * @param leaving the one who was here just signed out.
 */
export async function forgetOthersCodes(reader: Reader, leaving = false): Promise<void> {
  for (const code of await codesToGo(reader, leaving)) await forgetCode(code)
}

/** Those that are about to go: the last moment to note them. */
export async function codesToGo(reader: Reader, leaving: boolean): Promise<string[]> {
  await takeOver()
  const owner = deviceOwner()
  return (await allCodes())
    .filter((kept) => isToGo(kept, reader, owner, leaving))
    .map(({ code }) => code)
}

/** Who said that this device is theirs alone; undefined for one that may be shared. */
export function deviceOwner(): Reader | undefined {
  try {
    return localStorage.getItem(ownerKey) ?? undefined
  } catch {
    return undefined
  }
}

/** « C’est mon appareil »: what its reader put here stays when they leave. */
export function ownDevice(reader: Reader): void {
  try {
    localStorage.setItem(ownerKey, reader)
  } catch {
    // A browser that keeps nothing has no codes to keep.
  }
}

/** Codes of an older version lay in localStorage for whoever looked: whoever was here last put them. */
async function takeOver(): Promise<void> {
  const oldKey = 'observation-codes'
  const reader = lastReader() ?? nobody
  try {
    const old = localStorage.getItem(oldKey)
    if (old === null) return
    const codes = z.array(codeSchema).nonempty().safeParse(JSON.parse(old))
    if (codes.success) await keepAll(codes.data.map((code) => codeWriting(code, reader)))
    localStorage.removeItem(oldKey)
  } catch {
    // They stay where they are: the next visit tries again.
  }
}
