import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reaction, Technique } from '#shared/reminders/reminders.story.ts'
import classes from './Player.module.css'
import type { PageOfPlayer } from './ReminderPlayer.tsx'
import { Told } from './Told.tsx'
import { WarmthScale } from './WarmthScale.tsx'

/** Where the chosen reaction stands and why, one technique to try, and the others to look at. */
export function ReactionPlace({
  story,
  progress,
  onForward,
  onTechnique,
}: PageOfPlayer & { onTechnique: (kept: boolean) => void }) {
  const { t } = useTranslation('reminders')
  const [looking, setLooking] = useState(false)
  const chosen = story.reactions.find(({ id }) => id === progress.reaction)
  if (!chosen) return null
  const technique = story.techniques.find(({ id }) => id === chosen.technique)
  const others = story.reactions
    .filter(({ id }) => id !== chosen.id)
    .map((reaction, at) => ({ ...reaction, number: at + 1 }))
  return (
    <>
      <div className={classes.words}>
        <WarmthScale warmth={chosen.warmth} others={looking ? others : []} />
        <h2 className={classes.subtitle} tabIndex={-1}>
          {t(`scale.${chosen.warmth}`)}
        </h2>
        <p className={classes.picked}>
          <Told text={chosen.text} />
        </p>
        <p>
          <strong>{t(`moves.${chosen.move}`)}</strong> <Told text={chosen.why} />
        </p>
        {technique && (
          <TechniqueCard technique={technique} kept={progress.technique} onKept={onTechnique} />
        )}
        {looking ? (
          <Others others={others} />
        ) : (
          <div className={classes.look}>
            <Button variant="subtle" onClick={() => setLooking(true)}>
              {t('player.others')}
            </Button>
          </div>
        )}
      </div>
      <div className={classes.foot}>
        <Button onClick={onForward} fullWidth>
          {t('player.next')}
        </Button>
      </div>
    </>
  )
}

function TechniqueCard({
  technique,
  kept,
  onKept,
}: {
  technique: Technique
  kept: boolean
  onKept: (kept: boolean) => void
}) {
  const { t } = useTranslation('reminders')
  return (
    <article className={classes.technique}>
      <p className={classes.kicker}>{t('player.technique')}</p>
      <h3>
        <Told text={technique.name} />
      </h3>
      <p>
        <Told text={technique.how} />
      </p>
      <blockquote className={classes.example}>
        <Told text={technique.example} spoken />
      </blockquote>
      <button
        type="button"
        className={classes.keep}
        aria-pressed={kept}
        onClick={() => onKept(!kept)}
      >
        <IconCheck size={18} aria-hidden />
        {t('player.keepTechnique')}
      </button>
    </article>
  )
}

function Others({ others }: { others: readonly (Reaction & { number: number })[] }) {
  const { t } = useTranslation('reminders')
  return (
    <section>
      <h3>{t('player.othersTitle')}</h3>
      <p className={classes.quiet}>{t('player.othersHint')}</p>
      <ol className={classes.others}>
        {others.map(({ id, number, text, why, warmth }) => (
          <li key={id}>
            <span className={classes.number} aria-hidden>
              {number}
            </span>
            <div>
              <p className={classes.picked}>
                <Told text={text} />
              </p>
              <p>
                <strong>{t(`scale.${warmth}`)}.</strong> <Told text={why} />
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
