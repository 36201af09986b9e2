import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Story, storySchema } from '#shared/reminders/reminders.story.ts'
import {
  back,
  begin,
  follow,
  forward,
  type Progress,
  react,
  resumed,
  type Step,
  sceneAt,
  shareDone,
} from '#web/features/reminders/reminders.progress.ts'
import { written } from './reminders.factory.ts'

const story = written()

it('the story the other tests read is one that could be published', () => {
  expect(storySchema.safeParse(story).error?.issues).toBeUndefined()
})

/** Walks on by the one way, or by what is chosen where there is a choice. */
function walk(from: Progress, choices: { way: string; reaction: string; mission: string }) {
  const answers: Step['answers'] = []
  let progress = from
  while (progress.stage !== 'end') {
    const step: Step | undefined =
      progress.stage === 'reactions'
        ? react(progress, choices.reaction)
        : progress.stage === 'missions' && progress.mission === null
          ? { progress: { ...progress, mission: choices.mission }, answers: [] }
          : (forward(story, progress) ?? follow(story, progress, choices.way))
    answers.push(...step.answers)
    progress = step.progress
  }
  return { progress, answers }
}

describe('the way through a reminder', () => {
  it('leads by the chosen scenes to the mission, and tells each answer once', () => {
    const choices = { way: 'shop', reaction: 'listen', mission: 'until' }
    const { progress, answers } = walk(begin(), choices)
    expect(progress.way).toEqual(['oven', 'shop', 'answered'])
    expect(answers).toEqual([
      { question: 'began', value: 'yes' },
      { question: 'reaction', value: 'listen' },
      { question: 'mission', value: 'until' },
    ])
  })

  it('goes on by a choice only where there is one, and past it by no key', () => {
    const { progress } = forward(story, begin())!
    expect(sceneAt(story, progress)?.id).toBe('oven')
    expect(forward(story, progress)).toBeUndefined()
    expect(follow(story, progress, 'waiting').progress.way).toEqual(['oven', 'waiting'])
  })

  it('goes back page by page, loses nothing chosen, and tells nothing a second time', () => {
    const choices = { way: 'waiting', reaction: 'excuse', mission: 'until' }
    let progress = walk(begin(), choices).progress
    expect(back(progress)).toBeUndefined()
    progress = { ...progress, stage: 'missions' }
    while (progress.stage !== 'scenes') progress = back(progress)!
    expect(sceneAt(story, progress)?.id).toBe('answered')
    const again = walk(progress, { ...choices, reaction: 'listen' })
    expect(again.progress.reaction).toBe('listen')
    expect(again.answers).toEqual([])
  })

  it('tells the technique that was kept and a line of one’s own, without its blanks', () => {
    const place = { ...react(begin(), 'own').progress, technique: true, line: '  Je regarde.  ' }
    const line = forward(story, place)!
    expect(line.answers).toEqual([
      { question: 'reaction', value: 'own' },
      { question: 'technique', value: 'name-it' },
    ])
    expect(forward(story, line.progress)!.answers).toEqual([
      { question: 'line', value: 'Je regarde.' },
    ])
  })

  it('leaves a technique behind with the reaction it stood beside', () => {
    const kept = { ...react(begin(), 'own').progress, technique: true }
    expect(react(kept, 'own').progress.technique).toBe(true)
    expect(react(kept, 'listen').progress.technique).toBe(false)
  })

  it('is further along at each step, from nothing to everything', () => {
    fc.assert(
      fc.property(fc.constantFrom('waiting', 'shop'), (way) => {
        const choices = { way, reaction: 'listen', mission: 'until' }
        let progress = begin()
        const shares = [shareDone(story, progress)]
        while (progress.stage !== 'end') {
          const next =
            progress.stage === 'reactions'
              ? react(progress, choices.reaction).progress
              : (forward(story, { ...progress, mission: choices.mission })?.progress ??
                follow(story, progress, way).progress)
          progress = next
          shares.push(shareDone(story, progress))
        }
        expect(shares).toEqual([...new Set(shares)].toSorted((a, b) => a - b))
        expect([shares[0], shares.at(-1)]).toEqual([0, 1])
      }),
    )
  })
})

describe('a reminder opened again', () => {
  it('goes on where one left', () => {
    const left = forward(story, begin())!.progress
    expect(resumed(story, JSON.parse(JSON.stringify(left)))).toEqual(left)
  })

  it('begins anew where the story lost the scene, and still tells nothing twice', () => {
    const left = forward(story, begin())!.progress
    const shorter: Story = written((one) => one.scenes.shift())
    expect(resumed(shorter, left)).toEqual({ ...begin(), told: ['began'] })
  })

  it('begins anew from what another version of the app kept', () => {
    expect(resumed(story, { scene: 3 })).toEqual(begin())
    expect(resumed(story, undefined)).toEqual(begin())
  })
})
