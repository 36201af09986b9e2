import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Findings, findingsRoutes as routes } from '#shared/findings/findings.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { FindingLine } from './FindingLine.tsx'
import classes from './Findings.module.css'
import { Gathering } from './Gathering.tsx'

/** Where a director reads what was seen as cards, and gathers what is one and the same thing. */
export function FindingsPage() {
  const { t } = useTranslation('findings')
  const { dayId } = useParams({ from: '/journees/$dayId/constats' })
  const findings = useQuery(queryFor(routes.findings, { params: { dayId } }))
  return (
    <Page
      title={t('title')}
      kicker={findings.data?.dayName}
      lead={t('lead')}
      width="full"
      back={
        <span className={classes.ways}>
          <Link to={`/journees/${dayId}/irritants` as '/'}>{t('back')}</Link>
          <Link to={`/journees/${dayId}/debrief` as '/'}>{t('backToDebrief')}</Link>
        </span>
      }
    >
      <Answered query={findings} shape="cards">
        {(data) => <Told dayId={dayId} data={data} />}
      </Answered>
    </Page>
  )
}

function Told({ dayId, data }: { dayId: string; data: Findings }) {
  const { t } = useTranslation('findings')
  const words = useWords()
  const [irritantId, setIrritantId] = useState<string>()
  const open = data.findings.filter(({ status }) => status === 'open')
  const withdrawn = data.findings.filter(({ status }) => status === 'withdrawn')
  const left = data.irritants.reduce((sum, { ungroupedCount }) => sum + ungroupedCount, 0)
  if (left === 0 && data.findings.length === 0) {
    return <EmptyState title={t('nothing')}>{t('nothingWhy')}</EmptyState>
  }
  const choices = [
    { id: undefined, label: t('everyIrritant'), count: left },
    ...data.irritants
      .filter(({ ungroupedCount }) => ungroupedCount > 0)
      .map((one) => ({ id: one.id, label: words.name(one), count: one.ungroupedCount })),
  ]
  return (
    <div className={classes.split}>
      <Section
        title={t('toGather')}
        lead={t('left', { count: left })}
        aside={
          data.findings.length > 0 && (
            <a className={classes.jump} href="#constats">
              {t('findings', { count: open.length })}
            </a>
          )
        }
      >
        {choices.length > 2 && (
          <fieldset className={classes.filters}>
            <legend className={classes.hidden}>{t('filter')}</legend>
            {choices.map((one) => (
              <label key={one.id ?? 'all'} className={classes.filter}>
                <input
                  type="radio"
                  name="irritant"
                  className={classes.native}
                  checked={irritantId === one.id}
                  onChange={() => setIrritantId(one.id)}
                />
                {one.label} <span className={classes.count}>{words.count(one.count)}</span>
              </label>
            ))}
          </fieldset>
        )}
        <Gathering
          key={irritantId ?? 'all'}
          dayId={dayId}
          irritantId={irritantId}
          irritants={data.irritants}
          findings={open}
        />
      </Section>
      <aside className={classes.aside} id="constats">
        <Section title={t('findings', { count: open.length })}>
          {open.length === 0 && <p className={classes.quiet}>{t('noFinding')}</p>}
          <ul className={classes.lines}>
            {[...open, ...withdrawn].map((finding) => (
              <FindingLine
                key={finding.id}
                finding={finding}
                irritant={words.nameIn(data.irritants, finding.irritantId)}
              />
            ))}
          </ul>
        </Section>
      </aside>
    </div>
  )
}
