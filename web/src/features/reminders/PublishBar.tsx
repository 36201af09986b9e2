import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Fault, remindersRoutes as routes } from '#shared/reminders/reminders.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ownName } from '../kits/kits.lines.ts'
import classes from './Editor.module.css'
import { usePlaceName } from './reminders.places.ts'
import type { Saving } from './reminders.saving.ts'

/** How far it is saved, what is left to look at with the way there, and the two endings. */
export function PublishBar({
  regionId,
  saving,
  onFault,
  onLooking,
  onDone,
}: {
  regionId: string
  saving: Saving
  onFault: (fault: Fault) => void
  /** Somebody wants to know what is left to do. */
  onLooking: () => void
  onDone: () => void
}) {
  const { t } = useTranslation(['reminders', 'app'])
  const [asking, setAsking] = useState<'publish' | 'drop'>()
  const publish = useCall(routes.publish, { refresh: [['api', 'regions']] })
  const drop = useCall(routes.dropDraft, { refresh: [['api', 'regions']] })
  const params = { regionId, reminder: saving.reminder }
  const close = () => setAsking(undefined)
  async function confirm() {
    const saved = await saving.saveNow()
    if (saved === undefined) return close()
    const after = { onSuccess: onDone, onSettled: close }
    if (asking === 'publish') publish.mutate({ params, body: { saved } }, after)
    else drop.mutate({ params, query: { saved } }, after)
  }
  const begun = saving.saved > 0
  return (
    <section className={classes.publish} aria-label={t('publish.label')}>
      <p role="status">
        {t(begun || saving.state !== 'saved' ? `publish.${saving.state}` : 'publish.untouched')}
      </p>
      {saving.state === 'failed' && !saving.overtaken && (
        <>
          <Refused error={saving.error} />
          <Button variant="default" onClick={() => void saving.saveNow()}>
            {t('publish.again')}
          </Button>
        </>
      )}
      <FaultList faults={saving.faults} onFault={onFault} onLooking={onLooking} />
      <Refused error={publish.error ?? drop.error} />
      <div className={classes.actions}>
        <Button
          disabled={!begun || saving.faults.length > 0 || saving.overtaken !== undefined}
          onClick={() => setAsking('publish')}
        >
          {t('publish.publish')}
        </Button>
        {begun ? (
          <Button variant="default" color="heart" onClick={() => setAsking('drop')}>
            {t('publish.drop')}
          </Button>
        ) : (
          <Button variant="default" disabled={saving.state !== 'saved'} onClick={onDone}>
            {t('publish.leave')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={asking !== undefined}
        onClose={close}
        onConfirm={() => void confirm()}
        title={t(asking === 'drop' ? 'publish.dropTitle' : 'publish.publishTitle')}
        confirm={t(asking === 'drop' ? 'publish.drop' : 'publish.publish')}
        cancel={t('app:cancel')}
        close={t('app:close')}
        busy={publish.isPending || drop.isPending}
        danger={asking === 'drop'}
      >
        {t(asking === 'drop' ? 'publish.dropText' : 'publish.publishText')}
      </ConfirmDialog>
    </section>
  )
}

function FaultList({
  faults,
  onFault,
  onLooking,
}: {
  faults: readonly Fault[]
  onFault: (fault: Fault) => void
  onLooking: () => void
}) {
  const { t } = useTranslation('reminders')
  const placeName = usePlaceName()
  const list = useRef<HTMLDetailsElement>(null)
  if (faults.length === 0) return null
  function go(fault: Fault) {
    // Out of the way of the field it leads to.
    if (list.current) list.current.open = false
    onFault(fault)
  }
  return (
    <details ref={list} className={classes.faults} onToggle={onLooking}>
      <summary>{t('publish.faults', { count: faults.length })}</summary>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.path} ${fault.language} ${fault.code}`}>
            <button type="button" onClick={() => go(fault)}>
              {placeName(fault.path)}
              {fault.language && ` (${ownName(fault.language)})`}
            </button>{' '}
            {t(`faults.${fault.code}`)}
          </li>
        ))}
      </ul>
    </details>
  )
}
