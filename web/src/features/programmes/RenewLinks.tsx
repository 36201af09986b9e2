import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** Replacing the links mailed so far, asked once more before they stop working. */
export function RenewLinks({
  button,
  text,
  busy,
  onRenew,
}: {
  button: string
  text: string
  busy: boolean
  onRenew: (done: { onSettled: () => void }) => void
}) {
  const { t } = useTranslation('programmes')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {button}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('renew.title')}
        confirm={t('renew.confirm')}
        cancel={t('renew.keep')}
        close={t('renew.keep')}
        busy={busy}
        onConfirm={() => onRenew({ onSettled: () => setAsking(false) })}
      >
        {text}
      </ConfirmDialog>
    </>
  )
}
