import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdeaSource, Moment } from '#shared/observations/observations.contract.ts'
import classes from './Observations.module.css'

/** One observation as a card: the words first, then moment, how often and how annoying. */
export function SeenCard({
  title,
  seen,
  who,
  warning,
  gone = false,
  became,
  children,
}: {
  title?: string
  seen: {
    /** Null: told only together with others. */
    moment: Moment | null
    frequency: number
    severity: number
    situation: string
    idea: string
    /** Where it is not told, an idea is just an idea. */
    ideaFrom?: IdeaSource | null
  }
  who?: ReactNode
  /** What to know before showing it to a room. */
  warning?: ReactNode
  /** Withdrawn: only the marks are left. */
  gone?: boolean
  /** What came of it, for its author. */
  became?: ReactNode
  children?: ReactNode
}) {
  const { t } = useTranslation('observations')
  return (
    <li className={classes.card} data-gone={gone || undefined}>
      {title && <h3>{title}</h3>}
      {!gone && (
        <p className={classes.quote}>
          {seen.situation ? t('quoted', { words: seen.situation }) : t('wordless')}
        </p>
      )}
      {!gone && seen.idea && (
        <p className={classes.idea}>
          <strong>{t(seen.ideaFrom ? `ideaIs.${seen.ideaFrom}` : 'ideaIs.unsaid')}</strong>{' '}
          {seen.idea}
        </p>
      )}
      <p className={classes.marks}>
        {seen.moment && <span className={classes.mark}>{t(`moments.${seen.moment}.name`)}</span>}
        <span className={classes.mark}>{t(`frequency.words.${seen.frequency}`)}</span>
        <span className={classes.mark}>{t(`severity.words.${seen.severity}`)}</span>
      </p>
      {who && <p className={classes.who}>{who}</p>}
      {warning && <p className={classes.who}>{warning}</p>}
      {became}
      {children && <div className={classes.actions}>{children}</div>}
    </li>
  )
}
