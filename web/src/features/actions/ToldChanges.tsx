import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Changes, Decision, Quote } from '#shared/actions/actions.changes.contract.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Actions.module.css'
import { MeasurePicture } from './MeasurePicture.tsx'

/** What was seen, what was decided, what changed: the same for every reader. */
export function ToldChanges({ data }: { data: Changes }) {
  const { t } = useTranslation('actions')
  const { findings, foldedFindings, otherDecisions } = data
  if (findings.length + foldedFindings + otherDecisions.length === 0) {
    return <EmptyState title={t('changes.none')}>{t('changes.noneWhy')}</EmptyState>
  }
  return (
    <Stack gap="xl">
      {findings.map((finding) => (
        <Section
          key={finding.id}
          title={finding.title}
          lead={t('changes.seen', { count: finding.observationCount })}
        >
          {finding.quotes.map((quote) => (
            <Quoted key={`${quote.part} ${quote.words}`} quote={quote} />
          ))}
          {finding.decisions.length === 0 && <p>{t('changes.undecided')}</p>}
          <Decisions decisions={finding.decisions} />
        </Section>
      ))}
      {otherDecisions.length > 0 && (
        <Section title={t('changes.others')}>
          <Decisions decisions={otherDecisions} />
        </Section>
      )}
      {foldedFindings > 0 && (
        <p className={classes.quiet}>{t('changes.folded', { count: foldedFindings })}</p>
      )}
    </Stack>
  )
}

/** Words of a colleague, nobody’s; a preview shows this very part. */
export function Quoted({ quote }: { quote: Quote }) {
  const { t } = useTranslation('actions')
  return (
    <blockquote className={classes.quoted}>
      {quote.part === 'idea' && <strong>{t('changes.idea')} </strong>}
      {t('changes.quoted', { words: quote.words })}
    </blockquote>
  )
}

function Decisions({ decisions }: { decisions: Decision[] }) {
  const { t } = useTranslation('actions')
  const words = useWords()
  return (
    <ul className={classes.cards}>
      {decisions.map((one) => (
        <li key={one.id} className={classes.card} data-status={one.status}>
          <p className={classes.marks}>
            <span className={classes.status} data-status={one.status}>
              {t(`status.${one.status}`)}
            </span>
            {one.decidedAt && <span>{t('decidedOn', { date: words.dayOf(one.decidedAt) })}</span>}
          </p>
          <h3 className={classes.what}>{one.title}</h3>
          {one.reason && <p className={classes.reason}>{one.reason}</p>}
          {one.measure && <MeasurePicture measure={one.measure} />}
        </li>
      ))}
    </ul>
  )
}
