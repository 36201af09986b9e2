import { Button, CopyButton, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changesRoutes as routes, type Sharing } from '#shared/actions/actions.changes.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Panel, Section } from '../../ui/Page.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import classes from './Actions.module.css'
import { QuoteChoice } from './QuoteChoice.tsx'
import { Quoted } from './ToldChanges.tsx'

/** For a director: who else reads the region’s page, and which words of colleagues stand on it. */
export function SharingPage() {
  const { t } = useTranslation('actions')
  const { dayId } = useParams({ from: '/journees/$dayId/ce-qui-a-change/partage' })
  const sharing = useQuery(queryFor(routes.sharing, { params: { dayId } }))
  return (
    <Page
      title={t('sharing.title')}
      kicker={sharing.data?.dayName}
      lead={t('sharing.lead')}
      back={
        <Link to="/journees/$dayId/ce-qui-a-change" params={{ dayId }}>
          {t('sharing.back')}
        </Link>
      }
    >
      <Answered query={sharing} shape="cards">
        {(data) => (
          <Stack gap="xl">
            <Section title={t('sharing.link')} lead={t('sharing.linkLead')}>
              <ShareLink dayId={dayId} token={data.token} />
            </Section>
            <Section title={t('sharing.quotes')} lead={t('sharing.quotesLead')}>
              <QuotesOf dayId={dayId} sharing={data} />
            </Section>
          </Stack>
        )}
      </Answered>
    </Page>
  )
}

function ShareLink({ dayId, token }: { dayId: string; token: string | null }) {
  const { t } = useTranslation(['actions', 'app'])
  const [asking, setAsking] = useState(false)
  const share = useCall(routes.share)
  const end = useCall(routes.endSharing)
  const params = { dayId }
  if (token === null) {
    return (
      <Stack align="flex-start">
        <Button loading={share.isPending} onClick={() => share.mutate({ params })}>
          {t('sharing.create')}
        </Button>
        <Refused error={share.error} />
      </Stack>
    )
  }
  const address = `${location.origin}/ce-qui-a-change/${token}`
  return (
    <Panel>
      <div className={classes.shared}>
        <div className={classes.qr}>
          <QrCode of={address} label={t('sharing.qr')} />
        </div>
        <Stack>
          <TextInput
            label={t('sharing.address')}
            value={address}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
          <div className={classes.buttons}>
            <CopyButton value={address} timeout={4_000}>
              {({ copied, copy }) => (
                <Button onClick={copy}>{t(copied ? 'sharing.copied' : 'sharing.copy')}</Button>
              )}
            </CopyButton>
            <Button variant="default" onClick={() => setAsking(true)}>
              {t('sharing.end')}
            </Button>
          </div>
        </Stack>
      </div>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('sharing.endAsk')}
        confirm={t('sharing.end')}
        cancel={t('app:cancel')}
        close={t('app:close')}
        danger
        busy={end.isPending}
        onConfirm={() => end.mutate({ params }, { onSuccess: () => setAsking(false) })}
      >
        {t('sharing.endWhat')}
        <Refused error={end.error} />
      </ConfirmDialog>
    </Panel>
  )
}

function QuotesOf({ dayId, sharing }: { dayId: string; sharing: Sharing }) {
  const { t } = useTranslation('actions')
  const [choosing, setChoosing] = useState<string>()
  const unquote = useCall(routes.unquote)
  if (sharing.findings.length === 0) {
    return (
      <EmptyState level={3} title={t('sharing.noFinding')}>
        {t('sharing.noFindingWhy')}
      </EmptyState>
    )
  }
  return (
    <ul className={classes.cards}>
      {sharing.findings.map(({ id, title, observationCount, quotes }) => (
        <li key={id} className={classes.card}>
          <h3 className={classes.what}>{title}</h3>
          <p className={classes.quiet}>{t('changes.seen', { count: observationCount })}</p>
          {quotes.map(({ observationId, ...quote }) => (
            <div key={`${observationId} ${quote.part}`} className={classes.handled}>
              <Quoted quote={quote} />
              <Button
                variant="subtle"
                color="ink"
                aria-label={t('sharing.unquoteThis', { words: quote.words })}
                loading={
                  unquote.isPending && unquote.variables.params.observationId === observationId
                }
                onClick={() =>
                  unquote.mutate({ params: { dayId, observationId, part: quote.part } })
                }
              >
                {t('sharing.unquote')}
              </Button>
            </div>
          ))}
          {choosing === id ? (
            <QuoteChoice
              dayId={dayId}
              finding={{ id, title }}
              names={sharing.names}
              quoted={quotes}
              onClose={() => setChoosing(undefined)}
            />
          ) : (
            <div>
              <Button
                variant="default"
                aria-label={t('sharing.chooseFor', { title })}
                onClick={() => setChoosing(id)}
              >
                {t('sharing.choose')}
              </Button>
            </div>
          )}
        </li>
      ))}
      <Refused error={unquote.error} />
    </ul>
  )
}
