import { Button, Group, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import { ThankHost } from '../thanks/ThankHost.tsx'
import type { ThanksBy } from '../thanks/thanks.entry.ts'
import { CodesHere } from './CodesHere.tsx'
import { FollowCode } from './FollowCode.tsx'
import { codesKey, useKeptCodes } from './observations.api.ts'
import { forgetCode } from './observations.device.ts'
import { useOutbox } from './observations.outbox.ts'
import { useDeviceWords } from './observations.words.ts'

export type Sent =
  | { how: 'named'; id: string }
  | { how: 'anonymous'; id: string; code: string; isKept: boolean }

/** Thank you, arrived or still on this device; for an anonymous author, what lets them follow it. */
export function SentObservation({
  sent,
  dayId,
  thank,
  onAnother,
}: {
  sent: Sent
  dayId: string
  /** As whose guest a card can be written; the same whether the observation bears a name or not. */
  thank?: ThanksBy
  onAnother: () => void
}) {
  const { t } = useTranslation('observations')
  const device = useDeviceWords()
  const waiting = useOutbox().find(({ entry }) => entry.id === sent.id)
  // It takes the form's place without a navigation: begin at the top, and say so.
  useEffect(() => {
    scrollTo({ top: 0 })
    document.getElementById('page-title')?.focus({ preventScroll: true })
  }, [])
  const lead = waiting ? device.whyKept(waiting) : t(`sent.${sent.how}`)
  return (
    <Page
      title={t(waiting ? 'sent.keptTitle' : 'sent.title')}
      lead={<span role="status">{lead}</span>}
      width="narrow"
    >
      <Stack gap="lg">
        {sent.how === 'anonymous' && <Code code={sent.code} isKept={sent.isKept} />}
        <Group>
          <Button onClick={onAnother}>{t('sent.another')}</Button>
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/journees/$dayId/mes-observations" params={{ dayId }} {...props} />
            )}
          >
            {t('mine.title')}
          </Button>
        </Group>
        {thank && <ThankHost by={thank} />}
      </Stack>
    </Page>
  )
}

function Code({ code, isKept }: { code: string; isKept: boolean }) {
  const { t } = useTranslation('observations')
  const client = useQueryClient()
  const codes = useKeptCodes()
  return (
    <Panel>
      <Stack>
        <p>{t('sent.codeWhy')}</p>
        <FollowCode code={code} />
        {isKept && codes.includes(code) ? (
          <>
            <CodesHere />
            <Button
              variant="default"
              onClick={() =>
                void forgetCode(code).then(() => client.invalidateQueries({ queryKey: codesKey }))
              }
            >
              {t('follow.forget')}
            </Button>
          </>
        ) : (
          <Notice tone="warn" title={t('sent.notKept')}>
            {t('sent.notKeptWhy')}
          </Notice>
        )}
      </Stack>
    </Panel>
  )
}
