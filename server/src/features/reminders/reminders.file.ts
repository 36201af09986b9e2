import { unwritableTexts } from '#server/platform/http/writable-text.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { draftSchema, type Story } from '#shared/reminders/reminders.story.ts'

/** The document itself goes six levels down: document, scenes, scene, ways, way, words. */
const deepest = 8

/** A reminder as a file, as docs/reminder-format.md tells it. */
export const fileOf = (story: Story): string => `${JSON.stringify(story, null, 2)}\n`

/**
 * Reads a file somebody brought. Refuses what is no JSON in UTF-8, what is nested deeper than a
 * reminder can be, and what has a field or value a reminder does not know, saying where.
 */
export function readFile(bytes: Uint8Array): Story | Refusal {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('story-unreadable')
  }
  if (depthOf(text) > deepest) return refuse('story-too-deep')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('story-unreadable')
  }
  const parsed = draftSchema.safeParse(value)
  if (parsed.success) {
    return unwritableTexts(parsed.data).length > 0 ? refuse('story-unreadable') : parsed.data
  }
  const [issue] = parsed.error.issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const place = [...(issue?.path ?? []), ...keys].join('.')
  return refuse('story-unfit', { place: place.slice(0, 80) || '–' })
}

/** How deep brackets are nested, told before anything is built from them. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0]
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (mark === '[' || mark === '{') most = Math.max(most, ++depth)
    else if (mark === ']' || mark === '}') depth -= 1
  }
  return most
}
