import type { ProblemCode } from '#shared/problems/problems.ts'

/** An expected « no »: a value a service returns, never an exception. */
export interface Refusal {
  refused: ProblemCode
  /** Numbers and words the sentence of this code needs; never personal data. */
  details?: Record<string, string | number>
}

/** Says no with a code of the closed set. */
export function refuse(refused: ProblemCode, details?: Refusal['details']): Refusal {
  return details === undefined ? { refused } : { refused, details }
}

/** True for a value made by {@link refuse}. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value
}
