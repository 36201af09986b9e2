import { planOf, type Seats, type Stats } from '../solution.ts'

/**
 * A plan as JSON, one assignment a line so that two plans can be compared line by line; assignments
 * and `unplaced` are sorted by participant (by UTF-16 unit, as `<` does).
 * @param timesOf asked once the lists are written, so that it can tell how long that took
 */
export function planFile(
  instance: Parameters<typeof planOf>[0],
  solution: Seats,
  { placed, cost, histogram }: Stats,
  timesOf: () => Record<'read' | 'solve' | 'write', number>,
): string {
  const { assignments, unplaced } = planOf(instance, solution)
  const rows = assignments.map(({ participant, slot }) => JSON.stringify({ participant, slot }))
  const lists =
    `{"assignments":${lines(rows)},\n` +
    `"unplaced":${lines(unplaced.map((id) => JSON.stringify(id)))},\n`
  return `${lists}"stats":${JSON.stringify({ placed, cost, histogram, milliseconds: timesOf() })}}\n`
}

const lines = (rows: string[]) => (rows.length === 0 ? '[]' : `[\n${rows.join(',\n')}\n]`)
