import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/findings/findings.contract.ts'
import classes from './Findings.module.css'

/** « 23 observations dont 4 sans texte, 1 retirée ». */
export function useCounted() {
  const { t } = useTranslation('findings')
  return ({ observationCount, wordlessCount, withdrawnCount }: Finding) =>
    [
      t('observations', { count: observationCount }) +
        (wordlessCount > 0 ? t('ofWhichWordless', { count: wordlessCount }) : ''),
      ...(withdrawnCount > 0 ? [t('takenBack', { count: withdrawnCount })] : []),
    ].join(', ')
}

/** A finding among the others; it opens on its originals. */
export function FindingLine({ finding, irritant }: { finding: Finding; irritant: string }) {
  const { t } = useTranslation('findings')
  const counted = useCounted()
  const gone = finding.status === 'withdrawn'
  return (
    <li className={classes.line} data-gone={gone || undefined}>
      <Link
        className={classes.lineTitle}
        to={`/journees/${finding.dayId}/constats/${finding.id}` as '/'}
      >
        {finding.title}
      </Link>
      <p className={classes.quiet}>{irritant}</p>
      <p>{gone ? t('withdrawnLine', { reason: finding.withdrawnReason }) : counted(finding)}</p>
    </li>
  )
}
