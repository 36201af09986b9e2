import { useTranslation } from 'react-i18next'
import type { Room } from '#shared/debrief/debrief.contract.ts'
import { useWords } from '../../app/words.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import classes from './Debrief.module.css'

/** What was gathered so far, each with the number of observations behind it. */
export function FindingList({ room }: { room: Room }) {
  const { t } = useTranslation('debrief')
  const words = useWords()
  if (room.findings.length === 0) {
    return <EmptyState title={t('findings.empty')}>{t('findings.emptyWhy')}</EmptyState>
  }
  return (
    <ul className={classes.findings}>
      {room.findings.map((one) => (
        <li key={one.id}>
          <span className={classes.findingTitle}>{one.title}</span>
          <span className={classes.findingWhy}>
            {words.nameIn(room.irritants, one.irritantId)} ·{' '}
            {t('findings.seen', { count: one.observationCount })}
          </span>
        </li>
      ))}
    </ul>
  )
}

/**
 * Curtain up: one bar a finding, grown from the least to the most loved, each on the scale of all who
 * voted, so that a length reads as « so many of us ».
 */
export function Results({ room }: { room: Room }) {
  const { t } = useTranslation('debrief')
  const { findings, ballots } = room
  if (findings.length === 0) {
    return <EmptyState title={t('findings.empty')}>{t('results.none')}</EmptyState>
  }
  /** When its bar grows: the last one first. */
  const turn = (place: number) => `${600 + (findings.length - 1 - place) * 350}ms`
  const told = findings.some(({ hearts }) => hearts !== null)
  return (
    <div className={classes.results}>
      <p className={classes.resultsLead}>
        {told ? t('results.scale', { count: ballots ?? 0 }) : t('results.tooFew')}
      </p>
      <ol className={classes.bars}>
        {findings.map((one, place) => (
          <li key={one.id}>
            <span className={classes.findingTitle}>{one.title}</span>
            {one.hearts !== null && (
              <span className={classes.barLine}>
                <span className={classes.track} aria-hidden>
                  <span
                    className={classes.bar}
                    style={{
                      width: `${(100 * one.hearts) / Math.max(1, ballots ?? 1)}%`,
                      animationDelay: turn(place),
                    }}
                  />
                </span>
                <strong style={{ animationDelay: turn(place) }}>
                  {t('results.hearts', { count: one.hearts })}
                  <Pip size={22} />
                </strong>
              </span>
            )}
          </li>
        ))}
      </ol>
      {told && <span className={classes.curtain} aria-hidden />}
    </div>
  )
}
