import { useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { ideaSources, momentSchema } from '#shared/observations/observations.contract.ts'
import { keep, readAllKept, type Writing as Written } from '../../app/device.ts'
import { newFollowCode, newObservationId } from './observations.secret.ts'

// An observation being written: on the device at each touch, so that it opens again where one left.

const draftSchema = z.object({
  irritantId: z.string().optional(),
  roleId: z.string().optional(),
  moment: momentSchema.optional(),
  frequency: z.number().optional(),
  severity: z.number().optional(),
  situation: z.string().default(''),
  idea: z.string().default(''),
  ideaFrom: z.enum(ideaSources).optional(),
  how: z.enum(['named', 'anonymous']).optional(),
  /** The page one was at. */
  step: z.number().int().optional(),
  /** Its id under one’s name: drawn with the draft, or that of the one that is corrected. */
  namedId: z.string().default(newObservationId),
  /** Its code without one’s name. */
  code: z.string().length(25).default(newFollowCode),
})
export type Draft = z.infer<typeof draftSchema>
/** One draft, one identity: however often it is opened again and sent, it is one observation. */
const newDraft = (): Draft => draftSchema.parse({})

/** Two tabs write two drafts: each takes the first place of its key that no other holds. */
interface Place {
  key: string
  draft: Draft
  release: () => void
}

async function draftsOf(key: string): Promise<[place: string, draft: Draft][]> {
  const rows = await readAllKept('drafts').catch(() => [])
  return rows.flatMap(([place, value]) => {
    const read = draftSchema.safeParse(value)
    return read.success && place.startsWith(`${key}#`) ? [[place, read.data] as const] : []
  }) as [string, Draft][]
}

async function takePlace(key: string): Promise<Place> {
  await takeOver(key)
  const drafts = new Map(await draftsOf(key))
  for (const place of drafts.keys()) {
    // The page before a reload may take a moment to let go.
    const release = await hold(place, 400)
    if (release) return { key: place, draft: drafts.get(place)!, release }
  }
  for (let number = 1; ; number += 1) {
    const place = `${key}#${number}`
    const release = drafts.has(place) ? undefined : await hold(place, 0)
    if (release) return { key: place, draft: newDraft(), release }
  }
}

/** Holds a place until released or the tab is gone; undefined where another tab has it. */
async function hold(place: string, patience: number): Promise<(() => void) | undefined> {
  if (!navigator.locks) return () => {}
  return new Promise((done) => {
    const options = patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true }
    navigator.locks
      .request(`draft ${place}`, options, (lock) => {
        if (!lock) return done(undefined)
        return new Promise<void>((release) => done(() => release()))
      })
      .catch(() => done(undefined))
  })
}

/** Drafts of before the device had its store lay in localStorage, under the day alone. */
async function takeOver(key: string): Promise<void> {
  try {
    const old = `observation-draft:${key.slice(key.indexOf(':') + 1)}`
    const written = localStorage.getItem(old)
    if (written === null) return
    await keep('drafts', `${key}#0`, JSON.parse(written))
    localStorage.removeItem(old)
  } catch {
    // It stays where it is: the next visit tries again.
  }
}

/** The words of a draft whose day is over, to be read and copied; undefined where there are none. */
export async function wordsLeft(key: string): Promise<string | undefined> {
  const drafts = await draftsOf(key)
  const words = drafts.flatMap(([, { situation, idea }]) => [situation, idea]).filter(Boolean)
  return words.length > 0 ? words.join('\n') : undefined
}

export interface Writing {
  draft: Draft
  change: (changes: Partial<Draft>) => void
  /** False once the browser has kept nothing: the screen is all there is. */
  isKept: boolean
  /** What makes it gone, to be written with what takes its place. */
  gone: Written
}

/**
 * The draft of a day, written at each change and never behind another writing: what waits in a page
 * is lost with it.
 * @param key whose and of which day, as `reader:day`.
 * @param start what an empty draft begins with.
 * @returns undefined until it has been looked for.
 */
export function useDraft(key: string, start: Partial<Draft>): Writing | undefined {
  const [place, setPlace] = useState<Place>()
  const [draft, setDraft] = useState<Draft>()
  const [isKept, setKept] = useState(true)
  const current = useRef<Draft>(undefined)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the start is of the first moment only
  useEffect(() => {
    let isGone = false
    const taking = takePlace(key)
    void taking.then((taken) => {
      if (isGone) return taken.release()
      current.current = { ...start, ...taken.draft }
      setDraft(current.current)
      setPlace(taken)
    })
    return () => {
      isGone = true
      setPlace(undefined)
      void taking.then(({ release }) => release())
    }
  }, [key])

  const write = (at: string) =>
    keep('drafts', at, current.current).then(
      () => setKept(true),
      () => setKept(false),
    )

  if (!place || !draft) return undefined
  return {
    draft,
    isKept,
    change(changes) {
      current.current = { ...(current.current ?? draft), ...changes }
      setDraft(current.current)
      void write(place.key)
    },
    gone: ['drafts', place.key, undefined],
  }
}

/** Begins the correction of an observation already sent: the form opens with what was said. */
export async function beginCorrection(key: string, said: Omit<Draft, 'code'>): Promise<void> {
  await keep('drafts', `${key}#0`, said).catch(() => {})
}
