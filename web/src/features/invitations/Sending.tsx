import { Button, Stack } from '@mantine/core'
import { type UseMutationResult, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SendingPreview } from '#shared/invitations/invitations.contract.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Invitations.module.css'
import { MailFrame } from './MailFrame.tsx'

/** What is about to be sent: its words, and the write that sends it. */
export interface SendingOf {
  kind: 'publication' | 'cancellation' | 'held' | 'nudge'
  send: UseMutationResult<unknown, Error, { fingerprint: string }>
}

/**
 * Exactly who is told what, then a button, then a second one to confirm. What is sent is what was
 * read: the server refuses when anything has changed since.
 */
export function Sending({ preview, sending }: { preview: SendingPreview; sending: SendingOf }) {
  const { t } = useTranslation('invitations')
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { kind, send } = sending
  const minutes = Math.round(preview.holdSeconds / 60)
  const values = { count: preview.total, minutes }
  const names = Map.groupBy(preview.recipients, ({ side, telling }) => `${side}.${telling}`)
  return (
    <Stack gap="xl">
      <Figures>
        {preview.counts.map(({ side, telling, count }) => (
          <Figure
            key={`${side} ${telling}`}
            value={count}
            label={t(`tells.${side}.${telling}`, { count })}
          />
        ))}
        {preview.total === 0 && <Figure value={0} label={t('tells.nobody')} />}
      </Figures>
      <Notice title={t(`${kind}.notice.title`, values)}>{t(`${kind}.notice.text`, values)}</Notice>
      <Refused error={send.error} />
      <div>
        <Button
          size="lg"
          disabled={kind === 'nudge' && preview.total === 0}
          onClick={() => setAsking(true)}
        >
          {t(`${kind}.action`, values)}
        </Button>
      </div>
      {preview.spared.length > 0 && (
        <Notice title={t('spared.title')}>
          <ul className={classes.names}>
            {preview.spared.map(({ reason, count }) => (
              <li key={reason}>{t(`spared.${reason}`, { count })}</li>
            ))}
          </ul>
        </Notice>
      )}
      {preview.unreachable.length > 0 && (
        <Notice tone="warn" title={t('unreachable.title', { count: preview.unreachable.length })}>
          <p>{t('unreachable.text')}</p>
          <ul className={classes.names}>
            {preview.unreachable.map(({ name, about, side }) => (
              <li key={`${side} ${name} ${about}`}>
                {name} <span className={classes.quiet}>{about}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {preview.samples.length > 0 && (
        <Section title={t('samples.title')} lead={t('samples.lead')}>
          {preview.samples.map(({ side, telling, subject, html }, place) => {
            const people = names.get(`${side}.${telling}`) ?? []
            const count = people.length
            return (
              <Fold
                key={`${side} ${telling}`}
                open={place === 0}
                title={`${count} ${t(`tells.${side}.${telling}`, { count })}`}
              >
                <Fold title={t('recipients.names', { count })}>
                  <ul className={classes.names}>
                    {people.map(({ name, about }) => (
                      <li key={`${name} ${about}`}>
                        {name} <span className={classes.quiet}>{about}</span>
                      </li>
                    ))}
                  </ul>
                </Fold>
                <div className={classes.sample}>
                  <MailFrame subject={subject} html={html} />
                </div>
              </Fold>
            )
          })}
        </Section>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          send.mutate(
            { fingerprint: preview.fingerprint },
            {
              onSettled: () => setAsking(false),
              // The preview is read again, so that the next try shows what changed.
              onError: () => void client.invalidateQueries({ queryKey: ['api'] }),
            },
          )
        }
        busy={send.isPending}
        danger={kind === 'cancellation'}
        title={t(`${kind}.confirm.title`, values)}
        confirm={t(`${kind}.confirm.yes`, values)}
        cancel={t('confirm.cancel')}
        close={t('confirm.close')}
      >
        {t(`${kind}.confirm.text`, values)}
      </ConfirmDialog>
    </Stack>
  )
}
