import { type PlanInput, problemOf } from './matching.problem.ts'

/**
 * A day as an instance file, the format `npm run match` reads: what may be given to whom at which
 * rank, caps as groups, and the director's hand. People and slots are told by their ids alone, one
 * entry a line; neither names nor employee numbers nor the ties' seed are in it.
 */
export function instanceFile(input: PlanInput): string {
  const { seed: _, ...problem } = problemOf(input)
  const lists = Object.entries(problem).map(([key, items]) => {
    const lines = items.map((item) => JSON.stringify(item, withoutNull))
    return `"${key}":[${lines.length > 0 ? `\n${lines.join(',\n')}\n` : ''}]`
  })
  return `{${lists.join(',\n')}}\n`
}

/** A slot without a cap has no group at all. */
const withoutNull = (_key: string, value: unknown) => value ?? undefined
