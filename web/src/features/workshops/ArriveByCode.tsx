import { useTranslation } from 'react-i18next'
import { workshopLinksRoutes as routes } from '#shared/workshops/workshops.links.contract.ts'
import { useCall } from '../../app/api.ts'
import { CodeForm } from '../attendance/CodeForm.tsx'

/** « Je suis là »: the six figures shown in the room. */
export function ArriveByCode({ token }: { token: string }) {
  const { t } = useTranslation('workshops')
  const arrive = useCall(routes.arriveAtWorkshop)
  return (
    <CodeForm
      label={t('arrive.code')}
      description={t('arrive.hint')}
      button={t('arrive.here')}
      busy={arrive.isPending}
      error={arrive.error}
      onSend={(code) => arrive.mutate({ params: { token }, body: { code } })}
    />
  )
}
