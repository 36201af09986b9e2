import { z } from 'zod'

/**
 * What somebody types into a field, without spaces around it. The shortest is counted in code points,
 * as PostgreSQL counts: two emoji are two there, and four or more to JavaScript.
 * @param longest in UTF-16 units, as `maxlength` counts in browsers; never fewer than code points.
 */
export const line = (longest: number, shortest = 0) =>
  z
    .string()
    .trim()
    .min(shortest)
    .max(longest)
    .refine((value) => [...value].length >= shortest)
