import { Button, Checkbox } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matchingRoutes, type Plan, type Studio } from '#shared/matching/matching.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { RankColumns } from '../../ui/RankColumns.tsx'
import { CompareDrafts } from './CompareDrafts.tsx'
import { DraftName } from './DraftName.tsx'
import { useDraftWords } from './matching.drafts.words.ts'
import classes from './Studio.module.css'

/** More than these side by side nobody compares. */
const mostCompared = 3

/** Every draft with its ranks on one scale: look at it, name it, compare it, throw it away. */
export function DraftShelf({
  studio,
  drafts,
  shown,
  onShow,
}: {
  studio: Studio
  drafts: Plan[]
  shown: Plan
  onShow: (planId: string) => void
}) {
  const { t } = useTranslation('matching')
  const { nameOf, firstShare, columns, people } = useDraftWords()
  const [chosen, setChosen] = useState<string[]>([])
  const [going, setGoing] = useState<Plan>()
  const discarding = useCall(matchingRoutes.discardPlan, {
    refresh: [['api', 'days', studio.day.id, 'plans']],
  })
  const compared = drafts.filter(({ id }) => chosen.includes(id))
  const most = Math.max(
    ...drafts.flatMap(({ stats }) => [...(stats?.byRank ?? []), stats?.unplaced ?? 0]),
  )
  return (
    <>
      <ul className={classes.shelf}>
        {drafts.map((plan) => {
          const name = nameOf(plan)
          const { stats } = plan
          if (!stats) return null
          return (
            <li
              key={plan.id}
              className={classes.draft}
              data-shown={plan.id === shown.id || undefined}
            >
              <DraftName plan={plan} />
              <p className={classes.quiet}>
                {[
                  t(plan.kept ? `status.${plan.status}` : 'drafts.notKept'),
                  plan.objective !== 'fair' && t(`objectives.${plan.objective}.name`),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <p>{t('drafts.sum', { people: people(stats.placed), share: firstShare(stats) })}</p>
              <RankColumns
                label={t('drafts.ranksOf', { name })}
                columns={columns(stats)}
                most={most}
              />
              <div className={classes.draftTools}>
                {plan.id === shown.id ? (
                  <span className={classes.shown}>{t('drafts.shown')}</span>
                ) : (
                  <Button size="xs" variant="default" onClick={() => onShow(plan.id)}>
                    {t('drafts.show')}
                    <span className={classes.read}>{name}</span>
                  </Button>
                )}
                {drafts.length > 1 && (
                  <Checkbox
                    label={t('drafts.compare')}
                    aria-label={t('drafts.compareThis', { name })}
                    checked={chosen.includes(plan.id)}
                    disabled={!chosen.includes(plan.id) && compared.length >= mostCompared}
                    onChange={({ currentTarget: { checked } }) =>
                      setChosen(
                        checked ? [...chosen, plan.id] : chosen.filter((id) => id !== plan.id),
                      )
                    }
                  />
                )}
                {plan.status === 'ready' && (
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-label={t('drafts.discardThis', { name })}
                    onClick={() => setGoing(plan)}
                  >
                    <IconTrash size={18} aria-hidden />
                  </Button>
                )}
              </div>
            </li>
          )
        })}
      </ul>
      <Refused error={discarding.error} />
      {compared.length > 1 && <CompareDrafts plans={compared} />}
      {going && (
        <ConfirmDialog
          opened
          danger
          onClose={() => setGoing(undefined)}
          onConfirm={() =>
            discarding.mutate(
              { params: { planId: going.id } },
              { onSettled: () => setGoing(undefined) },
            )
          }
          busy={discarding.isPending}
          title={t('drafts.discardTitle', { name: nameOf(going) })}
          confirm={t('drafts.discard')}
          cancel={t('drafts.discardNot')}
          close={t('close')}
        >
          {t('drafts.discardText')}
        </ConfirmDialog>
      )}
    </>
  )
}
