import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { observationsRoutes as routes } from '#shared/observations/observations.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './Observations.module.css'

/** For a director who reads what nobody of the day can have written: another credential for all. */
export function RenewCredential({ dayId }: { dayId: string }) {
  const { t } = useTranslation(['observations', 'app'])
  const [asking, setAsking] = useState(false)
  const renew = useCall(routes.renewCredential, { refresh: [] })
  return (
    <Fold title={t('credential.title')}>
      <Stack gap="sm" align="start" maw="42rem">
        <p className={classes.quiet}>{t('credential.what')}</p>
        {renew.isSuccess ? (
          <Notice tone="success" title={t('credential.done')} />
        ) : (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('credential.renew')}
          </Button>
        )}
      </Stack>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => renew.mutate({ params: { dayId } }, { onSuccess: () => setAsking(false) })}
        title={t('credential.ask')}
        confirm={t('credential.renew')}
        cancel={t('app:cancel')}
        close={t('app:close')}
        busy={renew.isPending}
      >
        <p>{t('credential.follows')}</p>
        <Refused error={renew.error} />
      </ConfirmDialog>
    </Fold>
  )
}
