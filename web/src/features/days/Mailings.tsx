import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { daysRoutes, type Mailing } from '#shared/days/days.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Progress } from '../../ui/Progress.tsx'

const everyMs = 1_500

/** Mailings under way, with what is left and a way to stop; survives closing the tab. */
export function Mailings({ dayId }: { dayId: string }) {
  const { t } = useTranslation('days')
  const query = useQuery({
    ...queryFor(daysRoutes.mailings, { params: { dayId } }),
    // Asked again only while something is leaving.
    refetchInterval: ({ state }) =>
      state.data?.some(({ waiting }) => waiting > 0) ? everyMs : false,
  })
  const stop = useCall(daysRoutes.stopMailing)
  const shown = (query.data ?? []).filter(isFresh)
  if (shown.length === 0) return null
  return (
    <Stack>
      <Refused error={stop.error} />
      {shown.map((mailing) => {
        const { id, purpose, total, sent, waiting } = mailing
        const said = t(stateOf(mailing), { sent, total, failed: mailing.failed, count: total })
        return (
          <Progress
            key={id}
            label={t(`mailings.${purpose}`, { defaultValue: t('mailings.other') })}
            value={sent}
            max={total}
            text={said}
            aside={
              waiting > 0 && (
                <Button
                  variant="default"
                  loading={stop.isPending}
                  onClick={() => stop.mutate({ params: { dayId, batchId: id } })}
                >
                  {t('mailings.stop')}
                </Button>
              )
            }
          />
        )
      })}
    </Stack>
  )
}

/** How long something sent is news; then the page of mailings keeps it. */
const newsMs = 5 * 60_000

/** Those still leaving, and what has just left: the station below is what counts. */
const isFresh = ({ waiting, total, createdAt }: Mailing) =>
  total > 0 && (waiting > 0 || Date.now() - createdAt.getTime() < newsMs)

function stateOf({ waiting, sent, stopped, failed }: Mailing): string {
  if (waiting > 0 && sent === 0) return 'mailings.soon'
  if (waiting > 0) return 'mailings.leaving'
  if (stopped > 0) return 'mailings.stopped'
  return failed > 0 ? 'mailings.failed' : 'mailings.done'
}
