import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Observations.module.css'
import { useIsReaders } from './observations.api.ts'
import { forget, tryAgain, useOutbox, type Waiting } from './observations.outbox.ts'
import { useDeviceWords } from './observations.words.ts'
import { SeenCard } from './SeenCard.tsx'

/** What waits on this device, readable where it is the reader’s; nothing where nothing waits. */
export function KeptObservations() {
  const { t } = useTranslation('observations')
  const outbox = useOutbox()
  const isReaders = useIsReaders()
  if (outbox.length === 0) return null
  const others = outbox.filter((waiting) => !isReaders(waiting))
  const signed = others.filter(({ entry }) => entry.how === 'named').length
  const unsigned = others.length - signed
  return (
    <Section title={t('outbox.title')} lead={t('outbox.lead')}>
      <ul className={classes.cards}>
        {outbox.filter(isReaders).map((waiting) => (
          <OneKept key={waiting.entry.id} waiting={waiting} />
        ))}
      </ul>
      {signed > 0 && <p>{t('outbox.others', { count: signed })}</p>}
      {unsigned > 0 && <p>{t('outbox.unsigned', { count: unsigned })}</p>}
    </Section>
  )
}

function OneKept({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation(['observations', 'app'])
  const device = useDeviceWords()
  const { entry, state } = waiting
  const words = [entry.seen.situation, entry.seen.idea].filter(Boolean).join('\n')
  const [asking, setAsking] = useState(false)
  return (
    <SeenCard
      title={entry.dayName}
      seen={entry.seen}
      who={
        <>
          {t(`outbox.how.${entry.how}`)} {device.whyKept(waiting)}
        </>
      }
    >
      {words && <CopyWords words={words} />}
      {state !== 'sending' && (
        <>
          <Button variant="default" onClick={() => void tryAgain(entry)}>
            {t('app:tryAgain')}
          </Button>
          <Button variant="subtle" onClick={() => setAsking(true)}>
            {t('outbox.forget')}
          </Button>
        </>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('outbox.forgetAsk')}
        confirm={t('outbox.forget')}
        cancel={t('app:cancel')}
        close={t('app:close')}
        danger
        onConfirm={() => void forget(entry.id)}
      >
        {t('outbox.forgetWhat')}
      </ConfirmDialog>
    </SeenCard>
  )
}

/** So that nothing typed is lost even where it can no longer be sent. */
export function CopyWords({ words }: { words: string }) {
  const { t } = useTranslation('observations')
  const clipboard = useClipboard({ timeout: 4_000 })
  return (
    <Button variant="default" onClick={() => clipboard.copy(words)}>
      {t(clipboard.copied ? 'outbox.copied' : 'outbox.copy')}
    </Button>
  )
}
