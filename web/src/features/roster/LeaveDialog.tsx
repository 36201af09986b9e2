import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Leaving, rosterRoutes } from '#shared/roster/roster.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { call, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** « A quitté la région »: what it brings about, told before it is done. */
export function LeaveDialog({
  regionId,
  employeeNumbers,
  onClose,
  onDone,
}: {
  regionId: string
  /** Nobody: the dialog is closed. */
  employeeNumbers: string[]
  onClose: () => void
  onDone?: () => void
}) {
  const { t } = useTranslation(['roster', 'app'])
  const opened = employeeNumbers.length > 0
  const asked = { params: { regionId }, body: { employeeNumbers } }
  const preview = useQuery({
    queryKey: ['api', 'regions', regionId, 'leavers', ...employeeNumbers],
    queryFn: () => call(rosterRoutes.previewLeaving, asked),
    enabled: opened,
    gcTime: 0,
  })
  const leave = useCall(rosterRoutes.leave)
  const close = () => {
    leave.reset()
    onClose()
  }
  const confirmed = () => {
    onDone?.()
    close()
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      onConfirm={() => preview.data && leave.mutate(asked, { onSuccess: confirmed })}
      title={t('leaving.title', { count: employeeNumbers.length })}
      confirm={t('leaving.confirm')}
      cancel={t('app:cancel')}
      close={t('app:close')}
      busy={leave.isPending || preview.isPending}
      danger
    >
      <Answered query={preview} shape="lines">
        {(leaving) => <Consequences leaving={leaving} />}
      </Answered>
      <Refused error={leave.error} />
    </ConfirmDialog>
  )
}

const consequences = ['places', 'slots', 'guests', 'actions', 'seats', 'sessions'] as const

function Consequences({ leaving }: { leaving: Leaving }) {
  const { t } = useTranslation('roster')
  const words = useWords()
  const some = consequences.filter((what) => leaving[what] > 0)
  return (
    <>
      <p>
        <strong>{words.list(leaving.names)}</strong>
      </p>
      <ul>
        {some.map((what) => (
          <li key={what}>{t(`leaving.${what}`, { count: leaving[what] })}</li>
        ))}
        <li>{t('leaving.unreached')}</li>
        <li>{t('leaving.kept')}</li>
      </ul>
      <p>{t('leaving.back')}</p>
    </>
  )
}
