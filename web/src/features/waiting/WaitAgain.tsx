import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { waitingRoutes as routes } from '#shared/waiting/waiting.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'

/** The way back to the waiting list for who took their sign-up back; nothing where there is none. */
export function WaitAgain({ dayId }: { dayId: string }) {
  const { t } = useTranslation('waiting')
  const params = { dayId }
  const mine = useQuery(queryFor(routes.mine, { params }))
  const again = useCall(routes.waitAgain)
  if (!mine.data?.mayReturn) return null
  return (
    <>
      <Refused error={again.error} />
      <Button size="lg" loading={again.isPending} onClick={() => again.mutate({ params })}>
        {t('again')}
      </Button>
    </>
  )
}
