import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useReader } from '../../app/session.ts'
import { Notice } from '../../ui/Notice.tsx'
import { deviceOwner, ownDevice } from './observations.device.ts'

/** Whether codes stay on this device: asked once, and a device nobody claims counts as shared. */
export function CodesHere() {
  const { t } = useTranslation('observations')
  const reader = useReader()
  const [owner, setOwner] = useState(deviceOwner)
  if (reader === undefined) return null
  if (owner === reader) return <p>{t('codes.stay')}</p>
  const own = () => {
    ownDevice(reader)
    setOwner(deviceOwner)
  }
  return (
    <Notice
      tone="warn"
      title={t('codes.go')}
      action={
        <Button variant="default" onClick={own}>
          {t('codes.own')}
        </Button>
      }
    >
      {t('codes.goWhy')}
    </Notice>
  )
}
