import { z } from 'zod'
import { momentSchema } from '#shared/observations/observations.contract.ts'

// What this device remembers: an observation being written, and the codes of anonymous ones.

const draftSchema = z.object({
  irritantId: z.string().optional(),
  roleId: z.string().optional(),
  moment: momentSchema.optional(),
  frequency: z.number().optional(),
  severity: z.number().optional(),
  situation: z.string().default(''),
  idea: z.string().default(''),
  how: z.enum(['named', 'anonymous']).optional(),
  /** Kept from the first attempt, so that a retry is the same observation. */
  namedId: z.string().optional(),
  followCode: z.string().optional(),
})
export type Draft = z.infer<typeof draftSchema>
export const emptyDraft: Draft = { situation: '', idea: '' }

const draftKey = (dayId: string) => `observation-draft:${dayId}`
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
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function readDraft(dayId: string): Draft {
  const parsed = draftSchema.safeParse(read(draftKey(dayId)))
  return parsed.success ? parsed.data : emptyDraft
}

export const keepDraft = (dayId: string, draft: Draft) => write(draftKey(dayId), draft)
export const dropDraft = (dayId: string) => write(draftKey(dayId), undefined)

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
