import { Button, Group, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import { FollowCode } from './FollowCode.tsx'
import { forgetCode } from './observations.device.ts'

export type Sent = { how: 'named' } | { how: 'anonymous'; code: string; isKept: boolean }

/** Thank you; for an anonymous author, the one thing that lets them follow it. */
export function SentObservation({
  sent,
  dayId,
  onAnother,
}: {
  sent: Sent
  dayId: string
  onAnother: () => void
}) {
  const { t } = useTranslation('observations')
  // It takes the form's place without a navigation: begin at the top, and say so.
  useEffect(() => {
    scrollTo({ top: 0 })
    document.getElementById('page-title')?.focus({ preventScroll: true })
  }, [])
  return (
    <Page title={t('sent.title')} lead={t(`sent.${sent.how}`)} width="narrow">
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
      </Stack>
    </Page>
  )
}

function Code({ code, isKept }: { code: string; isKept: boolean }) {
  const { t } = useTranslation('observations')
  const [kept, setKept] = useState(isKept)
  return (
    <Panel>
      <Stack>
        <p>{t('sent.codeWhy')}</p>
        <FollowCode code={code} />
        {kept ? (
          <>
            <p>{t('sent.keptHere')}</p>
            <Button
              variant="default"
              onClick={() => {
                forgetCode(code)
                setKept(false)
              }}
            >
              {t('sent.wipe')}
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
