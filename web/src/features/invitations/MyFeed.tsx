import { Button, CopyButton, Group, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { feedRoutes as routes } from '#shared/invitations/invitations.feed.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'

/** « Mon agenda » : the address one’s own calendar program follows, and a way to make it useless. */
export function MyFeed() {
  const { t } = useTranslation('invitations')
  const feed = useQuery(queryFor(routes.myFeed))
  return (
    <Section title={t('feed.title')} lead={t('feed.lead')}>
      <Answered query={feed} shape="lines">
        {({ url }) => <FeedAddress url={url} />}
      </Answered>
    </Section>
  )
}

function FeedAddress({ url }: { url: string }) {
  const { t } = useTranslation('invitations')
  const [asking, setAsking] = useState(false)
  const renew = useCall(routes.renewFeed, { refresh: [['api', 'feed']] })
  return (
    <Stack>
      <Refused error={renew.error} />
      {renew.isSuccess && (
        <Notice tone="success" title={t('feed.renewed.title')}>
          {t('feed.renewed.text')}
        </Notice>
      )}
      <TextInput
        label={t('feed.address')}
        description={t('feed.secret')}
        value={url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group>
        <Button component="a" href={url.replace(/^https?:/, 'webcal:')}>
          {t('feed.follow')}
        </Button>
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              <span aria-live="polite">{t(copied ? 'feed.copied' : 'feed.copy')}</span>
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('feed.renew')}
        </Button>
      </Group>
      <p>{t('feed.slow')}</p>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => renew.mutate({}, { onSettled: () => setAsking(false) })}
        busy={renew.isPending}
        title={t('feed.ask.title')}
        confirm={t('feed.ask.confirm')}
        cancel={t('feed.ask.cancel')}
        close={t('feed.ask.close')}
      >
        {t('feed.ask.text')}
      </ConfirmDialog>
    </Stack>
  )
}
