// A reminder, from its cover to the mission: <ReminderPlayer story={…} language="fr" onLanguage={…}
// progress={progress} onProgress={(progress, answers) => …} />. It fills its parent, which needs a
// height; it knows no network and keeps nothing. Whoever shows it keeps the progress and sends the
// answers, which come with the step that made them final: keep both at once. The page gives the <h1>.
import { IconChevronLeft } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, type TouchEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { NameFilter } from '#shared/observations/observations.contract.ts'
import type { ReminderAnswer } from '#shared/reminders/reminders.questions.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { MissionChoice } from './MissionChoice.tsx'
import { OwnLine } from './OwnLine.tsx'
import classes from './Player.module.css'
import { ReactionChoice } from './ReactionChoice.tsx'
import { ReactionPlace } from './ReactionPlace.tsx'
import { ReminderCover } from './ReminderCover.tsx'
import { ReminderEmotion } from './ReminderEmotion.tsx'
import { ReminderEnd } from './ReminderEnd.tsx'
import { ReminderScene } from './ReminderScene.tsx'
import {
  back,
  follow,
  forward,
  type Progress,
  react,
  type Step,
  sceneAt,
  shareDone,
} from './reminders.progress.ts'
import { StoryLanguage } from './Told.tsx'

/** What a page of the player is given. */
export interface PageOfPlayer {
  story: Story
  progress: Progress
  /** The one way on from this page. */
  onForward: () => void
}

interface Player {
  story: Story
  language: ContentLanguage
  onLanguage: (language: ContentLanguage) => void
  progress: Progress
  onProgress: (progress: Progress, answers: readonly ReminderAnswer[]) => void
  /** Names of colleagues to spot in a line of one’s own, where the page knows them. */
  names?: NameFilter | undefined
  /** What becomes of the answers, said before they are given. */
  promise?: ReactNode
  /** Under the thanks: the hand of cards. */
  ending?: ReactNode
  /** Beside the line of progress: the way out. */
  aside?: ReactNode
}

/** See the top of the file. */
export function ReminderPlayer(props: Player) {
  const { story, language, progress, onProgress } = props
  const { t } = useTranslation('reminders')
  const take = (step: Step | undefined) => step && onProgress(step.progress, step.answers)
  const onForward = () => take(forward(story, progress))
  const previous = back(progress)
  const onBack = () => previous && onProgress(previous, [])
  const stage = useRef<HTMLDivElement>(null)
  const page = `${progress.stage} ${progress.way.length}`
  const turned = usePageTurn(stage, page, progress)
  const swipe = useSwipe({ onForward, onBack })
  const done = shareDone(story, progress)
  return (
    <StoryLanguage value={language}>
      <section
        className={classes.player}
        aria-label={t('player.label')}
        onKeyDown={(event) => pressed(event, { onForward, onBack })}
        {...swipe}
      >
        <header className={classes.bar}>
          <button
            type="button"
            className={classes.back}
            aria-label={t('player.back')}
            aria-disabled={!previous}
            onClick={onBack}
          >
            <IconChevronLeft size={24} aria-hidden />
          </button>
          <div
            className={classes.track}
            role="progressbar"
            aria-label={t('player.progress')}
            aria-valuenow={Math.round(100 * done)}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <span style={{ width: `${100 * done}%` }} />
          </div>
          {props.aside}
        </header>
        <div className={classes.stage} ref={stage}>
          <div key={page} className={classes.page} data-turn={turned} data-stage={progress.stage}>
            <PageNow {...props} take={take} onForward={onForward} />
          </div>
        </div>
      </section>
    </StoryLanguage>
  )
}

function PageNow(
  props: Player & { take: (step: Step | undefined) => void; onForward: () => void },
) {
  const { story, progress, onProgress, take, onForward } = props
  const page: PageOfPlayer = { story, progress, onForward }
  const change = (changed: Partial<Progress>) => onProgress({ ...progress, ...changed }, [])
  switch (progress.stage) {
    case 'cover':
      return (
        <ReminderCover
          {...page}
          language={props.language}
          onLanguage={props.onLanguage}
          promise={props.promise}
        />
      )
    case 'scenes': {
      const scene = sceneAt(story, progress)
      if (!scene) return null
      const onFollow = (to: string) => take(follow(story, progress, to))
      return <ReminderScene {...page} scene={scene} onFollow={onFollow} />
    }
    case 'emotion':
      return <ReminderEmotion {...page} />
    case 'reactions':
      return <ReactionChoice {...page} onReact={(id) => take(react(progress, id))} />
    case 'place':
      return <ReactionPlace {...page} onTechnique={(technique) => change({ technique })} />
    case 'line':
      return <OwnLine {...page} names={props.names} onLine={(line) => change({ line })} />
    case 'missions':
      return <MissionChoice {...page} onMission={(mission) => change({ mission })} />
    case 'end':
      return <ReminderEnd story={story} progress={progress} ending={props.ending} />
  }
}

/** Which way the page turned; the new page’s heading takes the focus, as after a navigation. */
function usePageTurn(
  stage: { current: HTMLDivElement | null },
  page: string,
  progress: Progress,
): 'on' | 'back' | undefined {
  const before = useRef({ page, done: progress, turn: undefined as 'on' | 'back' | undefined })
  if (before.current.page !== page) {
    const turn = isBefore(progress, before.current.done) ? 'back' : 'on'
    before.current = { page, done: progress, turn }
  }
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is what changed
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    stage.current?.scrollTo(0, 0)
    stage.current?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
  }, [page])
  return before.current.turn
}

function isBefore(now: Progress, then: Progress): boolean {
  const previous = back(then)
  return previous?.stage === now.stage && previous.way.length === now.way.length
}

interface Ways {
  onForward: () => void
  onBack: () => void
}

/** Arrows turn pages, but not while somebody writes. */
function pressed(event: KeyboardEvent, { onForward, onBack }: Ways): void {
  if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) {
    return
  }
  if (event.key === 'ArrowRight') onForward()
  if (event.key === 'ArrowLeft') onBack()
}

const leastSwipe = 56

/** A thumb drawn across the screen, further sideways than up or down. */
function useSwipe({ onForward, onBack }: Ways) {
  const from = useRef<{ x: number; y: number }>(undefined)
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches[0]
      from.current =
        touches.length === 1 && touch ? { x: touch.clientX, y: touch.clientY } : undefined
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const touch = changedTouches[0]
      if (!from.current || !touch) return
      const across = touch.clientX - from.current.x
      const down = Math.abs(touch.clientY - from.current.y)
      from.current = undefined
      if (Math.abs(across) < leastSwipe || Math.abs(across) < 2 * down) return
      if (across < 0) onForward()
      else onBack()
    },
  }
}
