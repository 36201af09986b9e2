import { readFileSync } from 'node:fs'
import { type Story, storySchema } from '#shared/reminders/reminders.story.ts'

/** The reminders that ship, in the order a programme tells them; a name never changes once shipped. */
export const shippedStories = [
  'closing-words',
  'on-hold',
  'third-visit',
  'desk-to-desk',
  'six-o-clock',
  'calling-back',
] as const
export type ShippedStory = (typeof shippedStories)[number]

const stories = new Map<ShippedStory, Story>(
  shippedStories.map((name) => [
    name,
    storySchema.parse(
      JSON.parse(readFileSync(new URL(`./content/${name}.json`, import.meta.url), 'utf8')),
    ),
  ]),
)

/** A shipped reminder, whole, in French, English and Dutch. */
export function shippedStory(name: ShippedStory): Story {
  return stories.get(name)!
}
