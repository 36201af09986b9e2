import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { irritantsRoutes, longestIrritant } from '#shared/days/days.irritants.contract.ts'
import { type Finding, type Findings, findingsRoutes } from '#shared/findings/findings.contract.ts'
import { call } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Notice } from '../../ui/Notice.tsx'

/**
 * What keeps coming under « something else » is offered by itself next time: the finding’s title
 * becomes an irritant of the region, and the finding’s own. What people ticked stays as they did.
 */
export function BecomesIrritant({ finding, day }: { finding: Finding; day: Findings }) {
  const { t } = useTranslation('findings')
  const client = useQueryClient()
  const become = useMutation({
    mutationFn: async () => {
      const { id } = await call(irritantsRoutes.addIrritant, {
        params: { regionId: day.regionId },
        body: { nameFr: finding.title },
      })
      const { title, note, version } = finding
      return call(findingsRoutes.reword, {
        params: { dayId: finding.dayId, findingId: finding.id },
        body: { title, note, version, irritantId: id },
      })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['api'] }),
  })
  if (become.isSuccess) {
    return (
      <Notice
        tone="success"
        title={t('becomes.done', { title: finding.title })}
        action={
          <Button
            component={Link}
            variant="default"
            to="/regions/$regionId/irritants"
            params={{ regionId: day.regionId } as never}
          >
            {t('becomes.see')}
          </Button>
        }
      />
    )
  }
  const isOther = day.irritants.some(({ id, isOther }) => isOther && id === finding.irritantId)
  if (!isOther || finding.title.length > longestIrritant) return null
  return (
    <Notice
      title={t('becomes.title')}
      action={
        <Button variant="default" loading={become.isPending} onClick={() => become.mutate()}>
          {t('becomes.do')}
        </Button>
      }
    >
      {t('becomes.what')}
      <Refused error={become.error} />
    </Notice>
  )
}
