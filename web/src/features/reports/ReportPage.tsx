import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import {
  type ReportPage as Report,
  reportsRoutes as routes,
} from '#shared/reports/reports.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { addressOf, queryFor } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Paper } from '../../ui/Paper.tsx'
import { OnePage } from './OnePage.tsx'
import { OnePageChoice } from './OnePageChoice.tsx'
import classes from './Reports.module.css'
import { ReportTables } from './ReportTables.tsx'

/** What a director forwards: one page, everything behind it, and the files of both. */
export function ReportPage() {
  const { t } = useTranslation('reports')
  const { dayId } = useParams({ from: '/journees/$dayId/rapport' })
  const report = useQuery(queryFor(routes.report, { params: { dayId } }))
  return (
    <Page
      title={t('title')}
      kicker={report.data?.dayName}
      lead={t('lead')}
      back={<BackToDay dayId={dayId} />}
    >
      <Answered query={report} shape="cards">
        {(data) =>
          data.lived.guests === 0 && data.observations === 0 ? (
            <EmptyState title={t('empty')}>{t('emptyWhy')}</EmptyState>
          ) : (
            <Told report={data} />
          )
        }
      </Answered>
    </Page>
  )
}

function Told({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const words = useWords()
  const [whole, setWhole] = useState(false)
  const params = { dayId: report.dayId }
  const print = (everything: boolean) => {
    // The paper must be the right one before the browser takes its picture.
    flushSync(() => setWhole(everything))
    window.print()
    setWhole(false)
  }
  return (
    <div className={classes.report}>
      <div className={classes.actions}>
        <Button onClick={() => print(false)}>{t('print')}</Button>
        <Button
          variant="default"
          component="a"
          href={addressOf(routes.document, { params })}
          download
        >
          {t('pdf')}
        </Button>
        <Button
          variant="default"
          component="a"
          href={addressOf(routes.workbook, { params })}
          download
        >
          {t('xlsx')}
        </Button>
      </div>
      <div className={classes.sheet}>
        <OnePage report={report} />
      </div>
      <Section title={t('choice.title')} lead={t('choice.lead')}>
        <OnePageChoice report={report} />
      </Section>
      <Section
        title={t('whole.title')}
        lead={t('whole.lead', { least: words.count(report.smallestGroup) })}
      >
        <div className={classes.actions}>
          <Button variant="default" onClick={() => print(true)}>
            {t('whole.print')}
          </Button>
          <Button
            variant="default"
            component="a"
            href={addressOf(routes.document, { params, query: { whole: 'yes' } })}
            download
          >
            {t('whole.pdf')}
          </Button>
        </div>
        <ReportTables tables={report.tables} />
        <Fold title={t('csv.title')}>
          <p>{t('csv.text')}</p>
          <ul>
            {report.tables.map(({ kind, title }) => (
              <li key={kind}>
                <a
                  className={classes.file}
                  href={addressOf(routes.table, { params: { ...params, table: kind } })}
                  download
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </Fold>
      </Section>
      <Paper onePage={!whole}>
        <OnePage report={report} />
        {whole && <ReportTables tables={report.tables} />}
      </Paper>
    </div>
  )
}
