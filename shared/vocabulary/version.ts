import { z } from 'zod'

/** What was never written has version 0. Larger numbers than anybody reaches do not fit the column. */
export const versionOrNoneSchema = z.number().int().min(0).max(1_000_000)

/** The version that was read: another one since is a refusal, not an overwriting. */
export const versionSchema = versionOrNoneSchema.min(1)
