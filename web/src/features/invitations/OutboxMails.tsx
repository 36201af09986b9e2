import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type MailRow,
  invitationsRoutes as routes,
} from '#shared/invitations/invitations.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Invitations.module.css'
import { MailFrame } from './MailFrame.tsx'

/** The mails of an outbox, each to be read as it left or will; what failed can be tried again. */
export function OutboxMails({
  mails,
  timeZone,
}: {
  mails: MailRow[]
  /** Where they come together, wherever the director is. */
  timeZone: string | undefined
}) {
  const { t } = useTranslation('invitations')
  const words = useWords()
  const [opened, setOpened] = useState<string>()
  return (
    <>
      {opened && <OpenedMail key={opened} mailId={opened} onClose={() => setOpened(undefined)} />}
      <DataTable
        caption={t('outbox.mails')}
        hideCaption
        rows={mails}
        rowKey={({ id }) => id}
        empty={
          <EmptyState level={3} title={t('outbox.none')}>
            {t('outbox.noneWhy')}
          </EmptyState>
        }
        columns={[
          {
            id: 'subject',
            header: t('columns.subject'),
            title: true,
            cell: ({ id, subject }) => (
              <button type="button" className={classes.open} onClick={() => setOpened(id)}>
                {subject}
              </button>
            ),
          },
          {
            id: 'to',
            header: t('columns.to'),
            cell: ({ toName, toAddress }) => (
              <>
                {toName}
                <br />
                <span className={classes.quiet}>{toAddress}</span>
              </>
            ),
          },
          {
            id: 'status',
            header: t('columns.status'),
            cell: (mail) => (
              <div className={classes.error}>
                {t(`state.${mail.status}`)}
                {mail.sentAt && `, ${words.moment(mail.sentAt, timeZone)}`}
                {mail.status === 'waiting' &&
                  `, ${t('leaves', { at: words.moment(mail.releaseAt, timeZone) })}`}
                {mail.lastError && mail.status !== 'sent' && <Trouble mail={mail} />}
              </div>
            ),
          },
        ]}
      />
    </>
  )
}

/** What went wrong, and what a person can do about it. */
function Trouble({ mail }: { mail: MailRow }) {
  const { t } = useTranslation('invitations')
  const retry = useCall(routes.retryMail)
  const failed = mail.status === 'failed'
  return (
    <>
      {failed && <p className={classes.advice}>{t(`failure.${mail.failure ?? 'other'}`)}</p>}
      <p className={classes.quiet}>
        {t(failed ? 'serverSaid' : 'retryHint')} « {mail.lastError} »
      </p>
      {failed && (
        <>
          <Refused error={retry.error} />
          <Button
            size="sm"
            variant="default"
            loading={retry.isPending}
            onClick={() => retry.mutate({ params: { mailId: mail.id } })}
          >
            {t('retry')}
          </Button>
        </>
      )}
    </>
  )
}

function OpenedMail({ mailId, onClose }: { mailId: string; onClose: () => void }) {
  const { t } = useTranslation('invitations')
  const mail = useQuery(queryFor(routes.outboxMail, { params: { mailId } }))
  return (
    <Section
      title={t('outbox.reading')}
      aside={
        <Button variant="default" onClick={onClose}>
          {t('confirm.close')}
        </Button>
      }
    >
      <Answered query={mail}>
        {(data) => (
          <>
            <p className={classes.quiet}>
              {t('columns.to')} {data.toName}, {data.toAddress}
            </p>
            <MailFrame subject={data.subject} html={data.html} />
          </>
        )}
      </Answered>
    </Section>
  )
}
