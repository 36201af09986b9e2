import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import {
  type Fault,
  type Reminder,
  remindersRoutes as routes,
} from '#shared/reminders/reminders.contract.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import { ApiProblem, call, queryFor } from '../../app/api.ts'

/** A pause in typing after which what is written is saved. */
const quietMs = 900

/** What is being written, and how far it is saved. */
export interface Saving {
  story: Story
  /** The address of the reminder: a shipped one has an id of its own once it was saved. */
  reminder: string
  /** What the next save, publication or throwing away names as seen; 0 before the first. */
  saved: number
  /** Of what was saved last. */
  faults: readonly Fault[]
  state: 'saved' | 'writing' | 'failed'
  error: Error | undefined
  /** What somebody else saved in between; nothing is saved until one of the two is chosen. */
  overtaken: NonNullable<Reminder['draft']> | undefined
  write: (story: Story) => void
  saveNow: () => Promise<number | undefined>
  keepMine: () => void
  takeTheirs: () => void
}

/** Saves a story as one goes: one save at a time, the newest text after each pause. */
export function useSaving(regionId: string, opened: Reminder): Saving {
  const client = useQueryClient()
  const [first] = useState(opened)
  const [story, setStory] = useState(first.draft?.story ?? first.published?.story)
  const [known, setKnown] = useState({
    reminder: first.reminder,
    saved: first.draft?.saved ?? 0,
    faults: first.draft?.faults ?? [],
  })
  const [state, setState] = useState<Saving['state']>('saved')
  const [error, setError] = useState<Error>()
  const [overtaken, setOvertaken] = useState<Saving['overtaken']>()
  const latest = useRef({ story, known, dirty: false })
  const atWork = useRef<Promise<void>>(undefined)
  if (!story) throw new Error('a reminder has a text, told or being written')

  const params = { regionId, reminder: first.reminder }
  function learn(answer: Reminder) {
    const { reminder, draft } = answer
    // The title above the page follows; what is being typed stays here.
    client.setQueryData(queryFor(routes.reminder, { params }).queryKey, answer)
    const next = { reminder, saved: draft?.saved ?? 0, faults: draft?.faults ?? [] }
    latest.current.known = next
    setKnown(next)
  }
  async function saveOnce() {
    latest.current.dirty = false
    const { story: written, known: seen } = latest.current
    if (!written) return
    try {
      const body = { saved: seen.saved, story: written }
      learn(await call(routes.saveDraft, { params, body }))
      setError(undefined)
      setState(latest.current.dirty ? 'writing' : 'saved')
    } catch (thrown) {
      latest.current.dirty = true
      setState('failed')
      if (thrown instanceof ApiProblem && thrown.problem.code === 'story-changed') {
        const theirs = await client.fetchQuery({
          ...queryFor(routes.reminder, { params }),
          staleTime: 0,
        })
        setOvertaken(theirs.draft ?? undefined)
      } else if (thrown instanceof Error) setError(thrown)
    }
  }
  /** Everything written so far is saved when it resolves; undefined where that did not work out. */
  async function saveNow(): Promise<number | undefined> {
    while (atWork.current !== undefined) await atWork.current
    if (latest.current.dirty) {
      atWork.current = saveOnce().finally(() => {
        atWork.current = undefined
      })
      await atWork.current
    }
    return latest.current.dirty ? undefined : latest.current.known.saved
  }
  const save = useRef(saveNow)
  save.current = saveNow

  // biome-ignore lint/correctness/useExhaustiveDependencies: a pause begins with each change
  useEffect(() => {
    if (!latest.current.dirty || overtaken) return
    const timer = setTimeout(() => void save.current(), quietMs)
    return () => clearTimeout(timer)
  }, [story, overtaken])
  useEffect(() => {
    // Leaving the page, or the app on a phone: not after a pause, but now.
    const leaving = () => void (latest.current.dirty && save.current())
    // Closing within that second would cut the save off: the browser asks first.
    const closing = (event: BeforeUnloadEvent) => {
      if (latest.current.dirty) event.preventDefault()
    }
    addEventListener('pagehide', leaving)
    addEventListener('beforeunload', closing)
    return () => {
      removeEventListener('pagehide', leaving)
      removeEventListener('beforeunload', closing)
      leaving()
    }
  }, [])

  function write(next: Story) {
    Object.assign(latest.current, { story: next, dirty: true })
    setStory(next)
    setState('writing')
  }
  function settle(next: Story, seen: number) {
    latest.current.known = { ...latest.current.known, saved: seen }
    setOvertaken(undefined)
    write(next)
  }
  return {
    story,
    ...known,
    state,
    error,
    overtaken,
    write,
    saveNow,
    keepMine: () => overtaken && settle(story, overtaken.saved),
    takeTheirs: () => overtaken && settle(overtaken.story, overtaken.saved),
  }
}
