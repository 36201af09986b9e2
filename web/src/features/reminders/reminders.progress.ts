import { z } from 'zod'
import {
  type ReminderAnswer,
  type ReminderQuestion,
  reminderQuestionSchema,
} from '#shared/reminders/reminders.questions.ts'
import { type Scene, type Story, scenesMet } from '#shared/reminders/reminders.story.ts'

/** The pages of a reminder after its scenes, and the cover before them. */
const stages = [
  'cover',
  'scenes',
  'emotion',
  'reactions',
  'place',
  'line',
  'missions',
  'end',
] as const
export type Stage = (typeof stages)[number]

/** Where a reader is, and what they chose; kept on their device and nowhere else. */
export const progressSchema = z.object({
  stage: z.enum(stages),
  /** Scenes met, in the order they were read; the last one is the one shown. */
  way: z.array(z.string()).max(9),
  reaction: z.string().nullable(),
  /** Whether the technique beside it is kept in mind. */
  technique: z.boolean(),
  line: z.string(),
  mission: z.string().nullable(),
  /** Questions whose answer has left: going back and forth tells nothing twice. */
  told: z.array(reminderQuestionSchema),
})
export type Progress = z.infer<typeof progressSchema>

/** A step: where the reader is now, and the answers that became final by it, each told once. */
export interface Step {
  progress: Progress
  answers: ReminderAnswer[]
}

export const begin = (): Progress => ({
  stage: 'cover',
  way: [],
  reaction: null,
  technique: false,
  line: '',
  mission: null,
  told: [],
})

/** The scene a reader is at; undefined outside the scenes. */
export const sceneAt = (story: Story, { stage, way }: Progress): Scene | undefined =>
  stage === 'scenes' ? story.scenes.find(({ id }) => id === way.at(-1)) : undefined

/** Kept progress as far as the story still has it: an edited story may have lost a scene. */
export function resumed(story: Story, kept: unknown): Progress {
  const parsed = progressSchema.safeParse(kept)
  if (!parsed.success) return begin()
  const progress = parsed.data
  const has = (list: readonly { id: string }[], id: string | null) =>
    id === null || list.some((one) => one.id === id)
  const fits =
    progress.way.every((id) => has(story.scenes, id)) &&
    has(story.reactions, progress.reaction) &&
    has(story.missions, progress.mission)
  return fits ? progress : { ...begin(), told: progress.told }
}

/** The one way on from here: by a button, a swipe or a key; with a choice only by its card. */
export function forward(story: Story, progress: Progress): Step | undefined {
  switch (progress.stage) {
    case 'cover': {
      const [first] = story.scenes
      if (!first) return undefined
      return told({ ...progress, stage: 'scenes', way: [first.id] }, { began: 'yes' })
    }
    case 'scenes': {
      const ways = sceneAt(story, progress)?.ways ?? []
      if (ways.length > 1) return undefined
      return follow(story, progress, ways[0]?.to)
    }
    case 'emotion':
      return quietly({ ...progress, stage: 'reactions' })
    case 'place': {
      const reaction = story.reactions.find(({ id }) => id === progress.reaction)
      const technique = progress.technique ? reaction?.technique : undefined
      return told({ ...progress, stage: 'line' }, { reaction: reaction?.id, technique })
    }
    case 'line':
      return told({ ...progress, stage: 'missions' }, { line: progress.line.trim() })
    case 'missions':
      if (progress.mission === null) return undefined
      return told({ ...progress, stage: 'end' }, { mission: progress.mission })
    default:
      return undefined
  }
}

/** On to a scene; past the last one to the emotion. A draft may name a scene it does not have yet. */
export function follow(story: Story, progress: Progress, to: string | undefined): Step {
  const next = story.scenes.find(({ id }) => id === to)
  if (!next || progress.way.includes(next.id)) return quietly({ ...progress, stage: 'emotion' })
  return quietly({ ...progress, way: [...progress.way, next.id] })
}

/** A reaction picked: it slides to its place. Another one leaves the technique of the first. */
export const react = (progress: Progress, reaction: string): Step =>
  quietly({
    ...progress,
    stage: 'place',
    reaction,
    technique: progress.reaction === reaction && progress.technique,
  })

/** One page back; nothing chosen is lost. Not from the end, nor before the cover. */
export function back(progress: Progress): Progress | undefined {
  const { stage, way } = progress
  if (stage === 'cover' || stage === 'end') return undefined
  if (stage === 'scenes' && way.length > 1) return { ...progress, way: way.slice(0, -1) }
  if (stage === 'scenes') return { ...progress, stage: 'cover', way: [] }
  return { ...progress, stage: stages[stages.indexOf(stage) - 1] ?? 'cover' }
}

/** How far along, 0 to 1, counting on the longest way that is still possible. */
export function shareDone(story: Story, progress: Progress): number {
  const after = stages.length - 2
  const scene = sceneAt(story, progress)
  if (progress.stage === 'cover') return 0
  if (progress.stage === 'end') return 1
  const met = progress.way.length
  const from = story.scenes.findIndex(({ id }) => id === progress.way.at(-1))
  const ahead = scene ? scenesMet([scene, ...story.scenes.toSpliced(from, 1)]) : undefined
  const left = (ahead?.most ?? 1) - 1
  const done = scene ? met : met + stages.indexOf(progress.stage) - 1
  return done / (met + left + after)
}

const quietly = (progress: Progress): Step => ({ progress, answers: [] })

/** Tells what has an answer and was not told before. */
function told(
  progress: Progress,
  values: Partial<Record<ReminderQuestion, string | undefined>>,
): Step {
  const answers = Object.entries(values).flatMap(([name, value]) => {
    const question = reminderQuestionSchema.parse(name)
    return value && !progress.told.includes(question) ? [{ question, value }] : []
  })
  const asked = answers.map(({ question }) => question)
  return { progress: { ...progress, told: [...progress.told, ...asked] }, answers }
}
