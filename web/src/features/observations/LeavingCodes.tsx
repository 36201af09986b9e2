import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Reader } from '../../app/reader.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { FollowCode } from './FollowCode.tsx'
import { ownDevice } from './observations.device.ts'

/** The last moment to note the codes that go with whoever signs out; or to say that they may stay. */
export function LeavingCodes({
  codes,
  reader,
  onLeave,
  onStay,
}: {
  codes: readonly string[]
  reader: Reader
  onLeave: () => void
  onStay: () => void
}) {
  const { t } = useTranslation(['observations', 'app'])
  return (
    <ConfirmDialog
      opened
      onClose={onStay}
      onConfirm={onLeave}
      title={t('codes.leaving', { count: codes.length })}
      confirm={t('app:signOut')}
      cancel={t('app:cancel')}
      close={t('app:close')}
    >
      <p>{t('codes.leavingWhy')}</p>
      {codes.map((code) => (
        <FollowCode key={code} code={code} />
      ))}
      <Button
        variant="default"
        onClick={() => {
          ownDevice(reader)
          onLeave()
        }}
      >
        {t('codes.ownAndLeave')}
      </Button>
    </ConfirmDialog>
  )
}
