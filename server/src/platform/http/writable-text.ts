/**
 * Where checked input holds text that PostgreSQL cannot keep: a NUL, which no `text` takes, or half
 * of a surrogate pair, which no `jsonb` takes and which has no UTF-8 (RFC 3629 §3).
 * @returns the paths, as Zod writes them; input that passed a schema is no deeper than the schema.
 */
export function unwritableTexts(value: unknown, path: PropertyKey[] = []): PropertyKey[][] {
  if (typeof value === 'string') return isWritable(value) ? [] : [path]
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => unwritableTexts(one, [...path, index]))
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return []
  return Object.entries(value).flatMap(([key, one]) =>
    isWritable(key) ? unwritableTexts(one, [...path, key]) : [path],
  )
}

const isWritable = (text: string) => !text.includes('\u0000') && text.isWellFormed()
