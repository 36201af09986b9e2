import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type LearningRecords, recordsRoutes as routes } from '#shared/records/records.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'

/** For an administrator: whether the learning record store takes what is told to it. */
export function RecordsPage() {
  const { t } = useTranslation('records')
  const records = useQuery(queryFor(routes.records))
  return (
    <Page title={t('title')} lead={t('lead')} width="narrow">
      <Answered query={records}>
        {(view) =>
          view.store === null ? (
            <EmptyState title={t('none')}>{t('noneWhy')}</EmptyState>
          ) : (
            <Stack gap="xl">
              <Standing store={view.store} records={view} />
              {view.rejected.length > 0 && <Rejected rejected={view.rejected} />}
              <Section title={t('told.title')}>
                <p>{t('told.text')}</p>
              </Section>
            </Stack>
          )
        }
      </Answered>
    </Page>
  )
}

function Standing({ store, records }: { store: string; records: LearningRecords }) {
  const { t } = useTranslation('records')
  const words = useWords()
  const { trouble, waiting } = records
  const waits = t('waiting', { count: waiting, number: words.count(waiting) })
  if (!trouble) {
    return (
      <Notice tone="success" title={t('well', { store })}>
        {waiting > 0 ? waits : t('nothingWaits')}
      </Notice>
    )
  }
  return (
    <Notice
      tone="warn"
      title={t('trouble', { store, date: words.date(trouble.since.toISOString().slice(0, 10)) })}
    >
      <p>{t('troubleSaid', { said: trouble.said })}</p>
      <p>{waits}</p>
    </Notice>
  )
}

/** What the store will not have as it is: why, and once more. */
function Rejected({ rejected }: Pick<LearningRecords, 'rejected'>) {
  const { t } = useTranslation('records')
  const words = useWords()
  const retry = useCall(routes.retry)
  return (
    <Section title={t('rejected.title')} lead={t('rejected.lead')}>
      <Stack>
        <ul>
          {rejected.map(({ said, count }) => (
            <li key={said}>{t('rejected.line', { count, number: words.count(count), said })}</li>
          ))}
        </ul>
        <Refused error={retry.error} />
        <div>
          <Button loading={retry.isPending} onClick={() => retry.mutate({})}>
            {t('rejected.retry')}
          </Button>
        </div>
      </Stack>
    </Section>
  )
}
