import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type Changes,
  changesRoutes,
  type Decision,
} from '#shared/actions/actions.changes.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import classes from './Actions.module.css'
import { MeasurePicture } from './MeasurePicture.tsx'

/** For everybody of the region: what was seen, what was decided, what changed. */
export function ChangesPage() {
  const { t } = useTranslation('actions')
  const words = useWords()
  const { dayId } = useParams({ from: '/journees/$dayId/ce-qui-a-change' })
  const changes = useQuery(queryFor(changesRoutes.changes, { params: { dayId } }))
  return (
    <Page
      title={t('changes.title')}
      kicker={changes.data && `${changes.data.dayName} · ${words.fullDate(changes.data.date)}`}
      lead={t('changes.lead')}
      width="narrow"
    >
      <Answered query={changes} shape="cards">
        {(data) => <Told data={data} />}
      </Answered>
    </Page>
  )
}

function Told({ data }: { data: Changes }) {
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
