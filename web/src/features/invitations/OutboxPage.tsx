import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type MailRow,
  type Outbox,
  invitationsRoutes as routes,
  type SendingBatch,
} from '#shared/invitations/invitations.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { call, useCall } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Progress } from '../../ui/Progress.tsx'
import classes from './Invitations.module.css'
import { OutboxMails } from './OutboxMails.tsx'

/** In the order they ask for attention; those under way are seen among the waiting soon enough. */
const filters = ['failed', 'waiting', 'sent', 'stopped'] as const

/** What a day sends, before and after it leaves: batches with a way to take back, mails to read. */
export function OutboxPage() {
  const { t } = useTranslation('invitations')
  const { dayId } = useParams({ from: '/journees/$dayId/envois' })
  return (
    <Outgoing
      lead={t('outbox.lead')}
      back={<BackToDay dayId={dayId} />}
      heldPage={`/journees/${dayId}/envois/en-attente`}
      readKey={['days', dayId]}
      read={(query) => call(routes.outbox, { params: { dayId }, query })}
    />
  )
}

/** What a workshop puts into calendars, the same way. */
export function WorkshopOutboxPage() {
  const { t } = useTranslation('invitations')
  const { regionId, workshopId } = useParams({
    from: '/regions/$regionId/ateliers/$workshopId/envois',
  })
  return (
    <Outgoing
      lead={t('outbox.workshopLead')}
      back={
        <Link to="/regions/$regionId/ateliers/$workshopId" params={{ regionId, workshopId }}>
          {t('outbox.backToWorkshop')}
        </Link>
      }
      heldPage={`/regions/${regionId}/ateliers/${workshopId}/envois/en-attente`}
      readKey={['workshops', workshopId]}
      read={(query) => call(routes.workshopOutbox, { params: { workshopId }, query })}
    />
  )
}

interface OutgoingProps {
  lead: string
  back: ReactNode
  /** Where what was taken back is read and sent after all. */
  heldPage: string
  /** What the mails are about, as part of a query’s key. */
  readKey: readonly string[]
  read(query: { status?: MailRow['status']; before?: string }): Promise<Outbox>
}

function Outgoing({ lead, back, heldPage, readKey, read }: OutgoingProps) {
  const { t } = useTranslation('invitations')
  const words = useWords()
  const [status, setStatus] = useState<MailRow['status']>()
  const outbox = useInfiniteQuery({
    queryKey: ['api', ...readKey, 'outbox', status ?? 'all'],
    queryFn: ({ pageParam }) =>
      read({ ...(status ? { status } : {}), ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
    // Asked again quickly only while something is about to leave.
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.batches.some(({ waiting }) => waiting > 0) ? 2_000 : 20_000,
  })
  const first = outbox.data?.pages[0]
  return (
    <Page title={t('outbox.title')} lead={lead} back={back} width="full">
      <Answered query={outbox} shape="table">
        {(data) => (
          <Stack gap="xl">
            {first && first.held > 0 && (
              <Notice
                tone="warn"
                title={t('outbox.held', { count: first.held })}
                action={
                  <Button component={Link} to={heldPage as '/'}>
                    {t('outbox.sendHeld')}
                  </Button>
                }
              >
                {t('outbox.heldWhy')}
              </Notice>
            )}
            {first && first.counts.failed > 0 && status !== 'failed' && (
              <Notice
                tone="warn"
                title={t('outbox.failed', { count: first.counts.failed })}
                action={
                  <Button variant="default" onClick={() => setStatus('failed')}>
                    {t('outbox.seeFailed')}
                  </Button>
                }
              >
                {t('outbox.failedWhy')}
              </Notice>
            )}
            <Batches batches={first?.batches ?? []} timeZone={first?.timeZone} />
            <Section title={t('outbox.mails')}>
              <fieldset className={classes.filters} aria-label={t('outbox.filter')}>
                {[undefined, ...filters].map((one) => (
                  <Button
                    key={one ?? 'all'}
                    size="sm"
                    variant={one === status ? 'filled' : 'default'}
                    aria-pressed={one === status}
                    onClick={() => setStatus(one)}
                  >
                    {t(`status.${one ?? 'all'}`)} {first && words.count(countOf(first.counts, one))}
                  </Button>
                ))}
              </fieldset>
              <OutboxMails
                mails={data.pages.flatMap(({ mails }) => mails)}
                timeZone={first?.timeZone}
              />
              {outbox.hasNextPage && (
                <Button
                  variant="default"
                  loading={outbox.isFetchingNextPage}
                  onClick={() => void outbox.fetchNextPage()}
                >
                  {t('outbox.more')}
                </Button>
              )}
            </Section>
          </Stack>
        )}
      </Answered>
    </Page>
  )
}

type Counts = Outbox['counts']

function countOf(counts: Counts, status: MailRow['status'] | undefined): number {
  if (status === undefined) return Object.values(counts).reduce((sum, count) => sum + count, 0)
  return counts[status === 'sending' ? 'waiting' : status]
}

function Batches({ batches, timeZone }: { batches: SendingBatch[]; timeZone: string | undefined }) {
  const { t } = useTranslation('invitations')
  const words = useWords()
  const stop = useCall(routes.stopBatch)
  const shown = batches.filter(({ total }) => total > 0)
  if (shown.length === 0) return null
  return (
    <Section title={t('batches.title')}>
      <Refused error={stop.error} />
      {stop.isSuccess && (
        <Notice tone="success" title={t('batches.stoppedNow', { count: stop.data.stopped })}>
          {t('batches.stoppedWhy')}
        </Notice>
      )}
      {shown.map((batch) => {
        const held = batch.sent === 0 && batch.waiting > 0 && batch.releaseAt
        const state =
          batch.waiting > 0
            ? held
              ? 'held'
              : 'leaving'
            : batch.stopped > 0
              ? 'stopped'
              : batch.failed > 0
                ? 'failed'
                : 'done'
        return (
          <Progress
            key={batch.id}
            label={`${t(`purpose.${batch.purpose}`, { defaultValue: t('purpose.other') })}, ${words.moment(batch.createdAt, timeZone)}`}
            value={batch.sent}
            max={batch.total}
            text={t(`batches.${state}`, {
              ...batch,
              count: batch.total,
              at: batch.releaseAt ? words.moment(batch.releaseAt, timeZone) : '',
            })}
            aside={
              batch.waiting > 0 && (
                <Button
                  variant="default"
                  loading={stop.isPending}
                  onClick={() => stop.mutate({ params: { batchId: batch.id } })}
                >
                  {t('batches.takeBack')}
                </Button>
              )
            }
          />
        )
      })}
    </Section>
  )
}
